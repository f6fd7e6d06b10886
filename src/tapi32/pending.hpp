// SPDX-License-Identifier: Apache-2.0
// Requests whose answers are still to come: asynchronous functions, and lineGatherDigits. Keyed by the
// request's sequence, entered before the request is sent, so that an event that is faster than the reply
// finds them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "tapi32/answers.hpp"

namespace tl::tapi32 {

inline constexpr std::size_t pending_requests_max = 65'536;

struct Pending {
  wire::Fn fn{};
  bool returned = false; // its function has returned to the program
  std::vector<Target> targets;
};

class PendingTable {
public:
  // False when the table is full.
  bool add(std::uint32_t sequence, Pending pending) {
    return entries_.size() < pending_requests_max && entries_.emplace(sequence, std::move(pending)).second;
  }
  Pending* find(std::uint32_t sequence) {
    const auto at = entries_.find(sequence);
    return at == entries_.end() ? nullptr : &at->second;
  }
  std::optional<Pending> take(std::uint32_t sequence) {
    const auto node = entries_.extract(sequence);
    if (node.empty()) return std::nullopt;
    return std::move(node.mapped());
  }
  void clear() { entries_.clear(); }
  // Whether one waits that was asked for at or before this request.
  bool any_up_to(std::uint32_t sequence) const {
    return !entries_.empty() && entries_.begin()->first <= sequence;
  }
  std::size_t size() const { return entries_.size(); }

private:
  std::map<std::uint32_t, Pending> entries_;
};

} // namespace tl::tapi32
