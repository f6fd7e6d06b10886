// SPDX-License-Identifier: Apache-2.0
// Asynchronous requests: an id for both sides, exactly one reply, never before the function has returned
// [asynchronous-functions, synchronous-asynchronous-model].
#include "server/core.hpp"

#include <algorithm>
#include <utility>

namespace tl::server {
namespace {

// The answers by the function's row: handles of the calls it made or the value, and the bytes it filled.
void write_answers(wire::Buffer& buffer, Pending& request, const std::array<DWORD, 2>& handles) {
  wire::Writer to{buffer};
  const wire::Function& row = wire::function(request.function);
  const bool makes_calls = request.function != wire::Fn::lineCompleteCall;
  std::size_t next_handle = 0;
  for (std::size_t i = 0; i < row.count; ++i) {
    if (row.kinds[i] == wire::Kind::dword_out)
      to.dword(makes_calls ? handles[std::min<std::size_t>(next_handle++, 1)] : request.value);
    else if (row.kinds[i] == wire::Kind::data_inout)
      to.data(wire::Bytes{request.bytes(), request.capacity});
    else if (row.kinds[i] == wire::Kind::data_out) {
      Filling filled{request.bytes(), request.capacity};
      const bool true_sizes =
          request.capacity >= sizeof(VARSTRING) && check_filled(filled, wire::var_string, version_high);
      to.data(wire::Bytes{request.bytes(), true_sizes ? filled.used() : 0});
    }
  }
}

} // namespace

Pending* Core::add_request(Provider* provider, Client* client, wire::Fn function, std::uint32_t sequence) {
  auto request = std::make_unique<Pending>();
  request->id = requests.add(request.get());
  if (request->id == 0) return nullptr;
  request->function = function;
  request->client = client;
  request->sequence = sequence;
  request->provider = provider;
  if (provider) provider->requests.push_back(*request);
  if (client) client->requests.push_back(*request);
  return request.release();
}

void Core::remove_request(Pending& request) {
  requests.remove(request.id);
  delete &request;
}

void Core::reply(Pending& request, LONG result, wire::Bytes answers) {
  if (!request.client) return;
  const bool line_family = wire::family(request.function) == wire::Family::line;
  send(*request.client, {.message = static_cast<std::uint16_t>(line_family ? LINE_REPLY : PHONE_REPLY),
                         .sequence = request.sequence,
                         .app = request.app,
                         .device = request.device,
                         .instance = request.instance,
                         .param1 = request.id,
                         .param2 = static_cast<std::uint32_t>(result),
                         .extra = result == 0 ? answers : wire::Bytes{}});
}

void Core::silence(Pending& request) {
  if (request.client)
    send(*request.client,
         {.message = wire::message_reply_dropped, .sequence = request.sequence, .app = request.app});
  request.client = nullptr;
  request.open = nullptr;
  static_cast<Link<OfClient>&>(request).unlink();
  static_cast<Link<OfLine>&>(request).unlink();
  static_cast<Link<OfPhone>&>(request).unlink();
}

void Core::complete(Pending& request, LONG result) {
  const bool makes_calls = request.created[0] || request.created[1];
  // A provider that reports success without the handle it had to give made no call.
  if (result == 0 && makes_calls && request.function != wire::Fn::lineForward)
    for (const Call* call : request.created)
      if (call && !call->driver) result = LINEERR_OPERATIONFAILED;
  if (result != 0 && makes_calls) {
    for (Call*& call : request.created) {
      if (!call) continue;
      // The handle is void without TSPI_lineCloseCall [pending-call-handles].
      remove_call(*call, false);
      call = nullptr;
    }
  }
  if (result == 0)
    reply_created(request);
  else
    reply(request, result, {});
  remove_request(request);
}

// Success: new handles come to life. First the reply, then the announcement to the monitors of the line, then
// what the provider reported too early [async-replies-versus-events-on-new-call-handles, line-callstate].
void Core::reply_created(Pending& request) {
  std::array<DWORD, 2> created{};
  for (std::size_t i = 0; i < request.created.size(); ++i) {
    Call* const call = request.created[i];
    if (!call) continue;
    if (!call->driver) { // lineForward without a consultation call
      remove_call(*call, false);
      request.created[i] = nullptr;
      continue;
    }
    call->phase = Call::Phase::live;
    call->entered = loop.now();
    call->line.provider.tspi.lineGetCallAddressID(call->driver, &call->address);
    if (CallHandle* handle = add_call_handle(*request.open, *call, LINECALLPRIVILEGE_OWNER))
      created[i] = handle->handle;
  }
  if (request.client) {
    wire::Buffer answers;
    write_answers(answers, request, created);
    reply(request, 0, answers);
  }
  for (Call* const call : request.created) {
    if (!call) continue;
    call->line.opens.for_each([&](OpenLine& open) {
      if (!open.monitor() || &open == request.open) return;
      if (CallHandle* handle = add_call_handle(open, *call, LINECALLPRIVILEGE_MONITOR))
        announce(*handle, LINECALLSTATE_UNKNOWN, 0);
    });
    if (call->info_waiting)
      send_handles(*call, {.message = LINE_CALLINFO, .param1 = call->info_waiting},
                   [](auto&) { return true; });
    if (!call->state_waiting) continue;
    call->state_waiting = false;
    const DWORD state = std::exchange(call->state, LINECALLSTATE_UNKNOWN);
    state_changed(*call, state, call->mode, 0);
  }
}

} // namespace tl::server
