// SPDX-License-Identifier: Apache-2.0
// Transfer, park, call completion and conference.
#include "telephony/call_params.hpp"
#include "telephony/call_start.hpp"

namespace tl::telephony {

LONG Call::blind_transfer(std::string_view number, Completion done) {
  const std::u16string wide = to_utf16(number);
  return start(std::move(done), [&] { return lineBlindTransferW(handle_, wide.c_str(), 0); });
}

LONG Call::setup_transfer(CallMade done, const CallParams& params) {
  return start_call(std::move(done), [&](LPHCALL made) {
    return lineSetupTransferW(handle_, made, to_structure(params, address_.telephony_.state_->buffer));
  });
}

LONG Call::complete_transfer(Call& consultation, Completion done) {
  if (consultation.gone_) return LINEERR_INVALCONSULTCALLHANDLE;
  return start(std::move(done), [&] {
    return lineCompleteTransfer(handle_, consultation.handle_, nullptr, LINETRANSFERMODE_TRANSFER);
  });
}

LONG Call::complete_as_conference(Call& consultation, CallMade done) {
  if (consultation.gone_) return LINEERR_INVALCONSULTCALLHANDLE;
  return start_call(std::move(done), [&](LPHCALL made) {
    return lineCompleteTransfer(handle_, consultation.handle_, made, LINETRANSFERMODE_CONFERENCE);
  });
}

LONG Call::park(std::string_view number, Completion done) {
  const std::u16string wide = to_utf16(number);
  return start(std::move(done),
               [&] { return lineParkW(handle_, LINEPARKMODE_DIRECTED, wide.c_str(), nullptr); });
}

LONG Call::park(std::function<void(LONG, const std::string&)> done) {
  if (gone_) return LINEERR_INVALCALLHANDLE;
  return address_.telephony_.state_->start_structure<VARSTRING>(
      address_,
      [handle = handle_](VARSTRING* where) {
        return lineParkW(handle, LINEPARKMODE_NONDIRECTED, nullptr, where);
      },
      [done = std::move(done)](LONG result, const VARSTRING& where, const StructureView& parts) {
        if (done) done(result, parts.text(where.dwStringSize, where.dwStringOffset));
      });
}

LONG Call::complete_call(DWORD mode, DWORD message, std::function<void(LONG, DWORD)> done) {
  if (gone_) return LINEERR_INVALCALLHANDLE;
  return address_.telephony_.state_->start_value<DWORD>(
      address_,
      [done = std::move(done)](LONG result, DWORD id) {
        if (done) done(result, id);
      },
      [&](DWORD* id) { return lineCompleteCall(handle_, id, mode, message); });
}

LONG Call::setup_conference(ConferenceMade done, DWORD parties) {
  if (gone_) return LINEERR_INVALCALLHANDLE;
  struct Handles {
    HCALL conference = 0, consultation = 0;
  };
  Telephony::State& state = *address_.telephony_.state_;
  return state.start_value<Handles>(
      address_,
      [&state, &address = address_, done = std::move(done)](LONG result, const Handles& made) {
        Call* const conference = result == 0 ? state.made_call(address, made.conference) : nullptr;
        Call* const consultation = result == 0 ? state.made_call(address, made.consultation) : nullptr;
        if (result == 0 && (!conference || !consultation)) result = LINEERR_OPERATIONFAILED;
        if (done) done(result, conference, consultation);
      },
      [&](Handles* made) {
        return lineSetupConferenceW(handle_, 0, &made->conference, &made->consultation, parties, nullptr);
      });
}

LONG Call::prepare_add_to_conference(CallMade done, const CallParams& params) {
  return start_call(std::move(done), [&](LPHCALL made) {
    return linePrepareAddToConferenceW(handle_, made,
                                       to_structure(params, address_.telephony_.state_->buffer));
  });
}

LONG Call::add_to_conference(Call& member, Completion done) {
  if (member.gone_) return LINEERR_INVALCONSULTCALLHANDLE;
  return start(std::move(done), [&] { return lineAddToConference(handle_, member.handle_); });
}

LONG Call::remove_from_conference(Completion done) {
  return start(std::move(done), [&] { return lineRemoveFromConference(handle_); });
}

LONG Call::conference_calls(std::vector<CallPtr>& out) const {
  if (gone_) return LINEERR_INVALCALLHANDLE;
  Telephony::State& state = *address_.telephony_.state_;
  const LONG result = fetch<LINECALLLIST>(
      state.buffer, [&](LINECALLLIST* into) { return lineGetConfRelatedCalls(handle_, into); });
  if (result != 0) return result;
  const LINECALLLIST list = *reinterpret_cast<const LINECALLLIST*>(state.buffer.data());
  const StructureView parts = view<LINECALLLIST>(state.buffer);
  out.clear();
  HCALL handle = 0;
  for (DWORD i = 0; parts.entry(list.dwCallsSize, list.dwCallsOffset, list.dwCallsNumEntries, i, handle); ++i)
    // A handle that is new here was made for this question.
    if (Call* const call = state.made_call(address_, handle)) out.emplace_back(*call);
  return 0;
}

} // namespace tl::telephony
