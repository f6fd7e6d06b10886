// SPDX-License-Identifier: Apache-2.0
// libFuzzer target: structures of a hostile server or agent handler.
#include "telephony/parse_structures.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tl::test::parse_structures(std::as_bytes(std::span{data, size}));
  return 0;
}
