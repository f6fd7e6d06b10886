// SPDX-License-Identifier: Apache-2.0
#include "tsp/provider.hpp"

namespace tl::tsp {

// clang-format off
void Provider::dev_specific(Request request, Line&, Call*, std::span<const std::byte>) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::make_call(Request request, Line&, HTAPICALL, const std::string&, const CallOptions&, HDRVCALL&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::accept(Request request, Call&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::answer(Request request, Call&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::dial(Request request, Call&, const std::string&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::drop(Request request, Call&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::hold(Request request, Call&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::unhold(Request request, Call&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::swap_hold(Request request, Call&, Call&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::redirect(Request request, Call&, const std::string&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::blind_transfer(Request request, Call&, const std::string&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::setup_transfer(Request request, Call&, HTAPICALL, const CallOptions&, HDRVCALL&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::complete_transfer(Request request, Call&, Call&, DWORD, HTAPICALL, HDRVCALL&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::setup_conference(Request request, Line&, Call*, DWORD, const CallOptions&, HTAPICALL, HDRVCALL&, HTAPICALL, HDRVCALL&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::prepare_add_to_conference(Request request, Call&, HTAPICALL, const CallOptions&, HDRVCALL&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::add_to_conference(Request request, Call&, Call&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::remove_from_conference(Request request, Call&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::set_call_treatment(Request request, Call&, DWORD) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::park(Request request, Call&, DWORD, const std::string&, LPVARSTRING) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::unpark(Request request, Line&, HTAPICALL, const std::string&, HDRVCALL&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::pickup(Request request, Line&, HTAPICALL, const std::string*, const std::string*, HDRVCALL&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::complete_call(Request request, Call&, DWORD&, DWORD, DWORD) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::secure(Request request, Call&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::send_user_info(Request request, Call&, std::span<const std::byte>) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::release_user_info(Request request, Call&) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::set_call_params(Request request, Call&, DWORD, DWORD, DWORD) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::forward(Request request, Line&, std::vector<ForwardEntry>, DWORD) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::set_line_status(Request request, Line&, DWORD, bool) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::uncomplete_call(Request request, Line&, DWORD) { request.fail(LINEERR_OPERATIONUNAVAIL); }
void Provider::set_call_data(Request request, Call&, std::span<const std::byte>) { request.fail(LINEERR_OPERATIONUNAVAIL); }
// clang-format on

HDRVCALL Provider::adopt(Call& call, Line& line, HTAPICALL server) {
  TL_CHECK(!call.known(), "a call gets a second handle");
  call.line = &line;
  call.server = server;
  call.handle = calls_.add(call);
  return reinterpret_cast<HDRVCALL>(call.handle);
}

bool Provider::announce(Call& call, Line& line) {
  const HDRVCALL handle = adopt(call, line, nullptr);
  line.procedure(line.server, nullptr, LINE_NEWCALL, reinterpret_cast<DWORD_PTR>(handle),
                 reinterpret_cast<DWORD_PTR>(&call.server), 0);
  if (call.server != nullptr) return true;
  forget(call);
  return false;
}

void Provider::forget(Call& call) {
  if (!call.known()) return;
  calls_.remove(call.handle);
  call.handle = 0;
  call.server = nullptr;
  call.line = nullptr;
}

} // namespace tl::tsp
