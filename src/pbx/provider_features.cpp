// SPDX-License-Identifier: Apache-2.0
// The provider's part in park, pickup, forwarding, completion and the lamp.
#include "pbx/provider.hpp"

namespace tl::pbx {

void PbxProvider::park(tsp::Request request, tsp::Call& call, DWORD mode, const std::string& address,
                       LPVARSTRING chosen) {
  Connection& connection = as_connection(call);
  if (mode != LINEPARKMODE_DIRECTED && mode != LINEPARKMODE_NONDIRECTED)
    return request.fail(LINEERR_INVALPARKMODE);
  const bool directed = mode == LINEPARKMODE_DIRECTED;
  if (!directed && chosen == nullptr) return request.fail(LINEERR_INVALPOINTER);
  std::string number;
  std::string place;
  if (directed)
    if (const LONG error = dialable(address, number)) return request.fail(error);
  if (const LONG error = switch_->park_place(connection, directed ? &number : nullptr, place))
    return request.fail(error);
  // A call whose address nobody learns could not be fetched: without room for it the call stays where it is.
  if (!directed && !tsp::write_string(chosen, place)) return request.fail(LINEERR_STRUCTURETOOSMALL);
  switch_->park(&request, connection, place);
}

void PbxProvider::unpark(tsp::Request request, tsp::Line& line, HTAPICALL server, const std::string& address,
                         HDRVCALL& call) {
  std::string number;
  Connection* connection = nullptr;
  LONG error = dialable(address, number);
  if (error == 0) error = switch_->unpark(device_of(line), number, connection);
  // Not among the errors of this function: no appearance is free.
  if (error == LINEERR_CALLUNAVAIL) error = LINEERR_RESOURCEUNAVAIL;
  if (error != 0) return request.fail(error);
  call = adopt(*connection, line, server);
  request.complete();
  switch_->report_state(*connection);
}

void PbxProvider::pickup(tsp::Request request, tsp::Line& line, HTAPICALL server, const std::string* address,
                         const std::string* group, HDRVCALL& call) {
  std::string number;
  Connection* connection = nullptr;
  LONG error = address != nullptr ? dialable(*address, number) : 0;
  if (error == 0)
    error = switch_->pick_up(device_of(line), address != nullptr ? &number : nullptr, group, connection);
  if (error == LINEERR_CALLUNAVAIL) error = LINEERR_RESOURCEUNAVAIL;
  if (error != 0) return request.fail(error);
  call = adopt(*connection, line, server);
  request.complete();
  switch_->report_state(*connection);
}

void PbxProvider::forward(tsp::Request request, tsp::Line& line, std::vector<tsp::ForwardEntry> entries,
                          DWORD rings) {
  std::vector<Forward> wanted;
  for (const tsp::ForwardEntry& one : entries) {
    Forward& to = wanted.emplace_back();
    to.mode = one.mode;
    // The errors of dialable() belong to functions that dial.
    if (dialable(one.caller, to.caller) != 0 || dialable(one.destination, to.destination) != 0)
      return request.fail(LINEERR_INVALADDRESS);
  }
  if (const LONG error = switch_->forward(request, device_of(line), std::move(wanted), rings))
    request.fail(error);
}

void PbxProvider::set_line_status(tsp::Request request, tsp::Line& line, DWORD flags, bool on) {
  if (flags != LINEDEVSTATUSFLAGS_MSGWAIT) // all that is in LINEDEVCAPS.dwSettableDevStatus
    return request.fail(flags == 0 ? LINEERR_INVALPARAM : LINEERR_OPERATIONUNAVAIL);
  if (const LONG error = switch_->set_message_waiting(request, device_of(line), on)) request.fail(error);
}

void PbxProvider::complete_call(tsp::Request request, tsp::Call& call, DWORD& completion_id, DWORD mode,
                                DWORD) {
  if (const LONG error = switch_->complete_call(request, as_connection(call), mode, completion_id))
    request.fail(error);
}

void PbxProvider::uncomplete_call(tsp::Request request, tsp::Line& line, DWORD completion_id) {
  if (const LONG error = switch_->uncomplete_call(request, device_of(line), completion_id))
    request.fail(error);
}

void PbxProvider::send_user_info(tsp::Request request, tsp::Call& call, std::span<const std::byte> info) {
  if (const LONG error = switch_->send_user_info(request, as_connection(call), info)) request.fail(error);
}

void PbxProvider::release_user_info(tsp::Request request, tsp::Call& call) {
  if (const LONG error = switch_->release_user_info(request, as_connection(call))) request.fail(error);
}

// Every call is 64 kbit/s voice and can stay that.
void PbxProvider::set_call_params(tsp::Request request, tsp::Call& call, DWORD bearer_mode, DWORD rate_min,
                                  DWORD rate_max) {
  constexpr DWORD rate = 64'000;
  if (!as_connection(call).live()) return request.fail(LINEERR_INVALCALLSTATE);
  if (bearer_mode == 0) return request.fail(LINEERR_INVALBEARERMODE);
  if (bearer_mode != LINEBEARERMODE_VOICE) return request.fail(LINEERR_BEARERMODEUNAVAIL);
  if (rate_min > rate_max) return request.fail(LINEERR_INVALRATE);
  if (rate_min > rate) return request.fail(LINEERR_RATEUNAVAIL);
  request.complete();
}

} // namespace tl::pbx
