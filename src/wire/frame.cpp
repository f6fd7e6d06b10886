// SPDX-License-Identifier: Apache-2.0
#include "wire/frame.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace tl::wire {
namespace {

constexpr std::size_t length_at = 0;
constexpr std::size_t kind_at = 4;
constexpr std::size_t number_at = 6;
constexpr std::size_t sequence_at = 8;
constexpr std::size_t result_at = header_size_bytes;

template <class T> T load(Bytes from, std::size_t at) {
  T value;
  std::memcpy(&value, from.data() + at, sizeof value);
  return value;
}
template <class T> void store(std::byte* to, std::size_t at, T value) {
  std::memcpy(to + at, &value, sizeof value);
}

// The payload of a whole frame of this kind.
std::optional<Reader> open_frame(Bytes frame, FrameKind kind) {
  const auto header = read_header(frame);
  if (!header || header->kind != kind) return std::nullopt;
  return Reader{payload(frame)};
}

void write_ticket(Buffer& buffer, FrameKind kind, const Ticket& ticket) {
  FrameWriter frame{buffer, kind, 0, 0};
  frame.dword(ticket.session);
  frame.bytes(ticket.token);
  TL_CHECK(frame.finish());
}

std::optional<Ticket> read_ticket(Bytes frame, FrameKind kind) {
  auto reader = open_frame(frame, kind);
  if (!reader) return std::nullopt;
  Ticket ticket;
  ticket.session = reader->dword();
  const Bytes token = reader->bytes(ticket.token.size());
  if (!reader->finished()) return std::nullopt;
  std::copy(token.begin(), token.end(), ticket.token.begin());
  return ticket;
}

bool possible(std::uint32_t length) {
  return length >= header_size_bytes && length <= frame_size_max_bytes && length % item_alignment_bytes == 0;
}

} // namespace

std::optional<Header> read_header(Bytes frame) {
  if (frame.size() < header_size_bytes) return std::nullopt;
  const Header header{load<std::uint32_t>(frame, length_at), FrameKind{load<std::uint16_t>(frame, kind_at)},
                      load<std::uint16_t>(frame, number_at), load<std::uint32_t>(frame, sequence_at)};
  if (header.length != frame.size() || !possible(header.length)) return std::nullopt;
  if (header.kind < FrameKind::hello || header.kind > FrameKind::goodbye) return std::nullopt;
  return header;
}

FrameWriter::FrameWriter(Buffer& to, FrameKind kind, std::uint16_t number, std::uint32_t sequence)
    : Writer(to) {
  to.clear();
  to.resize(header_size_bytes);
  store(to.data(), kind_at, kind);
  store(to.data(), number_at, number);
  store(to.data(), sequence_at, sequence);
}

bool FrameWriter::finish() {
  if (buffer().size() > frame_size_max_bytes) return false;
  store(buffer().data(), length_at, static_cast<std::uint32_t>(buffer().size()));
  return true;
}

ReplyWriter::ReplyWriter(Buffer& to, std::uint16_t function, std::uint32_t sequence, std::int32_t result)
    : FrameWriter(to, FrameKind::reply, function, sequence) {
  dword(static_cast<std::uint32_t>(result));
}

void ReplyWriter::set_result(std::int32_t result) {
  store(buffer().data(), result_at, result);
}

void ReplyWriter::clear_answers() {
  buffer().resize(result_at + sizeof(std::int32_t));
}

bool write_event(Buffer& buffer, const Event& event) {
  FrameWriter frame{buffer, FrameKind::event, event.message, event.sequence};
  frame.dword(event.app);
  frame.dword(event.device);
  frame.qword(event.instance);
  frame.qword(event.param1);
  frame.qword(event.param2);
  frame.qword(event.param3);
  frame.data(event.extra);
  return frame.finish();
}

