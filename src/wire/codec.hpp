// SPDX-License-Identifier: Apache-2.0
// Marshalling by the table of functions: little-endian, every item padded to 4 bytes, so that text and
// structures can be read where they lie. A Reader never reads past its bytes: a frame is hostile until
// parsed.
//
// Server:   if (auto a = decode_arguments<Fn::lineMakeCall>(payload)) std::apply(handler, *a);
//           ReplyWriter reply{buffer, fn, sequence, result}; encode_answers<Fn::lineGetNumRings>(reply,
//           rings);
// Library:  encode_arguments<Fn::lineMakeCall>(writer, line, u"1001", 0u, nothing); the types must fit the
// row.
#pragma once

#include <bit>
#include <cstring>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "base/check.hpp"
#include "wire/channel.hpp"
#include "wire/functions.hpp"

namespace tl::wire {

static_assert(std::endian::native == std::endian::little, "values are copied as they are");

using Text = std::optional<std::u16string_view>; // nothing = NULL
using Data = std::optional<Bytes>;               // nothing = NULL

// How many bytes the caller has room for: its dwTotalSize.
struct Capacity {
  std::uint32_t bytes = 0;
  bool operator==(const Capacity&) const = default;
};

inline constexpr std::uint32_t null_size = 0xFFFFFFFF;
inline constexpr std::size_t item_alignment_bytes = 4;

constexpr std::size_t padded(std::size_t bytes) {
  return (bytes + item_alignment_bytes - 1) & ~(item_alignment_bytes - 1);
}

// Reads items in order; the first one that does not fit makes it and everything after it fail. What it
// returns points into the bytes given.
class Reader {
public:
  explicit Reader(Bytes bytes) : rest_(bytes) {
    TL_CHECK(reinterpret_cast<std::uintptr_t>(bytes.data()) % item_alignment_bytes == 0);
  }

  std::uint32_t dword() { return scalar<std::uint32_t>(); }
  std::uint64_t qword() { return scalar<std::uint64_t>(); }
  Capacity capacity() { return {dword()}; }
  Data data() {
    const std::uint32_t size = dword();
    if (size == null_size || !ok_) return std::nullopt;
    return take(size);
  }
  // Up to the first zero: the pointer form of a string ends there too.
  Text text() {
    const Data bytes = data();
    if (!bytes) return std::nullopt;
    if (bytes->size() % sizeof(char16_t) != 0) ok_ = false;
    const std::u16string_view all{reinterpret_cast<const char16_t*>(bytes->data()), bytes->size() / 2};
    return all.substr(0, all.find(u'\0'));
  }
  Bytes bytes(std::size_t size) { return take(size); }

  bool ok() const { return ok_; }
  // Nothing failed and nothing is left over.
  bool finished() const { return ok_ && rest_.empty(); }

private:
  template <class T> T scalar() {
    T value{};
    const Bytes from = take(sizeof value);
    if (ok_) std::memcpy(&value, from.data(), sizeof value);
    return value;
  }
  Bytes take(std::size_t size) {
    if (!ok_ || size > rest_.size() || padded(size) > rest_.size()) {
      ok_ = false;
      return {};
    }
    const Bytes taken = rest_.first(size);
    rest_ = rest_.subspan(padded(size));
    return taken;
  }

  Bytes rest_;
  bool ok_ = true;
};

// Appends items to a buffer, which it does not own.
class Writer {
public:
  explicit Writer(Buffer& buffer) : buffer_(buffer) {}

  void dword(std::uint32_t value) { append(&value, sizeof value); }
  void qword(std::uint64_t value) { append(&value, sizeof value); }
  void text(Text text) { data(text ? Data{std::as_bytes(std::span{text->data(), text->size()})} : Data{}); }
  void data(Data data) {
    dword(data ? static_cast<std::uint32_t>(data->size()) : null_size);
    if (data) bytes(*data);
  }
  void bytes(Bytes bytes) { append(bytes.data(), bytes.size()); }

  // A data item written in place: fill the room (zeros at first), then say how much of it is used. Nothing
  // else may be written in between.
  std::span<std::byte> begin_data(std::uint32_t room) {
    dword(room);
    open_at_ = buffer_.size();
    buffer_.resize(open_at_ + room);
    return {buffer_.data() + open_at_, room};
  }
  void end_data(std::uint32_t used) {
    TL_CHECK(used <= buffer_.size() - open_at_);
    std::memcpy(buffer_.data() + open_at_ - sizeof used, &used, sizeof used);
    buffer_.resize(open_at_ + padded(used));
  }

