// SPDX-License-Identifier: Apache-2.0
// Cuts a byte stream into messages by Content-Length (RFC 3261 section 18.3); knows the keep-alives of RFC
// 5626.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tl::sip {

class Framer {
public:
  explicit Framer(std::size_t message_size_max_bytes) : size_max_(message_size_max_bytes) {}

  void append(std::string_view bytes) { buffer_.append(bytes); }
  // The next whole message, writable and valid until the next call of any member; nothing while it is
  // incomplete.
  std::optional<std::span<char>> next();
  // The stream cannot be cut any more: too long a message or a Content-Length that is no number. Close it.
  bool broken() const { return broken_; }
  // Double-CRLF pings since the last call; each is answered by a CRLF.
  std::size_t take_pings();

private:
  void skip_keepalives();
  std::optional<std::size_t> message_length(std::string_view pending);

  std::string buffer_;
  std::size_t size_max_;
  std::size_t start_ = 0;   // of the message that is collected now
  std::size_t scanned_ = 0; // from there: searched for the end of the headers already
  std::size_t pings_ = 0;
  bool broken_ = false;
};

} // namespace tl::sip
