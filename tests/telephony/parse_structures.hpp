// SPDX-License-Identifier: Apache-2.0
// Reads bytes as every structure that comes from a server or an agent handler. They may be anything.
#pragma once

#include <span>

#include "telephony/agent_structures.hpp"

namespace tl::test {

template <class T> std::size_t parse_as(std::span<const std::byte> bytes) {
  if (bytes.size() < sizeof(T)) return 0;
  T head;
  std::memcpy(&head, bytes.data(), sizeof head);
  const telephony::StructureView view(bytes.data(), std::min<std::size_t>(head.dwUsedSize, bytes.size()));
  const auto value = telephony::to_value(head, view);
  if constexpr (requires { value.groups; })
    return value.groups.size();
  else if constexpr (requires { value.handler; })
    return value.handler.size();
  else
    return value.size();
}

// How much was found in them, so that a test can see that it reads something.
inline std::size_t parse_structures(std::span<const std::byte> bytes) {
  std::size_t found = parse_as<LINEAGENTSTATUS>(bytes) + parse_as<LINEAGENTCAPS>(bytes) +
                      parse_as<LINEAGENTGROUPLIST>(bytes) + parse_as<LINEAGENTACTIVITYLIST>(bytes) +
                      parse_as<LINEQUEUELIST>(bytes);
  std::vector<telephony::AgentGroup> groups;
  if (bytes.size() >= sizeof(LINEAGENTGROUPLIST) &&
      telephony::read(*reinterpret_cast<const LINEAGENTGROUPLIST*>(bytes.data()), bytes.size(), groups))
    found += groups.size();
  return found;
}

} // namespace tl::test
