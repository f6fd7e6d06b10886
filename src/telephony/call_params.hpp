// SPDX-License-Identifier: Apache-2.0
// LINECALLPARAMS from values.
#pragma once

#include "telephony/structure.hpp"
#include "trunkline/telephony_call.hpp"

namespace tl::telephony {

// In `buffer`; nullptr when everything is the default.
LINECALLPARAMS* to_structure(const CallParams& params, StructureBuffer& buffer);

} // namespace tl::telephony
