// SPDX-License-Identifier: Apache-2.0
// One parameter of a C function on its way to the wire: what the caller gave, checked against the kind in the
// function's row at compile time.
#pragma once

#include <cstdint>
#include <type_traits>

#include "wire/functions.hpp"
#include "wire/layout.hpp"

namespace tl::tapi32 {

// W and A functions: UTF-16 and UTF-8.
enum class Form : std::uint8_t { wide, narrow };

struct Item {
  wire::Kind kind{};
  Form form = Form::wide;
  bool structure = false;  // its size is its dwTotalSize
  bool optional = false;   // an answer nobody may want
  std::uint64_t value = 0; // the number, or the buffer's size
  const void* in = nullptr;
  void* out = nullptr;
  const wire::Layout* layout = nullptr;
};

// A buffer with its size in bytes.
struct Span {
  const void* in = nullptr;
  void* out = nullptr;
  std::uint64_t size = 0;
};
inline Span bytes_in(const void* from, std::uint64_t size) {
  return {from, nullptr, size};
}
// One of a fixed size, or NULL.
template <class T> Span structure_in(const T* from) {
  return {from, nullptr, from ? sizeof *from : 0};
}
inline Span bytes_out(void* to, std::uint64_t size) {
  return {nullptr, to, size};
}
inline Span bytes_inout(void* bytes, std::uint64_t size) {
  return {bytes, bytes, size};
}

// An answer whose pointer may be NULL.
template <class T> struct Optional { T* pointer; };
template <class T> Optional(T*) -> Optional<T>;

namespace detail {

template <class T>
concept Structure = requires(T t) {
  t.dwTotalSize;
};

template <wire::Kind K> Item item(DWORD value, Form form) {
  static_assert(K == wire::Kind::dword || K == wire::Kind::qword);
  return {.kind = K, .form = form, .value = value};
}
template <wire::Kind K> Item item(DWORD_PTR value, Form form) {
  static_assert(K == wire::Kind::qword);
  return {.kind = K, .form = form, .value = value};
}
template <wire::Kind K> Item item(LPCWSTR text, Form) {
  static_assert(K == wire::Kind::text);
  return {.kind = K, .form = Form::wide, .in = text};
}
template <wire::Kind K> Item item(LPCSTR text, Form) {
  static_assert(K == wire::Kind::text);
  return {.kind = K, .form = Form::narrow, .in = text};
}
template <wire::Kind K> Item item(Span span, Form form) {
  static_assert(K == wire::Kind::data || K == wire::Kind::data_out || K == wire::Kind::data_inout);
  return {.kind = K, .form = form, .value = span.size, .in = span.in, .out = span.out};
}
template <wire::Kind K> Item item(LPDWORD to, Form form) {
  static_assert(K == wire::Kind::dword_out);
  return {.kind = K, .form = form, .out = to};
}
template <wire::Kind K, Structure T> Item item(T* structure, Form form) {
  static_assert(K == wire::Kind::data || K == wire::Kind::data_out);
  Item made{.kind = K, .form = form, .structure = true, .layout = wire::layout_of<T>};
  if constexpr (K == wire::Kind::data)
    made.in = structure;
  else
    made.out = structure;
  return made;
}
template <wire::Kind K, class T> Item item(Optional<T> optional, Form form) {
  Item made = item<K>(optional.pointer, form);
  made.optional = true;
  return made;
}

} // namespace detail
} // namespace tl::tapi32
