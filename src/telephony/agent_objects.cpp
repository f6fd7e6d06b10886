// SPDX-License-Identifier: Apache-2.0
// Agents and their sessions: the functions of TAPI 2.2 on their handles.
#include "telephony/agent_calls.hpp"
#include "telephony/agent_structures.hpp"

namespace tl::telephony {

const char* to_string(AgentState state) {
  switch (state) {
  case AgentState::not_ready: return "NOTREADY";
  case AgentState::ready: return "READY";
  case AgentState::busy_acd: return "BUSYACD";
  case AgentState::busy_incoming: return "BUSYINCOMING";
  case AgentState::busy_outgoing: return "BUSYOUTGOING";
  case AgentState::unknown: return "UNKNOWN";
  case AgentState::released: return "RELEASED";
  }
  return "?";
}

const char* to_string(SessionState state) {
  switch (state) {
  case SessionState::not_ready: return "NOTREADY";
  case SessionState::ready: return "READY";
  case SessionState::busy_on_call: return "BUSYONCALL";
  case SessionState::busy_wrapup: return "BUSYWRAPUP";
  case SessionState::ended: return "ENDED";
  case SessionState::released: return "RELEASED";
  }
  return "?";
}

// --- Agents ---

LONG Agent::set_state(AgentState state, Done done) {
  const auto handler = handler_.lock();
  Address* const address = handler ? handler->line(device_) : nullptr;
  if (!address) return LINEERR_OPERATIONUNAVAIL;
  return AgentCalls::plain(*address, std::move(done), [&](HLINE line) {
    return lineSetAgentStateEx(line, handle_, static_cast<DWORD>(state), 0);
  });
}

LONG Agent::set_measurement_period(DWORD seconds, Done done) {
  const auto handler = handler_.lock();
  Address* const address = handler ? handler->line(device_) : nullptr;
  if (!address) return LINEERR_OPERATIONUNAVAIL;
  return AgentCalls::plain(*address, std::move(done),
                           [&](HLINE line) { return lineSetAgentMeasurementPeriod(line, handle_, seconds); });
}

LONG Agent::info(std::function<void(LONG, const AgentInfo&)> done) {
  const auto handler = handler_.lock();
  Address* const address = handler ? handler->line(device_) : nullptr;
  if (!address) return LINEERR_OPERATIONUNAVAIL;
  return AgentCalls::structure<LINEAGENTINFO>(
      *address,
      [agent = handle_](HLINE line, LINEAGENTINFO* into) { return lineGetAgentInfo(line, agent, into); },
      [done = std::move(done)](LONG result, const LINEAGENTINFO& from, const StructureView&) {
        if (done) done(result, to_value(from));
      });
}

LONG Agent::sessions(Found<AgentSession> done) {
  const auto handler = handler_.lock();
  Address* const address = handler ? handler->line(device_) : nullptr;
  if (!address) return LINEERR_OPERATIONUNAVAIL;
  return AgentCalls::structure<LINEAGENTSESSIONLIST>(
      *address,
      [agent = handle_](HLINE line, LINEAGENTSESSIONLIST* into) {
        return lineGetAgentSessionList(line, agent, into);
      },
      [handler, self = shared_from_this(),
       done = std::move(done)](LONG result, const LINEAGENTSESSIONLIST& from, const StructureView& parts) {
        std::vector<std::shared_ptr<AgentSession>> found;
        for (const AgentSessionEntry& entry : to_value(from, parts)) {
          const bool known = handler->sessions_.contains(entry.session);
          auto session = handler->session(entry.session, self->device_);
          if (!known) session->told_ = true; // the caller learns of it here
          session->agent_ = self;
          session->group_ = handler->group(AgentGroup{entry.group, {}});
          found.push_back(std::move(session));
        }
        if (done) done(result, found);
      });
}

LONG Agent::create_session(AcdGroup& group, Address& address, SessionMade done) {
  return create(group, address, nullptr, std::move(done));
}

LONG Agent::create_session(AcdGroup& group, Address& address, std::string_view pin, SessionMade done) {
  const std::u16string wide = to_utf16(pin);
  return create(group, address, &wide, std::move(done));
}

// The working address is of the line that the request travels on.
LONG Agent::create(AcdGroup& group, Address& address, const std::u16string* pin, SessionMade done) {
  const auto handler = handler_.lock();
  if (!handler || !handler->usable_.contains(address.device_id())) return LINEERR_OPERATIONUNAVAIL;
  if (!address.is_open())
    if (const LONG result = address.open({}); result != 0) return result;
  GUID guid = to_guid(group.id());
  return AgentCalls::handle(
      address,
      [handler, self = shared_from_this(), known = handler->group(AgentGroup{group.id(), group.name()}),
       device = address.device_id(), done = std::move(done)](LONG result, DWORD handle) {
        std::shared_ptr<AgentSession> made;
        if (result == 0) {
          made = handler->session(handle, device);
          made->agent_ = self;
          made->group_ = known;
          self->device_ = device;
          handler->tell_created(*made);
        }
        if (done) done(result, made);
      },
      [&](HLINE line, DWORD* handle) {
        return lineCreateAgentSessionW(line, handle_, const_cast<LPWSTR>(pin ? pin->c_str() : nullptr), 0,
                                       &guid, handle);
      });
}

// --- Sessions ---

Address* AgentSession::address() const {
  const auto handler = handler_.lock();
  return handler && handler->centre_ ? handler->centre_->telephony_->address_by_device(device_) : nullptr;
}

LONG AgentSession::set_state(SessionState state, Done done) {
  const auto handler = handler_.lock();
  Address* const line_address = handler ? handler->line(device_) : nullptr;
  if (!line_address) return LINEERR_OPERATIONUNAVAIL;
  return AgentCalls::plain(*line_address, std::move(done), [&](HLINE line) {
    return lineSetAgentSessionState(line, handle_, static_cast<DWORD>(state), 0);
  });
}

LONG AgentSession::info(std::function<void(LONG, const AgentSessionInfo&)> done) {
  const auto handler = handler_.lock();
  Address* const line_address = handler ? handler->line(device_) : nullptr;
  if (!line_address) return LINEERR_OPERATIONUNAVAIL;
  return AgentCalls::structure<LINEAGENTSESSIONINFO>(
      *line_address,
      [session = handle_](HLINE line, LINEAGENTSESSIONINFO* into) {
        return lineGetAgentSessionInfo(line, session, into);
      },
      [done = std::move(done)](LONG result, const LINEAGENTSESSIONINFO& from, const StructureView&) {
        if (done) done(result, to_value(from));
      });
}

} // namespace tl::telephony
