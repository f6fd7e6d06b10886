// SPDX-License-Identifier: Apache-2.0
#include "telephony/waits.hpp"

#include <algorithm>
#include <limits>

#include "base/loop.hpp"
#include "trunkline/telephony_types.hpp"

namespace tl::telephony {

LONG Waits::add(const void* object, std::chrono::milliseconds timeout, Takes takes, Done done) {
  if (closed_) return LINEERR_OPERATIONFAILED;
  if (waits_.size() >= waits_max) return LINEERR_REQUESTOVERRUN;
  const bool limited = timeout != no_timeout;
  if (limited && !loop_) return LINEERR_OPERATIONUNAVAIL;
  do {
    last_id_ = last_id_ == std::numeric_limits<LONG>::max() ? 1 : last_id_ + 1;
  } while (waits_.contains(last_id_));
  const LONG id = last_id_;
  Wait& wait = waits_[id];
  wait = {object, std::move(takes), std::move(done), nullptr};
  by_object_[object].push_back(id);
  if (limited) {
    wait.limit = std::make_unique<Timer>(*loop_, [this, id] { cancel(id, error_timeout); });
    wait.limit->start(timeout);
  }
  return id;
}

std::vector<LONG> Waits::of(const void* object) const {
  const auto at = by_object_.find(object);
  return at == by_object_.end() ? std::vector<LONG>{} : at->second;
}

// The wait is over: out of the tables before its completion runs, which may start another.
Waits::Done Waits::take(LONG id) {
  const auto node = waits_.extract(id);
  if (node.empty()) return {};
  const auto at = by_object_.find(node.mapped().object);
  std::erase(at->second, id);
  if (at->second.empty()) by_object_.erase(at);
  return std::move(node.mapped().done);
}

bool Waits::signal(const void* object, const Signal& signal, bool once) {
  if (waits_.empty()) return false;
  bool taken = false;
  for (const LONG id : of(object)) {
    const auto at = waits_.find(id);
    if (at == waits_.end() || !at->second.takes(signal)) continue;
    taken = true;
    if (const Done done = take(id)) done(0);
    if (once) break;
  }
  return taken;
}

void Waits::cancel(LONG id, LONG result) {
  if (const Done done = take(id)) done(result);
}

void Waits::end(const void* object, LONG result) {
  for (const LONG id : of(object)) cancel(id, result);
}

void Waits::close() {
  closed_ = true;
  std::vector<LONG> ids;
  for (const auto& [id, wait] : waits_) ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  for (const LONG id : ids) cancel(id, LINEERR_OPERATIONFAILED);
}

} // namespace tl::telephony
