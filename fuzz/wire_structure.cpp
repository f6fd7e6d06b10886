// SPDX-License-Identifier: Apache-2.0
// libFuzzer target: a structure of a hostile server, provider or program, rebuilt by every layout. The first
// byte chooses the layout, the second the turn and the versions, the third the room.
#include "wire/rebuild.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tl::wire;
  constexpr std::uint32_t versions[] = {0x00010003, 0x00010004, 0x00020000, 0x00020002};
  if (size < 3) return 0;
  const Layout& layout = *all_layouts()[data[0] % all_layouts().size()];
  const Bytes source = std::as_bytes(std::span{data + 3, size - 3});
  const std::size_t room = data[2] * 4u;
  const std::uint32_t from = versions[data[1] / 4 % 4], to = versions[data[1] / 16 % 4];
  static Buffer out;
  // As the library does, and as the server does between a provider and an application.
  if (data[1] % 4 < 3)
    rebuild(layout, source, out, {.turn = static_cast<Turn>(data[1] % 4), .room = room, .version = from});
  else
    rebuild(layout, source, out, {.room = room, .fixed = layout.fixed(from), .fixed_out = layout.fixed(to)});
  return 0;
}
