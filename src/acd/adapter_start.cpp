// SPDX-License-Identifier: Apache-2.0
// Opening and closing: the lines the ACD works on.
#include <algorithm>

#include <fmt/format.h>

#include "acd/adapter.hpp"

namespace tl::acd {
namespace {

using telephony::Address;
using telephony::AddressKind;

// What the ACD answers for a queue device; for a station, every request there is.
constexpr DWORD queue_requests[] = {
    LINEPROXYREQUEST_GETAGENTCAPS,         LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD,
    LINEPROXYREQUEST_GETAGENTINFO,         LINEPROXYREQUEST_GETAGENTSESSIONLIST,
    LINEPROXYREQUEST_SETAGENTSESSIONSTATE, LINEPROXYREQUEST_GETAGENTSESSIONINFO,
    LINEPROXYREQUEST_GETQUEUELIST,         LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD,
    LINEPROXYREQUEST_GETQUEUEINFO,         LINEPROXYREQUEST_GETGROUPLIST,
    LINEPROXYREQUEST_SETAGENTSTATEEX};

Error failed(LONG code, std::string text) {
  return Error{code, std::move(text)};
}

// The same id at every start, made of the tenant and the name (FNV-1a, four times with different beginnings).
telephony::GroupId derived_id(std::uint32_t tenant, const std::string& name) {
  telephony::GroupId id{};
  for (DWORD part = 0; part < id.size(); ++part) {
    DWORD hash = 0x811C9DC5U ^ (tenant * 0x9E3779B1U) ^ (part * 0x85EBCA6BU);
    for (unsigned char c : name) hash = (hash ^ c) * 0x01000193U;
    id[part] = hash;
  }
  return id;
}

} // namespace

Adapter::Adapter(Loop& loop, Log& log, Config config, std::vector<EventSink*> sinks)
    : loop_(loop), log_(log), statistics_(config), queues_(config.queues.size()),
      changed_set_(config.queues.size()), tell_timer_(loop, [this] { tell_figures(); }),
      retry_timer_(loop, [this] { route_again(); }), alive_(std::make_shared<Adapter*>(this)) {
  sinks.insert(sinks.begin(), {this, &statistics_}); // this one looks at how it was before
  core_ = std::make_unique<Core>(loop, std::move(config), *this, std::move(sinks));
}

Adapter::~Adapter() {
  stop();
}

Result<void> Adapter::start() {
  TL_CHECK(core_ && !telephony_, "started twice");
  if (auto result = core_->load(); !result) return result;
  if (auto result = load_group_ids(); !result) return result;
  telephony_ = std::make_unique<telephony::Telephony>(handler_name_, *this);
  const LONG begun = telephony_->initialize(loop_);
  Result<void> result =
      begun < 0 ? Result<void>(failed(begun, "telephony does not start: " + telephony::error_name(begun)))
                : open_lines();
  if (result)
    tell_groups();
  else
    stop();
  return result;
}

Result<void> Adapter::load_group_ids() {
  const Config& config = core_->config();
  handler_id_ = derived_id(config.tenant, handler_name_);
  for (const GroupConfig& group : config.groups) {
    telephony::GroupId id = derived_id(config.tenant, group.name);
    if (!group.id.empty() && !telephony::parse_group_id(group.id, id))
      return failed(LINEERR_INVALAGENTGROUP,
                    fmt::format("group \"{}\": id \"{}\" is not a GUID", group.name, group.id));
    if (std::find(group_ids_.begin(), group_ids_.end(), id) != group_ids_.end())
      return failed(LINEERR_INVALAGENTGROUP,
                    fmt::format("group \"{}\": its id is another group's too", group.name));
    group_ids_.push_back(id);
  }
  return {};
}

// Queues first: a call at a route point is sent there at once.
Result<void> Adapter::open_lines() {
  for (const Queue& queue : core_->queues())
    if (auto result = open_numbered(queue.config.number, Line::Role::queue, queue.index,
                                    fmt::format("queue \"{}\"", queue.config.name));
        !result)
      return result;
  stations_.resize(core_->stations().size());
  for (const auto& address : telephony_->addresses())
    if (address->kind() == AddressKind::station) open_station(*address);
  for (const Station& station : core_->stations())
    if (!stations_[core_->station(station.number)])
      log_.warn("acd", "station {}, an agent's place, is not on the switch", station.number);
  for (const Queue& queue : core_->queues())
    for (const std::string& number : queue.config.route_points)
      if (auto result = open_numbered(number, Line::Role::route_point, queue.index,
                                      fmt::format("queue \"{}\": route point", queue.config.name));
          !result)
        return result;
  return {};
}

Result<void> Adapter::open_numbered(const std::string& number, Line::Role role, std::uint32_t index,
                                    const std::string& what) {
  Address* address = telephony_->address_by_number(number);
  const AddressKind kind = role == Line::Role::queue ? AddressKind::queue : AddressKind::route_point;
  if (!address || address->kind() != kind)
    return failed(LINEERR_NODEVICE, fmt::format("{} {}: the switch has no {} of this number", what, number,
                                                telephony::to_string(kind)));
  if (address->context)
    return failed(LINEERR_INUSE, fmt::format("{} {}: belongs to another queue already", what, number));
  return open_line(*address, role, index);
}

Result<void> Adapter::open_line(Address& address, Line::Role role, std::uint32_t index) {
  telephony::OpenOptions options;
  switch (role) {
  case Line::Role::route_point: options.owner = true; break;
  case Line::Role::queue:
    options.owner = true;
    options.proxy_requests.assign(std::begin(queue_requests), std::end(queue_requests));
    break;
  case Line::Role::station:
    options.monitor = true;
    for (DWORD type = LINEPROXYREQUEST_SETAGENTGROUP; type <= LINEPROXYREQUEST_SETAGENTSTATEEX; ++type)
      options.proxy_requests.push_back(type);
    break;
  }
  lines_.push_back(std::make_unique<Line>(Line{role, index, &address}));
  address.context = lines_.back().get();
  LONG result = address.open(options);
  adopting_ = true;
  if (result >= 0) result = address.find_calls();
  adopting_ = false;
  if (result < 0) {
    address.context = nullptr;
    return failed(result, fmt::format("line {} ({}): {}", address.number(), address.name(),
                                      telephony::error_name(result)));
  }
  if (role == Line::Role::queue) queues_[index] = &address;
  return {};
}

// Every station: agents may log in anywhere.
void Adapter::open_station(Address& address) {
  if (address.context) return;
  const StationIndex index = core_->add_station(address.number());
  if (auto result = open_line(address, Line::Role::station, index); !result) {
    log_.warn("acd", "{}: nobody can work there", result.error().text);
    return;
  }
  if (stations_.size() <= index) stations_.resize(index + 1);
  stations_[index] = &address;
  address.set_status_messages(LINEDEVSTATE_INSERVICE | LINEDEVSTATE_OUTOFSERVICE, 0);
  DWORD flags = 0;
  if (address.device_status(flags) >= 0)
    core_->station_service(index, (flags & LINEDEVSTATUSFLAGS_INSERVICE) != 0);
}

void Adapter::line_state(Address& address, DWORD state, DWORD, DWORD) {
  const auto* line = static_cast<const Line*>(address.context);
  if (!line || line->role != Line::Role::station) return;
  if (state & LINEDEVSTATE_INSERVICE) core_->station_service(line->index, true);
  if (state & LINEDEVSTATE_OUTOFSERVICE) core_->station_service(line->index, false);
}

// A provider that came back brings new lines for the old numbers.
void Adapter::line_created(Address& address) {
  if (address.context) return;
  Result<void> result;
  switch (address.kind()) {
  case AddressKind::station: open_station(address); break;
  case AddressKind::trunk: break;
  case AddressKind::queue:
    for (const Queue& queue : core_->queues())
      if (queue.config.number == address.number()) {
        result = open_line(address, Line::Role::queue, queue.index);
        if (result) tell_queue_list(queue.index, LINEQUEUESTATUS_NEWQUEUE);
      }
    break;
  case AddressKind::route_point:
    for (const Queue& queue : core_->queues())
      for (const std::string& number : queue.config.route_points)
        if (number == address.number()) result = open_line(address, Line::Role::route_point, queue.index);
    break;
  }
  if (!result) log_.error("acd", "{}", result.error().text);
}

// Its calls are no longer seen here; whoever waits may be anywhere.
void Adapter::line_closed(Address& address) {
  auto* line = static_cast<Line*>(address.context);
  if (!line) return;
  if (line->role == Line::Role::station)
    log_.debug("acd", "station {} was closed by the server", address.number());
  else
    log_.error("acd", "line {} was closed by the server: no queue call is seen there", address.number());
  address.context = nullptr;
  if (line->role == Line::Role::station) {
    const std::vector<StationCall> calls = core_->stations()[line->index].calls;
    for (StationCall call : calls) {
      call.phase = CallPhase::over;
      core_->station_call(line->index, call);
    }
    core_->station_service(line->index, false);
    stations_[line->index] = nullptr;
  } else if (line->role == Line::Role::queue) {
    queues_[line->index] = nullptr;
    std::vector<std::uint32_t> ids;
    for (const auto& [id, handle] : at_queue_)
      if (const QueuedCall* call = core_->call(id); call && call->queue == line->index) ids.push_back(id);
    std::sort(ids.begin(), ids.end());
    for (std::uint32_t id : ids) {
      at_queue_.erase(id);
      core_->call_left_queue(id, line->index);
    }
    tell_queue_list(line->index, LINEQUEUESTATUS_QUEUEREMOVED);
  }
}

void Adapter::lost() {
  log_.error("acd", "the telephony server is gone; calls can no longer be routed");
}

// lineClose drops calls that the closing program alone owns [nf-tapi-lineclose]; without a handle they stay.
void Adapter::release_calls() {
  std::vector<HCALL> handles;
  for (const auto& [id, handle] : at_queue_) handles.push_back(handle);
  for (const Station& station : core_->stations())
    for (const StationCall& call : station.calls) handles.push_back(call.handle);
  for (const Retry& retry : retries_) handles.push_back(retry.call);
  std::sort(handles.begin(), handles.end());
  for (HCALL handle : handles)
    if (telephony::Call* call = telephony_->call(handle)) call->release();
  at_queue_.clear();
  retries_.clear();
}

void Adapter::stop() {
  alive_.reset(); // answers that come now, all failures, are not for the core
  retry_timer_.stop();
  tell_timer_.stop();
  if (telephony_) {
    release_calls();
    telephony_->shutdown();
    telephony_.reset();
  }
  core_.reset();
}

} // namespace tl::acd
