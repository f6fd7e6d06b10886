// SPDX-License-Identifier: Apache-2.0
// A form as data: who owns settings describes them, whoever has a screen shows them and sends back what was
// edited, and the owner takes it or refuses it with a sentence. It travels as JSON text in the parameter
// blocks of TUISPIDLLCALLBACK and TSPI_providerGenericDialogData; docs/providers.md describes it for other
// languages.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace tl::form {

inline constexpr std::size_t block_bytes_max = 64 * 1024; // a request or an answer, with its final zero
inline constexpr std::size_t settings_max = 64;           // of a form
inline constexpr std::size_t choices_max = 256;           // of a setting
inline constexpr std::size_t lists_max = 8, entries_max = 256, notes_max = 32;
inline constexpr std::size_t text_bytes_max = 1024; // any text in it

enum class Type : std::uint8_t { text, number, on_off, choice };
using Value = std::variant<std::string, std::int64_t, bool>; // text and choice; number; on_off
using Values = std::map<std::string, Value>;                 // by the setting's name

struct Choice {
  std::string value;
  std::string label{}; // empty: the value
};

struct Setting {
  std::string name;  // a-z, 0-9, _
  std::string label; // "Name shown to others"
  Type type = Type::text;
  Value value{};
  std::int64_t min = 0, max = 0; // number: its range; text: max is its most bytes, 0: text_bytes_max
  std::string unit{};            // "seconds"
  std::string help{};            // a sentence or two
  std::vector<Choice> choices{};
  std::optional<Value> initial{}; // what it is when nobody has set it
  bool secret = false;            // its value is never described, only set
};

// Things that have forms of their own.
struct Entry {
  std::string object; // names it in requests
  std::string label;
  bool current = false;
};
struct List {
  std::string name;  // one word, "location"
  std::string label; // "Locations"
  std::vector<Entry> entries{};
  std::string add{}; // the object of a new one; empty: none can be added
  bool remove = false, choose = false;
};

struct Description {
  std::string title;
  std::vector<std::string> notes{};
  std::vector<Setting> settings{};
  std::vector<List> lists{};
};

struct Request {
  enum class Op : std::uint8_t { describe, apply, choose, remove } op = Op::describe;
  std::string object{};  // empty: the whole
  std::string address{}; // a number whose translation the notes are to show (lineTranslateDialog)
  Values values{};       // apply: what was edited
};

// Exactly one of: a description, a sentence that says what was done, an error.
struct Answer {
  std::optional<Description> description{};
  std::string done{};
  std::string error{};
  std::string setting{}; // which one the error is about, if it is about one
};

// Text of any origin; what is not such a thing is an error with a sentence. Nothing is taken that crosses a
// limit above.
Result<Request> read_request(std::string_view json);
Result<Answer> read_answer(std::string_view json);
Result<Values> read_values(std::string_view json);

std::string write(const Request& request);
std::string write(const Answer& answer);
std::string write(const Values& values);

// Why a setting cannot have a value; empty: it can.
std::string fault(const Setting& setting, const Value& value);
// What a person typed, as a value; the error is a sentence.
Result<Value> typed(const Setting& setting, std::string_view text);
// A value as a person types it.
std::string shown(const Setting& setting, const Value& value);
// "a whole number from 1 to 20", "one of: on, off".
std::string expected(const Setting& setting);

// ---- Blocks: UTF-8 text with a final zero.
std::string_view text_of(std::span<const char> block);
// False when it does not fit.
bool put_text(std::span<char> block, std::string_view text);

// Who owns settings. Every text result is a sentence that says why not, or empty.
class Owner {
public:
  virtual ~Owner() = default;
  // Nothing: there is no such object.
  virtual std::optional<Description> describe(const std::string& object, const std::string& address) = 0;
  // Only what was edited, each of its setting's type and in its range.
  virtual std::string apply(const std::string& object, const Values& values) = 0;
  virtual std::string choose(const std::string&) { return "There is nothing to choose."; }
  virtual std::string remove(const std::string&) { return "It cannot be removed."; }
};

// Reads the request in the block and writes the answer over it. False: the block is too small for the answer.
bool answer(Owner& owner, std::span<char> block);

} // namespace tl::form
