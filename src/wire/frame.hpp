// SPDX-License-Identifier: Apache-2.0
// Frames: {u32 length, u16 kind, u16 function or message, u32 sequence} and a payload of 4-byte padded items
// (codec.hpp). The length counts the whole frame and is a multiple of 4.
//
// Over a stream a client opens two connections. On the first it says hello and gets welcome (session id,
// token), then it sends requests, one at a time, and gets one reply each. On the second it says attach with
// both and gets welcome again (with a token of zeros); from then on only events travel there, from the
// server. Hello names a user and a password where the transport does not know them (TLS). A server that refuses sends goodbye with a sentence for people and closes. In process the same
// request, reply and event frames are passed by a direct call; hello, attach and welcome do not occur.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "wire/codec.hpp"

namespace tl::wire {

inline constexpr std::uint32_t protocol_version = 4;
inline constexpr std::size_t header_size_bytes = 12;
inline constexpr std::size_t frame_size_max_bytes = 1 << 20;
inline constexpr std::size_t token_size_bytes = 16;

enum class FrameKind : std::uint16_t { hello = 1, welcome, attach, request, reply, event, goodbye };

struct Header {
  std::uint32_t length = 0;
  FrameKind kind{};
  std::uint16_t number = 0; // a Fn in request and reply, a message (LINE_..., PHONE_...) in event, else 0
  std::uint32_t sequence = 0;
};

// The header of one whole frame; nothing when the length or the kind cannot be.
std::optional<Header> read_header(Bytes frame);
// What follows the header of a frame that has one.
inline Bytes payload(Bytes frame) {
  return frame.subspan(header_size_bytes);
}

// Begins a frame in `buffer` (cleared first); write the items, then finish().
class FrameWriter : public Writer {
public:
  FrameWriter(Buffer& buffer, FrameKind kind, std::uint16_t number, std::uint32_t sequence);
  // Sets the length. False when the frame is larger than frame_size_max_bytes: it must not be sent.
  [[nodiscard]] bool finish();
};

// A reply: i32 result, then the answers of a synchronous function whose result is 0. It repeats the request's
// function and sequence.
class ReplyWriter : public FrameWriter {
public:
  ReplyWriter(Buffer& buffer, std::uint16_t function, std::uint32_t sequence, std::int32_t result);
  // For results that are known only after the answers were written.
  void set_result(std::int32_t result);
  // Drops what was written after the result.
  void clear_answers();
};

// One message for one application.
//
// Some event frames say more than the message the application sees:
//  * LINE_REPLY, PHONE_REPLY: the header's sequence is that of the request being answered; `device` is the
//  HLINE or
//    HPHONE it was for, if any (the application sees 0 there); `extra` holds the answers (encode_answers)
//    when param2 is 0.
//  * message_reply_dropped: nothing for the application. The request with this sequence will never be
//  answered (its line was
//    closed or its application shut down). Every accepted asynchronous request ends with exactly one of the
//    two.
//  * LINE_GATHERDIGITS: the sequence is that of the lineGatherDigits request; `extra` is the digits,
//  UTF-16LE.
//  * LINE_PROXYREQUEST: `extra` is the LINEPROXYREQUEST block (offsets count from its start); param1 is 0:
//  the library puts
//    the address of its copy there and sends the block back in lineProxyResponse.
//  * LINE_CREATEDIALOGINSTANCE: nothing for the application; a dialog for the library to run. param1 is the
//    HTAPIDIALOGINSTANCE; `extra` holds text (the module's bare file name) and data (the parameter block).
//  * LINE_SENDDIALOGINSTANCEDATA: for the dialog param1; `extra` is the block, or param2 is 1: close it.
//  * LINE_SENDMSPDATA: for the MSP instance `device`; param1 is the HCALL or 0, `extra` the block; param2 is
//  1
//    when the instance has ended.
// In all others the sequence is 0 and `extra` is empty.
struct Event {
  std::uint16_t message = 0;
  std::uint32_t sequence = 0;
  std::uint32_t app = 0; // the HLINEAPP or HPHONEAPP it is for
  std::uint32_t device = 0;
  std::uint64_t instance = 0;
  std::uint64_t param1 = 0;
  std::uint64_t param2 = 0;
  std::uint64_t param3 = 0;
  Bytes extra{};
};

inline constexpr std::uint16_t message_reply_dropped = 0xFFFF;

// False when it is larger than a frame may be.
[[nodiscard]] bool write_event(Buffer& buffer, const Event& event);
std::optional<Event> read_event(Bytes frame);

// Opening a connection. Each read_ takes a whole frame and gives nothing when it is not that frame, well
// formed.
struct Hello {
  std::uint32_t version = protocol_version;
  std::uint32_t process_id = 0;
  std::string user, password; // UTF-8; empty on this machine
};
inline constexpr std::size_t user_max_units = 64, password_max_units = 256; // longer ones are no hello
struct Ticket { // welcome and attach
  std::uint32_t session = 0;
  std::array<std::byte, token_size_bytes> token{};
};
void write_hello(Buffer& buffer, const Hello& hello);
void write_welcome(Buffer& buffer, const Ticket& ticket);
void write_attach(Buffer& buffer, const Ticket& ticket);
void write_goodbye(Buffer& buffer, std::string_view why); // UTF-8
std::optional<Hello> read_hello(Bytes frame);
std::optional<Ticket> read_welcome(Bytes frame);
std::optional<Ticket> read_attach(Bytes frame);
std::optional<std::string> read_goodbye(Bytes frame);

// Cuts a stream into frames. Read into space(), tell commit() how much arrived, take frames with next() until
// it gives nothing. A frame is valid until the next call of space().
class Splitter {
public:
  std::span<std::byte> space();
  // Longer frames than this break the stream.
  void limit(std::size_t frame_max_bytes) { frame_max_bytes_ = frame_max_bytes; }
  void commit(std::size_t bytes);
  std::optional<Bytes> next();
  // The stream holds something that cannot be a frame: close the connection. Nothing comes out any more.
  bool broken() const { return broken_; }

private:
  static constexpr std::size_t space_min_bytes = 4096;

  Buffer buffer_;
  std::size_t begin_ = 0; // of the first byte not yet given out
  std::size_t end_ = 0;   // of what was received
  std::size_t frame_max_bytes_ = frame_size_max_bytes;
  bool broken_ = false;
};

} // namespace tl::wire
