// SPDX-License-Identifier: Apache-2.0
// A group's id, its GUID and its text.
#include <cstdio>
#include <cstring>

#include "trunkline/telephony_agent.hpp"

namespace tl::telephony {

namespace {

static_assert(sizeof(GroupId) == sizeof(GUID));

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

constexpr std::string_view pattern = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

} // namespace

GUID to_guid(const GroupId& id) {
  GUID guid;
  std::memcpy(&guid, id.data(), sizeof guid);
  return guid;
}

GroupId from_guid(const GUID& guid) {
  GroupId id;
  std::memcpy(id.data(), &guid, sizeof guid);
  return id;
}

bool parse_group_id(const std::string& text, GroupId& out) {
  std::string_view digits = text;
  if (digits.size() == pattern.size() + 2 && digits.front() == '{' && digits.back() == '}')
    digits = digits.substr(1, pattern.size());
  if (digits.size() != pattern.size()) return false;
  std::array<std::uint8_t, 16> bytes{}; // as written, from left to right
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '-') {
      if (digits[i] != '-') return false;
      continue;
    }
    const int value = hex_value(digits[i]);
    if (value < 0) return false;
    bytes[nibble / 2] = static_cast<std::uint8_t>(bytes[nibble / 2] << 4 | value);
    ++nibble;
  }
  GUID guid;
  guid.Data1 = static_cast<DWORD>(bytes[0]) << 24 | static_cast<DWORD>(bytes[1]) << 16 |
               static_cast<DWORD>(bytes[2]) << 8 | bytes[3];
  guid.Data2 = static_cast<WORD>(bytes[4] << 8 | bytes[5]);
  guid.Data3 = static_cast<WORD>(bytes[6] << 8 | bytes[7]);
  std::memcpy(guid.Data4, bytes.data() + 8, sizeof guid.Data4);
  out = from_guid(guid);
  return true;
}

std::string to_string(const GroupId& id) {
  const GUID guid = to_guid(id);
  char text[39];
  const auto& d = guid.Data4;
  std::snprintf(text, sizeof text, "{%08X-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X}",
                static_cast<unsigned>(guid.Data1), static_cast<unsigned>(guid.Data2),
                static_cast<unsigned>(guid.Data3), d[0], d[1], d[2], d[3], d[4], d[5], d[6], d[7]);
  return text;
}

} // namespace tl::telephony
