// SPDX-License-Identifier: Apache-2.0
// The table of functions that both ends of the wire work by: what a request carries, item by item, and what
// its answer brings back (docs/architecture.md, "From a C call to the switch and back").
//
// The enumerators are TAPI's own names: whoever includes tapi.h too compiles with TAPI_NO_UNSUFFIXED_NAMES, or its macros
// would change them. Linking trunkline_wire sets it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tl::wire {

// What one parameter becomes.
enum class Kind : std::uint8_t {
  dword,      // request: u32 (DWORD, LONG, BOOL, every handle)
  qword,      // request: u64 (callback instance)
  text,       // request: UTF-16 or NULL
  data,       // request: bytes or NULL (a structure or buffer that goes in)
  data_out,   // request: u32 capacity; answer: bytes, at most so many (a structure or buffer that is filled)
  data_inout, // request: bytes or NULL; answer: bytes, at most as many
  dword_out,  // answer: u32
};

enum class Mode : std::uint8_t {
  sync,  // the reply's result is the function's, 0 or negative; answers follow it when it is 0
  async, // the result is a request id (positive) or an error; answers travel with LINE_REPLY or PHONE_REPLY
  local, // the library answers by itself: no request exists
};

// Which symbols the library has: name; nameA and nameW; all three (the plain one is the A form); none: it is
// no function of tapi.h.
enum class Forms : std::uint8_t { plain, aw, awp, none };

enum class Fn : std::uint16_t {
#define TL_FUNCTION(name, ...) name,
#include "wire/functions.def"
#undef TL_FUNCTION
};

inline constexpr std::size_t parameters_max = 9;

struct Function {
  std::string_view name;
  Forms forms;
  Mode mode;
  std::string_view parameters; // names, separated by single blanks, one per kind
  std::array<Kind, parameters_max> kinds;
  std::size_t count; // of kinds
};

namespace detail {
template <class... K>
constexpr Function row(std::string_view name, Forms forms, Mode mode, std::string_view parameters,
                       K... kinds) {
  static_assert(sizeof...(kinds) <= parameters_max);
  return {name, forms, mode, parameters, {kinds...}, sizeof...(kinds)};
}

constexpr auto make_functions() {
  using enum Kind;
  using enum Mode;
  using enum Forms;
  return std::to_array<Function>({
#define TL_FUNCTION(name, forms, mode, ...) row(#name, forms, mode, __VA_ARGS__),
#include "wire/functions.def"
#undef TL_FUNCTION
  });
}
} // namespace detail

inline constexpr auto functions = detail::make_functions();

constexpr const Function& function(Fn fn) {
  return functions[static_cast<std::size_t>(fn)];
}

// A number from the wire as a function of this version's table.
constexpr std::optional<Fn> to_function(std::uint16_t number) {
  if (number >= functions.size()) return std::nullopt;
  return static_cast<Fn>(number);
}

// The error codes are LINEERR_, PHONEERR_ or TAPIERR_ by the function's family.
enum class Family : std::uint8_t { line, phone, tapi };

constexpr Family family(Fn fn) {
  switch (function(fn).name.front()) {
  case 'p': return Family::phone;
  case 't': return Family::tapi;
  default: return Family::line;
  }
}

} // namespace tl::wire
