// SPDX-License-Identifier: Apache-2.0
// The tables of the documented interface (tests/abi/reference), which the suite takes its cases from.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace conformance {

struct Parameter {
  std::string type; // "LPDWORD"
  std::string name; // "lpdwAddressID"
  bool in = false;
  bool out = false;

  bool pointer() const { return type.starts_with("LP"); }
  // A structure, or a text or a buffer: what `type` is without LP and const.
  std::string pointee() const;
};

struct Function {
  std::string name;
  std::string forms; // "none", "A/W", "A/W+plain"
  std::string kind;  // "async", "sync", ...
  std::vector<Parameter> parameters;
  std::vector<std::string> errors;             // documented, by name
  std::map<std::string, std::uint32_t> states; // handle parameter -> LINECALLSTATE_ mask; no entry: any
  std::vector<std::string> owned;              // handle parameters that need the owner's privilege
  bool asynchronous() const { return kind == "async"; }
  bool documents(std::string_view error) const;
  const Parameter* parameter(std::string_view name) const;
};

struct Field {
  std::string name;
  std::string type;
  std::uint32_t offset = 0;
};

struct Structure {
  std::vector<Field> fields;
  std::map<std::uint32_t, std::uint32_t> sizes; // API version -> bytes of the fixed part from it on
  std::uint32_t size = 0;                       // of the whole
  // Bytes of the fixed part for an application of that version.
  std::uint32_t fixed(std::uint32_t version) const;
  const Field* field(std::string_view name) const;
};

struct Tables {
  std::vector<Function> functions;
  std::map<std::string, Structure> structures;
  std::vector<std::string> messages; // of applications, in the order of the table
  std::map<std::string, std::int64_t> constants;

  const Function& function(std::string_view name) const;
  // "LINEERR_INVALCALLHANDLE (0x80000018)", by the name's family: line, phone, tapi.
  std::string result_name(std::string_view function, std::int32_t result) const;
  std::string constant_name(std::string_view prefix, std::int64_t value) const;
};

// Ends the program with a sentence when a file is missing or has no such columns.
Tables read_tables(const std::string& folder);

} // namespace conformance
