// SPDX-License-Identifier: Apache-2.0
// libFuzzer target: a stream from a hostile client or server.
#include "wire/parse_all.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tl::wire::parse_all(std::as_bytes(std::span{data, size}));
  return 0;
}
