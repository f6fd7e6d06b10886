// SPDX-License-Identifier: Apache-2.0
// From a request frame to its function and back to a reply frame.
#include "server/functions.hpp"

namespace tl::server {
namespace {

Bindings make_bindings() {
  Bindings made;
  bind_app_functions(made);
  bind_line_functions(made);
  bind_call_functions(made);
  bind_new_call_functions(made);
  bind_info_functions(made);
  bind_privilege_functions(made);
  bind_media_functions(made);
  bind_device_functions(made);
  bind_agent_functions(made);
  bind_proxy_functions(made);
  bind_dialing_functions(made);
  bind_assisted_functions(made);
  bind_provider_functions(made);
  bind_dialog_functions(made);
  bind_msp_functions(made);
  bind_phone_functions(made);
  bind_phone_device_functions(made);
  return made;
}

LONG unavailable(Fn function) {
  return code(function, LINEERR_OPERATIONUNAVAIL, PHONEERR_OPERATIONUNAVAIL);
}
LONG no_memory(Fn function) {
  return code(function, LINEERR_RESOURCEUNAVAIL, PHONEERR_RESOURCEUNAVAIL);
}

void refuse(wire::Buffer& buffer, std::uint16_t number, std::uint32_t sequence, LONG result) {
  wire::ReplyWriter reply{buffer, number, sequence, result};
  TL_CHECK(reply.finish());
}

} // namespace

const Bindings& bindings() {
  static const Bindings all = make_bindings();
  return all;
}

LONG Bindings::malformed(Request& request) {
  request.core.log.warn("server", "client {} (process {}): a malformed request for {}",
                        request.client.identity.user, request.client.identity.process_id,
                        wire::function(request.function).name);
  return failed(request.function);
}

bool is_bound(Fn function) {
  return bindings().find(function) != nullptr;
}

void dispatch(Core& core, Client& client, wire::Bytes frame, wire::Buffer& buffer) {
  const auto header = wire::read_header(frame);
  if (!header || header->kind != wire::FrameKind::request)
    return refuse(buffer, 0xFFFF, header ? header->sequence : 0, LINEERR_OPERATIONFAILED);
  const auto function = wire::to_function(header->number);
  if (!function) return refuse(buffer, header->number, header->sequence, LINEERR_OPERATIONUNAVAIL);
  const Handler handler = bindings().find(*function);
  if (!handler) return refuse(buffer, header->number, header->sequence, unavailable(*function));
  if (!client.sink || !client.doom.empty())
    return refuse(buffer, header->number, header->sequence, no_memory(*function));

  if (const LONG refused = client.administrator ? 0 : administrators_only(*function))
    return refuse(buffer, header->number, header->sequence, refused);

  const Core::Turn turn{core};
  core.drain(); // the function sees what providers have said so far
  wire::ReplyWriter reply{buffer, header->number, header->sequence, 0};
  Request request{core, client, *function, header->sequence, reply};
  LONG result = handler(request, wire::payload(frame));
  if (result > 0 && wire::function(*function).mode == wire::Mode::sync) {
    core.log.warn("server", "{}: a provider answered {}, which is neither success nor an error",
                  wire::function(*function).name, result);
    result = failed(*function);
  }
  if (result != 0) reply.clear_answers();
  reply.set_result(result);
  if (!reply.finish()) refuse(buffer, header->number, header->sequence, no_memory(*function));
}

CallHandle* held_call(Request& request, DWORD handle, DWORD states, LONG& error) {
  CallHandle* const call = request.core.call(request.client, handle);
  if (!call) {
    error = LINEERR_INVALCALLHANDLE;
    return nullptr;
  }
  const DWORD state = call->call.state;
  if (states != any_state && state != LINECALLSTATE_UNKNOWN && !(state & states)) {
    error = LINEERR_INVALCALLSTATE;
    return nullptr;
  }
  return call;
}

CallHandle* owned_call(Request& request, DWORD handle, DWORD states, LONG& error) {
  CallHandle* const call = held_call(request, handle, any_state, error);
  if (!call) return nullptr;
  if (!call->owner()) {
    error = LINEERR_NOTOWNER;
    return nullptr;
  }
  return held_call(request, handle, states, error);
}

Pending* new_request(Request& request, OpenLine& open, LONG& error) {
  error = open.control ? LINEERR_RESOURCEUNAVAIL : LINEERR_OPERATIONUNAVAIL;
  if (!open.control) return nullptr;
  Pending* const pending =
      request.core.add_request(&open.line.provider, &request.client, request.function, request.sequence);
  if (!pending) return nullptr;
  pending->open = &open;
  pending->app = open.app.handle;
  pending->device = open.handle;
  pending->instance = open.instance;
  open.requests.push_back(*pending);
  return pending;
}

LONG started(Request& request, Pending& pending, LONG answer) {
  const auto id = static_cast<LONG>(pending.id);
  if (answer == id) return id;
  if (answer >= 0) {
    request.core.log.warn("server", "{}: {} answered {} to request {}: neither the id nor an error",
                          pending.provider->name, wire::function(pending.function).name, answer, pending.id);
    answer = failed(pending.function);
  }
  for (Call* call : pending.created)
    if (call) request.core.remove_call(*call, false);
  request.core.remove_request(pending);
  return answer;
}

} // namespace tl::server
