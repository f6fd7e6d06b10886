// SPDX-License-Identifier: Apache-2.0
#include "telephony/requests.hpp"

#include <algorithm>

namespace tl::telephony {

LONG Requests::add(LONG id, std::shared_ptr<Request> request) {
  if (id <= 0) return id < 0 ? id : LINEERR_OPERATIONFAILED;
  const auto [at, added] = entries_.try_emplace(static_cast<DWORD>(id));
  Entry& entry = at->second;
  if (!added && !entry.abandoned) {
    // A server that gives one id twice: whose reply is whose cannot be told any more, so no answer memory may
    // go before shutdown.
    ids_repeat_ = true;
    abandoned_bytes_ += request->answer_bytes();
    graveyard_.push_back(std::move(request));
    return LINEERR_OPERATIONFAILED;
  }
  // The server dropped the reply of a closed line and uses its id again.
  if (!added) graveyard_.push_back(std::move(entry.request));
  entry = {std::move(request), ++sequence_, false};
  ++waiting_;
  return id;
}

void Requests::reply(DWORD id, LONG result) {
  const auto node = entries_.extract(id);
  if (node.empty()) return;
  Entry entry = std::move(node.mapped());
  if (entry.abandoned) {
    if (ids_repeat_)
      graveyard_.push_back(std::move(entry.request));
    else
      abandoned_bytes_ -= entry.request->answer_bytes();
    return;
  }
  --waiting_;
  if (result > 0) result = LINEERR_OPERATIONFAILED;
  finish(std::move(entry), result);
}

void Requests::finish(Entry entry, LONG result) {
  const std::shared_ptr<Request> request = std::move(entry.request);
  if (ids_repeat_ && request->answer_bytes() != 0) {
    result = LINEERR_OPERATIONFAILED; // the answer may be another request's
  } else if (result == 0) {
    const LONG again = request->ask_again();
    if (again > 0) {
      const LONG added = add(again, request);
      if (added > 0) return;
      result = added;
    } else {
      result = again;
    }
  }
  if (ids_repeat_) {
    abandoned_bytes_ += request->answer_bytes();
    graveyard_.push_back(request);
  }
  request->complete(result);
}

void Requests::fail(const void* device, LONG result, bool forgotten) {
  std::vector<std::pair<std::uint64_t, DWORD>> ids;
  for (const auto& [id, entry] : entries_)
    if (!entry.abandoned && (!device || entry.request->device().is(device)))
      ids.push_back({entry.sequence, id});
  std::sort(ids.begin(), ids.end());
  std::vector<std::shared_ptr<Request>> failed;
  failed.reserve(ids.size());
  for (const auto& [sequence, id] : ids) {
    const auto at = entries_.find(id);
    failed.push_back(at->second.request);
    const Request& request = *at->second.request;
    const std::size_t bytes = request.answer_bytes();
    if (bytes == 0 || (forgotten && request.of_line() && !ids_repeat_)) {
      entries_.erase(at);
    } else {
      at->second.abandoned = true;
      abandoned_bytes_ += bytes;
    }
  }
  waiting_ -= failed.size();
  for (const auto& request : failed) request->complete(result);
}

} // namespace tl::telephony
