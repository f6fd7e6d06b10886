// SPDX-License-Identifier: Apache-2.0
#include "pbx/driver.hpp"

#include "tspi.h"

namespace tl::pbx {

Result<void> Driver::command(Destination::Kind, const std::string& device, std::string_view) {
  return Error{LINEERR_OPERATIONUNAVAIL, device + ": the device's driver takes no commands"};
}

} // namespace tl::pbx