std::optional<Event> read_event(Bytes frame) {
  auto reader = open_frame(frame, FrameKind::event);
  if (!reader) return std::nullopt;
  const auto header = *read_header(frame);
  Event event;
  event.message = header.number;
  event.sequence = header.sequence;
  event.app = reader->dword();
  event.device = reader->dword();
  event.instance = reader->qword();
  event.param1 = reader->qword();
  event.param2 = reader->qword();
  event.param3 = reader->qword();
  event.extra = reader->data().value_or(Bytes{});
  if (!reader->finished()) return std::nullopt;
  return event;
}

void write_hello(Buffer& buffer, const Hello& hello) {
  FrameWriter frame{buffer, FrameKind::hello, 0, 0};
  frame.dword(hello.version);
  frame.dword(hello.process_id);
  frame.text(to_utf16(hello.user));
  frame.text(to_utf16(hello.password));
  TL_CHECK(frame.finish());
}

void write_welcome(Buffer& buffer, const Ticket& ticket) {
  write_ticket(buffer, FrameKind::welcome, ticket);
}
void write_attach(Buffer& buffer, const Ticket& ticket) {
  write_ticket(buffer, FrameKind::attach, ticket);
}

void write_goodbye(Buffer& buffer, std::string_view why) {
  constexpr std::size_t why_max_bytes = 1000;
  FrameWriter frame{buffer, FrameKind::goodbye, 0, 0};
  frame.text(to_utf16(why.substr(0, why_max_bytes)));
  TL_CHECK(frame.finish());
}

// A later version may say more in its hello: the two first items never change, so that a clear goodbye is
// possible.
std::optional<Hello> read_hello(Bytes frame) {
  auto reader = open_frame(frame, FrameKind::hello);
  if (!reader) return std::nullopt;
  Hello hello;
  hello.version = reader->dword();
  hello.process_id = reader->dword();
  if (!reader->ok()) return std::nullopt;
  if (hello.version != protocol_version) return hello;
  const auto user = reader->text().value_or(std::u16string_view{});
  const auto password = reader->text().value_or(std::u16string_view{});
  if (!reader->finished() || user.size() > user_max_units || password.size() > password_max_units)
    return std::nullopt;
  hello.user = to_utf8(user);
  hello.password = to_utf8(password);
  return hello;
}

std::optional<Ticket> read_welcome(Bytes frame) {
  return read_ticket(frame, FrameKind::welcome);
}
std::optional<Ticket> read_attach(Bytes frame) {
  return read_ticket(frame, FrameKind::attach);
}

std::optional<std::string> read_goodbye(Bytes frame) {
  auto reader = open_frame(frame, FrameKind::goodbye);
  if (!reader) return std::nullopt;
  const Text why = reader->text();
  if (!reader->ok()) return std::nullopt;
  return to_utf8(why.value_or(std::u16string_view{}));
}

std::span<std::byte> Splitter::space() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (buffer_.size() - end_ < space_min_bytes) {
    // What is left moves to the front: frames lie aligned there, because every length is a multiple of 4.
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
              buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
    end_ -= begin_;
    begin_ = 0;
    if (buffer_.size() - end_ < space_min_bytes)
      buffer_.resize(std::max(2 * buffer_.size(), 2 * space_min_bytes));
  }
  return std::span{buffer_}.subspan(end_);
}

void Splitter::commit(std::size_t bytes) {
  TL_CHECK(bytes <= buffer_.size() - end_);
  end_ += bytes;
}

std::optional<Bytes> Splitter::next() {
  const Bytes rest = Bytes{buffer_}.subspan(begin_, end_ - begin_);
  if (broken_ || rest.size() < header_size_bytes) return std::nullopt;
  const auto length = load<std::uint32_t>(rest, length_at);
  if (!possible(length) || length > frame_max_bytes_) {
    broken_ = true;
    return std::nullopt;
  }
  if (rest.size() < length) return std::nullopt;
  const Bytes frame = rest.first(length);
  if (!read_header(frame)) {
    broken_ = true;
    return std::nullopt;
  }
  begin_ += length;
  return frame;
}

} // namespace tl::wire
