// SPDX-License-Identifier: Apache-2.0
// Key presses out of RFC 4733 packets: an event is sent many times, its end three times, some of it lost or
// late.
#pragma once

#include <cstdint>
#include <optional>

#include "media/rtp.hpp"

namespace tl::media {

class DigitReceiver {
public:
  // The digit if this is the first packet of a key press. `epoch` is the source's (sequence.hpp).
  std::optional<char> arrived(std::uint32_t timestamp, std::uint32_t epoch, const RtpEvent& event);

private:
  bool continues(std::uint32_t timestamp, const RtpEvent& event) const;

  std::uint32_t timestamp_ = 0;
  std::uint32_t epoch_ = 0; // 0: none yet
  std::uint16_t duration_ = 0;
  std::uint8_t event_ = 0;
  bool ended_ = false;
};

} // namespace tl::media
