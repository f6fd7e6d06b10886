// SPDX-License-Identifier: Apache-2.0
// The checks between the parts of a site: numbers, names, references, addresses.
#pragma once

#include "main/site.hpp"
#include "main/site_reader.hpp"

namespace tl::program {

void check_site(const Site& site, Problems& problems);

// "address:port" with a numeric IPv4 or [IPv6] address and a port from 1 to 65535.
bool is_endpoint(std::string_view text);
// "address/bits".
bool is_network(std::string_view text);

} // namespace tl::program
