// SPDX-License-Identifier: Apache-2.0
// What makes a shared object a provider. Link the object library trunkline_tsp_exports, which defines the
// TSPI_ functions and TRUNKLINE_providerAttach, and define make_provider(). cmake: trunkline_provider(name
// ...).
#pragma once

#include <memory>

namespace tl::tsp {

class Provider;

// Defined by each provider; called by TRUNKLINE_providerAttach.
std::unique_ptr<Provider> make_provider();

} // namespace tl::tsp
