// SPDX-License-Identifier: Apache-2.0
// The flat structures of TAPI, filled from the model: what devices can do, and how devices and calls are now.
#pragma once

#include "pbx/switch.hpp"
#include "tsp/struct_writer.hpp"

namespace tl::pbx {

void fill_dev_caps(const Device& device, tsp::StructWriter<LINEDEVCAPS>& out);
void fill_address_caps(const Switch& pbx, const Device& device, tsp::StructWriter<LINEADDRESSCAPS>& out);
void fill_line_status(const Switch& pbx, const Device& device, tsp::StructWriter<LINEDEVSTATUS>& out);
void fill_address_status(const Switch& pbx, const Device& device, tsp::StructWriter<LINEADDRESSSTATUS>& out);
void fill_call_info(const Switch& pbx, const Connection& connection, tsp::StructWriter<LINECALLINFO>& out);
void fill_call_status(const Switch& pbx, const Connection& connection,
                      tsp::StructWriter<LINECALLSTATUS>& out);

} // namespace tl::pbx
