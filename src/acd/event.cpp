// SPDX-License-Identifier: Apache-2.0
#include "acd/event.hpp"

namespace tl::acd {

const char* to_string(EventType type) {
  switch (type) {
  case EventType::call_queued: return "call_queued";
  case EventType::call_offered: return "call_offered";
  case EventType::call_alerting: return "call_alerting";
  case EventType::call_returned: return "call_returned";
  case EventType::call_answered: return "call_answered";
  case EventType::call_abandoned: return "call_abandoned";
  case EventType::call_overflowed: return "call_overflowed";
  case EventType::call_ended: return "call_ended";
  case EventType::agent_login: return "agent_login";
  case EventType::agent_logout: return "agent_logout";
  case EventType::agent_state: return "agent_state";
  case EventType::session_begun: return "session_begun";
  case EventType::session_ended: return "session_ended";
  case EventType::agent_incoming: return "agent_incoming";
  case EventType::agent_outgoing: return "agent_outgoing";
  }
  return "?";
}

const char* to_string(EventCause cause) {
  switch (cause) {
  case EventCause::none: return "none";
  case EventCause::timeout: return "timeout";
  case EventCause::full: return "full";
  case EventCause::busy: return "busy";
  case EventCause::unreachable: return "unreachable";
  case EventCause::failed: return "failed";
  case EventCause::withdrawn: return "withdrawn";
  case EventCause::lease: return "lease";
  case EventCause::elsewhere: return "elsewhere";
  case EventCause::entered: return "entered";
  case EventCause::request: return "request";
  case EventCause::call: return "call";
  case EventCause::wrapup: return "wrapup";
  }
  return "?";
}

} // namespace tl::acd
