// SPDX-License-Identifier: Apache-2.0
// libFuzzer target: a structure of a hostile server or program, rebuilt by every layout. The first byte
// chooses the layout, the second the turn, the third the room.
#include "tapi32/convert.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tl::tapi32;
  static const Layout* const layouts[] = {&line_address_caps,
                                          &line_address_status,
                                          &line_agent_activity_list,
                                          &line_agent_caps,
                                          &line_agent_group_list,
                                          &line_agent_status,
                                          &line_call_info,
                                          &line_call_params,
                                          &line_dev_caps,
                                          &line_dev_status,
                                          &line_forward_list,
                                          &line_provider_list,
                                          &line_queue_list,
                                          &line_translate_caps,
                                          &line_translate_output,
                                          &phone_button_info,
                                          &phone_caps,
                                          &phone_status,
                                          &var_string};
  if (size < 3) return 0;
  const Layout& layout = *layouts[data[0] % std::size(layouts)];
  static tl::wire::Buffer out;
  rebuild(layout, std::as_bytes(std::span{data + 3, size - 3}), static_cast<Turn>(data[1] % 3), out,
          data[2] * 4u);
  return 0;
}
