// SPDX-License-Identifier: Apache-2.0
#include "sip/framer.hpp"

#include <algorithm>
#include <utility>

#include "sip/chars.hpp"

namespace tl::sip {
namespace {

// Content-Length of a header block: a number, nothing if it is absent, or -1 if it is no number.
std::optional<long> content_length(std::string_view headers) {
  while (!headers.empty()) {
    std::string_view line = take_until(headers, '\n');
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view name = trim(line.substr(0, colon));
    if (!iequals(name, "Content-Length") && !iequals(name, "l")) continue;
    const auto number = to_number<std::uint32_t>(trim(line.substr(colon + 1)));
    return number ? static_cast<long>(*number) : -1;
  }
  return std::nullopt;
}

} // namespace

std::size_t Framer::take_pings() {
  return std::exchange(pings_, 0);
}

void Framer::skip_keepalives() {
  for (;;) {
    const std::string_view pending = std::string_view(buffer_).substr(start_);
    if (pending.starts_with("\r\n\r\n")) {
      start_ += 4;
      ++pings_;
    } else if (pending.starts_with("\r\n") && pending.size() > 2 && pending != "\r\n\r") {
      start_ += 2;
    } else if (pending.starts_with("\n")) {
      start_ += 1;
    } else {
      return;
    }
  }
}

std::optional<std::size_t> Framer::message_length(std::string_view pending) {
  // The end of the headers may lie across the last read.
  const std::size_t from = scanned_ > 3 ? scanned_ - 3 : 0;
  std::size_t end = pending.find("\r\n\r\n", from), gap = 4;
  const std::size_t bare = pending.find("\n\n", from);
  if (bare < end) end = bare, gap = 2;
  scanned_ = pending.size();
  if (end == std::string_view::npos) {
    broken_ = pending.size() > size_max_;
    return std::nullopt;
  }
  scanned_ = end;
  const long length = content_length(pending.substr(0, end)).value_or(0);
  const std::size_t whole = end + gap + static_cast<std::size_t>(std::max(length, 0L));
  broken_ = length < 0 || whole > size_max_;
  if (broken_ || pending.size() < whole) return std::nullopt;
  return whole;
}

std::optional<std::span<char>> Framer::next() {
  if (broken_) return std::nullopt;
  skip_keepalives();
  const auto length = message_length(std::string_view(buffer_).substr(start_));
  if (!length) {
    if (start_ > 0) {
      buffer_.erase(0, start_);
      start_ = 0;
    }
    if (buffer_.empty() && buffer_.capacity() > 4096) std::string().swap(buffer_);
    return std::nullopt;
  }
  const std::span<char> message(buffer_.data() + start_, *length);
  start_ += *length;
  scanned_ = 0;
  return message;
}

} // namespace tl::sip
