// SPDX-License-Identifier: Apache-2.0
#include "inbox.hpp"

namespace conformance {
namespace {
constexpr DWORD slice_ms = 5;
using Clock = std::chrono::steady_clock;
} // namespace

bool Inbox::pump(DWORD wait_ms) {
  Message message;
  if (!take(message, wait_ms)) {
    if (meanwhile) meanwhile();
    return false;
  }
  history.push_back(message);
  if (message.id == LINE_CALLSTATE) calls.insert(message.device);
  if (message.id == LINE_APPNEWCALL) calls.insert(static_cast<HCALL>(message.p2));
  if (message.id == LINE_REPLY || message.id == PHONE_REPLY)
    replies_.emplace(static_cast<LONG>(message.p1), static_cast<LONG>(message.p2));
  else
    waiting_.push_back(message);
  return true;
}

std::optional<Message> Inbox::wait(const Fits& fits, std::chrono::milliseconds limit) {
  const auto end = Clock::now() + limit;
  for (std::size_t at = 0;;) {
    for (; at < waiting_.size(); ++at)
      if (fits(waiting_[at])) {
        const Message found = waiting_[at];
        waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(at));
        return found;
      }
    if (!pump(slice_ms) && Clock::now() >= end) return std::nullopt;
  }
}

std::optional<LONG> Inbox::reply(LONG id, std::chrono::milliseconds limit) {
  const auto end = Clock::now() + limit;
  for (;;) {
    if (const auto found = replies_.find(id); found != replies_.end()) {
      const LONG result = found->second;
      replies_.erase(found);
      return result;
    }
    if (!pump(slice_ms) && Clock::now() >= end) return std::nullopt;
  }
}

std::vector<Message> Inbox::all(std::chrono::milliseconds quiet) {
  for (auto end = Clock::now() + quiet; Clock::now() < end;)
    if (pump(slice_ms)) end = Clock::now() + quiet;
  std::vector<Message> out(waiting_.begin(), waiting_.end());
  waiting_.clear();
  return out;
}

void Inbox::clear() {
  while (pump(0)) {
  }
  waiting_.clear();
  replies_.clear();
}

std::vector<LONG> Inbox::unclaimed() const {
  std::vector<LONG> out;
  for (const auto& each : replies_) out.push_back(each.first);
  return out;
}

} // namespace conformance
