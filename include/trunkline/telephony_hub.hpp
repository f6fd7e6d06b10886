// SPDX-License-Identifier: Apache-2.0
//
// All calls of one conversation, as far as this program has handles to them (ITCallHub): those with one
// dwCallID. Part of trunkline/telephony.hpp: include that one.
#pragma once

#include <cstddef>
#include <vector>

#include "trunkline/telephony_call.hpp"

namespace tl::telephony {

enum class HubEvent {
  created, // its first call came
  call_added,
  call_removed, // released, over, or gone on to another conversation
  idle,         // the last one went; the hub is destroyed when the event has returned
};

class CallHub {
public:
  explicit CallHub(DWORD id) : id_(id) {}
  CallHub(const CallHub&) = delete;
  CallHub& operator=(const CallHub&) = delete;

  DWORD id() const { return id_; } // dwCallID
  std::vector<CallPtr> calls() const;
  std::size_t size() const { return calls_.size(); }
  // Some call is neither over nor disconnected.
  bool active() const;
  // Drops the conversation: every call of it that this program owns. The first error, or 0.
  LONG clear();

private:
  friend class Telephony;

  DWORD id_;
  std::vector<Call*> calls_;
};

} // namespace tl::telephony
