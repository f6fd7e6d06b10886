// SPDX-License-Identifier: Apache-2.0
// Why a call ended, in SIP's words and in the model's.
#pragma once

#include "pbx/driver.hpp"

namespace tl::pbx::sip_driver {

int to_status(Cause cause); // of a call that is refused
Cause to_cause(int status); // of a call that was refused

} // namespace tl::pbx::sip_driver
