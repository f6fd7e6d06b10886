// SPDX-License-Identifier: Apache-2.0
// An agent handler's own operations, and the objects it has.
#include <array>
#include <pwd.h>
#include <unistd.h>

#include "telephony/agent_calls.hpp"
#include "telephony/agent_structures.hpp"

namespace tl::telephony {

namespace {

// The system's login that an agent handler trusts when no id is given [nf-tapi-linecreateagentw].
std::string login_name() {
  std::array<char, 1024> room;
  passwd entry{}, *found = nullptr;
  return getpwuid_r(geteuid(), &entry, room.data(), room.size(), &found) == 0 && found ? found->pw_name : "";
}

} // namespace

std::vector<Address*> AgentHandler::usable_addresses() const {
  std::vector<Address*> addresses;
  for (DWORD device : usable_)
    if (Address* const address = centre_ ? centre_->telephony_->address_by_device(device) : nullptr)
      addresses.push_back(address);
  return addresses;
}

std::vector<std::shared_ptr<Agent>> AgentHandler::agents() const {
  std::vector<std::shared_ptr<Agent>> all;
  for (const auto& [handle, agent] : agents_) all.push_back(agent);
  return all;
}

// A line for a request: the preferred device's, one that is open, one that opens.
Address* AgentHandler::line(DWORD preferred) {
  if (!centre_) return nullptr;
  if (usable_.contains(preferred) || others_.contains(preferred))
    if (Address* const address = centre_->telephony_->address_by_device(preferred);
        address && address->is_open())
      return address;
  const std::vector<Address*> addresses = usable_addresses();
  for (Address* const address : addresses)
    if (address->is_open()) return address;
  for (Address* const address : addresses)
    if (address->open({}) == 0) return address;
  return nullptr;
}

// --- Operations ---

LONG AgentHandler::create_agent(AgentMade done, Address* at) {
  return create(nullptr, nullptr, {}, std::move(done), at);
}

LONG AgentHandler::create_agent(std::string_view id, std::string_view pin, AgentMade done, Address* at) {
  const std::u16string wide_id = to_utf16(id), wide_pin = to_utf16(pin);
  return create(&wide_id, pin.empty() ? nullptr : &wide_pin, std::string(id), std::move(done), at);
}

LONG AgentHandler::create(const std::u16string* id, const std::u16string* pin, std::string known_id,
                          AgentMade done, Address* at) {
  Address* const address = at && at->is_open() ? at : line(at ? at->device_id() : 0xFFFF'FFFF);
  if (!address) return LINEERR_OPERATIONUNAVAIL;
  return AgentCalls::handle(
      *address,
      [self = shared_from_this(), device = address->device_id(), by_id = id != nullptr,
       known_id = std::move(known_id), done = std::move(done)](LONG result, DWORD handle) {
        const std::shared_ptr<Agent> made = result == 0 ? self->agent(handle, device) : nullptr;
        if (made) (by_id ? made->id_ : made->user_) = by_id ? known_id : login_name();
        if (done) done(result, made);
      },
      [&](HLINE line, DWORD* handle) {
        return lineCreateAgentW(line, const_cast<LPWSTR>(id ? id->c_str() : nullptr),
                                const_cast<LPWSTR>(pin ? pin->c_str() : nullptr), handle);
      });
}

LONG AgentHandler::groups(Found<AcdGroup> done) {
  Address* const address = line();
  if (!address) return LINEERR_OPERATIONUNAVAIL;
  return AgentCalls::structure<LINEAGENTGROUPLIST>(
      *address, [](HLINE line, LINEAGENTGROUPLIST* into) { return lineGetGroupListW(line, into); },
      [self = shared_from_this(), done = std::move(done)](LONG result, const LINEAGENTGROUPLIST& from,
                                                          const StructureView& parts) {
        std::vector<std::shared_ptr<AcdGroup>> found;
        for (const AgentGroup& group : to_value(from, parts)) found.push_back(self->group(group));
        if (done) done(result, found);
      });
}

LONG AcdGroup::queues(Found<Queue> done) {
  const std::shared_ptr<AgentHandler> handler = handler_.lock();
  Address* const address = handler ? handler->line() : nullptr;
  if (!address) return LINEERR_OPERATIONUNAVAIL;
  return AgentCalls::structure<LINEQUEUELIST>(
      *address,
      [guid = to_guid(id_)](HLINE line, LINEQUEUELIST* into) mutable {
        return lineGetQueueListW(line, &guid, into);
      },
      [handler, done = std::move(done)](LONG result, const LINEQUEUELIST& from, const StructureView& parts) {
        std::vector<std::shared_ptr<Queue>> found;
        for (const QueueEntry& entry : to_value(from, parts)) {
          found.push_back(handler->queue(entry.id));
          found.back()->name_ = entry.name;
        }
        if (done) done(result, found);
      });
}

LONG Queue::set_measurement_period(DWORD seconds, Done done) {
  const std::shared_ptr<AgentHandler> handler = handler_.lock();
  Address* const address = handler ? handler->line() : nullptr;
  if (!address) return LINEERR_OPERATIONUNAVAIL;
  return AgentCalls::plain(*address, std::move(done),
                           [&](HLINE line) { return lineSetQueueMeasurementPeriod(line, id_, seconds); });
}

LONG Queue::info(std::function<void(LONG, const QueueInfo&)> done) {
  const std::shared_ptr<AgentHandler> handler = handler_.lock();
  Address* const address = handler ? handler->line() : nullptr;
  if (!address) return LINEERR_OPERATIONUNAVAIL;
  return AgentCalls::structure<LINEQUEUEINFO>(
      *address, [id = id_](HLINE line, LINEQUEUEINFO* into) { return lineGetQueueInfo(line, id, into); },
      [done = std::move(done)](LONG result, const LINEQUEUEINFO& from, const StructureView&) {
        if (done) done(result, to_value(from));
      });
}

// --- Objects: one per handle or id ---

std::shared_ptr<Agent> AgentHandler::agent_at(DWORD handle, Address& at) {
  return agent(handle, at.device_id());
}

std::shared_ptr<Agent> AgentHandler::agent(DWORD handle, DWORD device) {
  auto& agent = agents_[handle];
  if (!agent) {
    agent = std::make_shared<Agent>();
    agent->handler_ = weak_from_this();
    agent->handle_ = handle;
  }
  agent->device_ = device;
  return agent;
}

std::shared_ptr<AgentSession> AgentHandler::session(DWORD handle, DWORD device) {
  auto& session = sessions_[handle];
  if (!session) {
    session = std::make_shared<AgentSession>();
    session->handler_ = weak_from_this();
    session->handle_ = handle;
    session->device_ = device;
  }
  return session;
}

std::shared_ptr<AcdGroup> AgentHandler::group(const AgentGroup& from) {
  auto& group = groups_[from.id];
  if (!group) {
    group = std::make_shared<AcdGroup>();
    group->handler_ = weak_from_this();
    group->id_ = from.id;
  }
  if (!from.name.empty()) group->name_ = from.name;
  return group;
}

std::shared_ptr<Queue> AgentHandler::queue(DWORD id) {
  auto& queue = queues_[id];
  if (!queue) {
    queue = std::make_shared<Queue>();
    queue->handler_ = weak_from_this();
    queue->id_ = id;
  }
  return queue;
}

} // namespace tl::telephony
