// SPDX-License-Identifier: Apache-2.0
// The core's commands as operations on calls.
#include "acd/adapter.hpp"

namespace tl::acd {
namespace {

using telephony::Call;

// What the switch's error says about the agent's phone.
Answer answer_of(LONG result) {
  switch (result) {
  case 0: return Answer::done;
  case LINEERR_RESOURCEUNAVAIL:
  case LINEERR_CALLUNAVAIL:
  case LINEERR_INUSE: return Answer::busy;
  case LINEERR_OPERATIONFAILED:
  case LINEERR_INVALADDRESS:
  case LINEERR_ADDRESSBLOCKED:
  case LINEERR_DISCONNECTED: return Answer::unreachable;
  default: return Answer::failed;
  }
}

} // namespace

void Adapter::later(Task task) {
  loop_.post([alive = std::weak_ptr<Adapter*>(alive_), task = std::move(task)] {
    if (!alive.expired()) task();
  });
}

Call* Adapter::queue_call(std::uint32_t call_id) const {
  auto at = at_queue_.find(call_id);
  return at == at_queue_.end() ? nullptr : telephony_->call(at->second);
}

Call* Adapter::station_call(std::uint32_t call_id, StationIndex station) const {
  for (const StationCall& call : core_->stations()[station].calls)
    if (call.call_id == call_id && call.phase == CallPhase::ringing) return telephony_->call(call.handle);
  return nullptr;
}

void Adapter::offer(std::uint32_t call_id, StationIndex station, std::uint32_t request) {
  Call* call = queue_call(call_id);
  const auto answer = [this, call_id, request](LONG result) {
    if (alive_) core_->offer_answer(call_id, request, answer_of(result));
  };
  const LONG result =
      call ? call->blind_transfer(core_->stations()[station].number, answer) : LINEERR_INVALCALLHANDLE;
  if (result < 0) later([answer, result] { answer(result); });
}

// The station's call is only watched; to move it takes an owner [nf-tapi-linesetcallprivilege].
void Adapter::recall(std::uint32_t call_id, StationIndex station, QueueIndex queue, std::uint32_t request) {
  Call* call = station_call(call_id, station);
  const auto answer = [this, call_id, request](LONG result) {
    if (alive_) core_->recall_answer(call_id, request, answer_of(result));
  };
  LONG result = LINEERR_INVALCALLHANDLE;
  if (call) result = call->owned() ? 0 : call->set_privilege(LINECALLPRIVILEGE_OWNER);
  if (result >= 0) result = call->redirect(core_->queues()[queue].config.number, answer);
  if (result < 0) later([answer, result] { answer(result); });
}

void Adapter::overflow(std::uint32_t call_id, QueueIndex, const std::string& to, std::uint32_t request) {
  Call* call = queue_call(call_id);
  const auto answer = [this, call_id, request](LONG result) {
    if (alive_) core_->overflow_answer(call_id, request, answer_of(result));
  };
  LONG result = LINEERR_INVALCALLHANDLE;
  if (call) result = to.empty() ? call->drop(answer) : call->blind_transfer(to, answer);
  if (result < 0) later([answer, result] { answer(result); });
}

} // namespace tl::acd
