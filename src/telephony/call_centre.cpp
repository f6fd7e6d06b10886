// SPDX-License-Identifier: Apache-2.0
// Which handlers there are, and whose the messages of the agent functions are.
#include <algorithm>

#include "telephony/agent_calls.hpp"

namespace tl::telephony {

namespace {

// What TAPI 3 needs (LINEPROXYSTATUS_ALLOPENFORACD): the request types of version 2.2.
constexpr std::uint32_t acd_types = [] {
  std::uint32_t bits = 0;
  for (DWORD type = LINEPROXYREQUEST_CREATEAGENT; type <= LINEPROXYREQUEST_SETAGENTSTATEEX; ++type)
    bits |= 1U << type;
  return bits;
}();

DWORD low(DWORD_PTR value) {
  return static_cast<DWORD>(value);
}

} // namespace

std::uint32_t AgentCalls::proxy_types(Address& address) {
  StructureBuffer& buffer = address.telephony().state_->buffer;
  const LONG result = fetch<LINEPROXYREQUESTLIST>(buffer, [&](LINEPROXYREQUESTLIST* into) {
    return lineGetProxyStatus(address.telephony().app(), address.device_id(), api_version_high, into);
  });
  if (result != 0) return 0;
  const auto& list = *reinterpret_cast<const LINEPROXYREQUESTLIST*>(buffer.data());
  std::uint32_t bits = 0;
  DWORD type = 0;
  for (DWORD i = 0; view<LINEPROXYREQUESTLIST>(buffer).entry(list.dwListSize, list.dwListOffset,
                                                             list.dwNumEntries, i, type);
       ++i)
    if (type < 32) bits |= 1U << type;
  return bits;
}

CallCentre::CallCentre(Telephony& telephony, CallCentreEvents& events)
    : telephony_(&telephony), events_(events), alive_(std::make_shared<CallCentre*>(this)) {
  telephony.call_centre_ = this;
}

CallCentre::~CallCentre() {
  end();
}

void CallCentre::end() {
  if (telephony_ && telephony_->call_centre_ == this) telephony_->call_centre_ = nullptr;
  telephony_ = nullptr;
  alive_.reset();
  for (const auto& handler : handlers_) handler->centre_ = nullptr;
  handlers_.clear();
}

LONG CallCentre::find_handlers(Found<AgentHandler> done) {
  if (!telephony_ || !telephony_->running()) return LINEERR_UNINITIALIZED;
  auto left = std::make_shared<LONG>(0);
  const auto one_done = [this, left, done = std::move(done), alive = std::weak_ptr<CallCentre*>(alive_)] {
    if (--*left != 0 || !done || alive.expired()) return;
    done(telephony_->running() ? 0 : LINEERR_OPERATIONFAILED, handlers_);
  };
  for (const auto& address : telephony_->addresses())
    if (look(*address, one_done)) ++*left;
  return *left;
}

// False when the line has no handler to ask.
bool CallCentre::look(Address& address, std::function<void()> done) {
  const std::uint32_t types = AgentCalls::proxy_types(address);
  if (!(types & 1U << LINEPROXYREQUEST_GETAGENTCAPS)) return false;
  const bool usable = (types & acd_types) == acd_types;
  const LONG asked = address.get_agent_caps(
      [this, usable, device = address.device_id(), done = std::move(done),
       alive = std::weak_ptr<CallCentre*>(alive_)](LONG result, const AgentCaps& caps) {
        if (alive.expired()) return;
        if (result == 0) add(device, usable, caps);
        if (done) done();
      });
  return asked > 0;
}

// A handler of before version 2.2 has no id and is known by its name.
void CallCentre::add(DWORD device, bool usable, const AgentCaps& caps) {
  auto at = std::find_if(handlers_.begin(), handlers_.end(), [&](const auto& handler) {
    return handler->id_ == caps.proxy_id && (caps.proxy_id != GroupId{} || handler->name_ == caps.handler);
  });
  const bool fresh = at == handlers_.end();
  if (fresh) at = handlers_.insert(at, std::make_shared<AgentHandler>());
  const std::shared_ptr<AgentHandler> handler = *at;
  handler->centre_ = this;
  handler->name_ = caps.handler;
  handler->id_ = caps.proxy_id;
  (usable ? handler->usable_ : handler->others_).insert(device);
  (usable ? handler->others_ : handler->usable_).erase(device);
  if (fresh) events_.handler_found(*handler);
}

void CallCentre::remove(DWORD device) {
  for (std::size_t i = 0; i < handlers_.size(); ++i) {
    const std::shared_ptr<AgentHandler> handler = handlers_[i];
    if (handler->others_.erase(device) + handler->usable_.erase(device) == 0) continue;
    if (!handler->usable_.empty() || !handler->others_.empty()) return;
    handlers_.erase(handlers_.begin() + static_cast<std::ptrdiff_t>(i));
    handler->centre_ = nullptr;
    return events_.handler_lost(*handler);
  }
}

AgentHandler* CallCentre::handler_of(DWORD device) const {
  for (const auto& handler : handlers_)
    if (handler->usable_.contains(device) || handler->others_.contains(device)) return handler.get();
  return nullptr;
}

void CallCentre::message(Address& address, const LINEMESSAGE& message) {
  const DWORD device = address.device_id();
  const DWORD p1 = low(message.dwParam1), p2 = low(message.dwParam2), p3 = low(message.dwParam3);
  if (message.dwMessageID == LINE_PROXYSTATUS) {
    const bool has_caps = p1 == LINEPROXYSTATUS_OPEN && p2 == LINEPROXYREQUEST_GETAGENTCAPS;
    if (has_caps || p1 == LINEPROXYSTATUS_ALLOPENFORACD) look(address, {});
    if (p1 == LINEPROXYSTATUS_CLOSE) remove(device);
    return;
  }
  AgentHandler* const found = handler_of(device);
  if (!found) return;
  const std::shared_ptr<AgentHandler> handler = found->shared_from_this(); // an event may end it
  switch (message.dwMessageID) {
  case LINE_AGENTSTATUSEX: return handler->agent_message(device, p1, p2, p3);
  case LINE_AGENTSESSIONSTATUS: return handler->session_message(device, p1, p2, p3);
  case LINE_QUEUESTATUS: return handler->queue_message(p1, p2);
  case LINE_GROUPSTATUS: return handler->group_message();
  default: return;
  }
}

} // namespace tl::telephony
