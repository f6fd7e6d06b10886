// SPDX-License-Identifier: Apache-2.0
// Session descriptions, and the answers made from them.
#include <cstdint>
#include <vector>

#include "base/check.hpp"
#include "sip/sdp.hpp"

using namespace tl::sip;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<char> bytes(data, data + size);
  const auto offer = Sdp::parse({bytes.data(), bytes.size()});
  if (!offer) return 0;
  TL_CHECK(offer->media.size() <= sdp_media_max);
  LocalAudio local;
  local.rtp = *Address::parse("192.0.2.1:4000");
  const auto answer = answer_offer(*offer, local);
  if (!answer) return 0;
  const auto back = Sdp::parse(answer->text);
  TL_CHECK(answer->text.size() > sdp_size_max_bytes || (back && back->media.size() == offer->media.size()),
           answer->text);
  return 0;
}