  Buffer& buffer() { return buffer_; }

private:
  void append(const void* from, std::size_t size) {
    const std::size_t at = buffer_.size();
    buffer_.resize(at + padded(size));
    if (size != 0) std::memcpy(buffer_.data() + at, from, size);
  }

  Buffer& buffer_;
  std::size_t open_at_ = 0;
};

namespace detail {

// The C++ type of a kind in the request and in the answer; void where it does not occur.
template <Kind K> struct Item;
template <> struct Item<Kind::dword> {
  using Request = std::uint32_t;
  using Answer = void;
};
template <> struct Item<Kind::qword> {
  using Request = std::uint64_t;
  using Answer = void;
};
template <> struct Item<Kind::text> {
  using Request = Text;
  using Answer = void;
};
template <> struct Item<Kind::data> {
  using Request = Data;
  using Answer = void;
};
template <> struct Item<Kind::data_out> {
  using Request = Capacity;
  using Answer = Bytes;
};
template <> struct Item<Kind::data_inout> {
  using Request = Data;
  using Answer = Bytes;
};
template <> struct Item<Kind::dword_out> {
  using Request = void;
  using Answer = std::uint32_t;
};

template <class T>
using Maybe = std::conditional_t<std::is_void_v<T>, std::tuple<>,
                                 std::tuple<std::conditional_t<std::is_void_v<T>, int, T>>>;

template <Fn F, std::size_t... I>
auto request_types(std::index_sequence<I...>)
    -> decltype(std::tuple_cat(Maybe<typename Item<function(F).kinds[I]>::Request>{}...));
template <Fn F, std::size_t... I>
auto answer_types(std::index_sequence<I...>)
    -> decltype(std::tuple_cat(Maybe<typename Item<function(F).kinds[I]>::Answer>{}...));

inline void read(Reader& from, std::uint32_t& value) {
  value = from.dword();
}
inline void read(Reader& from, std::uint64_t& value) {
  value = from.qword();
}
inline void read(Reader& from, Text& value) {
  value = from.text();
}
inline void read(Reader& from, Data& value) {
  value = from.data();
}
inline void read(Reader& from, Capacity& value) {
  value = from.capacity();
}
inline void read(Reader& from, Bytes& value) {
  value = from.data().value_or(Bytes{});
}

inline void write(Writer& to, std::uint32_t value) {
  to.dword(value);
}
inline void write(Writer& to, std::uint64_t value) {
  to.qword(value);
}
inline void write(Writer& to, const Text& value) {
  to.text(value);
}
inline void write(Writer& to, const Data& value) {
  to.data(value);
}
inline void write(Writer& to, Capacity value) {
  to.dword(value.bytes);
}
inline void write(Writer& to, Bytes value) {
  to.data(value);
}

template <class Tuple> std::optional<Tuple> read_all(Bytes payload) {
  Reader reader{payload};
  Tuple values;
  std::apply([&](auto&... value) { (read(reader, value), ...); }, values);
  if (!reader.finished()) return std::nullopt;
  return values;
}

} // namespace detail

// The request's items as C++ values, in the row's order; dword_out does not occur in a request. Likewise the
// answer's.
template <Fn F>
using Arguments = decltype(detail::request_types<F>(std::make_index_sequence<function(F).count>{}));
template <Fn F>
using Answers = decltype(detail::answer_types<F>(std::make_index_sequence<function(F).count>{}));

// Nothing when the payload is not exactly what the row says. Views point into the payload.
template <Fn F> std::optional<Arguments<F>> decode_arguments(Bytes payload) {
  static_assert(function(F).mode != Mode::local, "no request exists for this function");
  return detail::read_all<Arguments<F>>(payload);
}
template <Fn F> std::optional<Answers<F>> decode_answers(Bytes payload) {
  return detail::read_all<Answers<F>>(payload);
}

template <Fn F, class... A> void encode_arguments(Writer& to, const A&... arguments) {
  static_assert(function(F).mode != Mode::local, "no request exists for this function");
  static_assert(std::is_same_v<std::tuple<A...>, Arguments<F>>,
                "the arguments do not fit the function's row");
  (detail::write(to, arguments), ...);
}
template <Fn F, class... A> void encode_answers(Writer& to, const A&... answers) {
  static_assert(std::is_same_v<std::tuple<A...>, Answers<F>>, "the answers do not fit the function's row");
  (detail::write(to, answers), ...);
}

} // namespace tl::wire
