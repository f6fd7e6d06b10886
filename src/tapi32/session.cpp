// SPDX-License-Identifier: Apache-2.0
#include "tapi32/session.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "tapi32/codes.hpp"
#include "tapi32/encode.hpp"
#include "tspi.h"

namespace tl::tapi32 {

// Reused by all calls of a thread, so that a call allocates nothing.
struct Session::Scratch {
  wire::Buffer request;
  wire::Buffer reply;
  std::vector<Target> targets;
};

namespace {

bool is_phone_message(std::uint16_t message) {
  switch (message) {
  case PHONE_BUTTON:
  case PHONE_CLOSE:
  case PHONE_DEVSPECIFIC:
  case PHONE_REPLY:
  case PHONE_STATE:
  case PHONE_CREATE:
  case PHONE_REMOVE: return true;
  default: return false;
  }
}

Owner owner_of(const wire::Event& event) {
  switch (event.message) {
  case LINE_REPLY: return {Owner::Kind::line, event.device};
  case PHONE_REPLY: return {Owner::Kind::phone, event.device};
  case LINE_GATHERDIGITS: return {Owner::Kind::call, event.device};
  default: return {};
  }
}

// The answer of the dead-server case, by what the function's page has for it.
LONG lost_code(wire::Fn fn) {
  using wire::Fn;
  switch (fn) {
  case Fn::lineInitializeEx:
  case Fn::lineOpen:
  case Fn::phoneInitializeEx: return codes(fn).reinit;
  default: return codes(fn).failed;
  }
}

// A narrow structure that the server had to cut is asked for once more, whole, so that what does fit and
// dwNeededSize are exact. Returns the capacity to ask for, or 0.
std::uint32_t larger_capacity(const std::vector<Target>& targets, wire::Reader answers) {
  for (const Target& target : targets) {
    if (target.kind == wire::Kind::dword_out) {
      answers.dword();
      continue;
    }
    const auto bytes = answers.data();
    if (!bytes || !target.structure || target.form != Form::narrow || !target.layout) continue;
    if (needed_size(*bytes) > capacity_for(target)) return needed_size(*bytes);
  }
  return 0;
}

} // namespace

Result<std::shared_ptr<Session>> Session::open(const Connector& connector) {
  std::shared_ptr<Session> session{new Session(connector.threads)};
  auto channel = connector.connect(*session);
  if (!channel) return channel.error();
  {
    const std::lock_guard lock{session->mutex_};
    session->channel_ = std::move(*channel);
  }
  if (session->lost_) return Error{ECONNRESET, "the server closed the connection at once"};
  return session;
}

Session::~Session() {
  channel_.reset();
  msps_->stop();
}

std::uint32_t Session::next_sequence() {
  std::uint32_t sequence = ++sequence_;
  if (sequence == 0) sequence = ++sequence_; // 0 says "no request" in events
  return sequence;
}

LONG Session::perform(wire::Fn fn, std::span<const Item> items, const Target* gather) {
  thread_local Scratch scratch;
  if (lost_) return lost_code(fn);
  scratch.targets.clear();
  if (const LONG bad = collect_targets(fn, items, scratch.targets); bad != 0) return bad;
  const bool async = wire::function(fn).mode == wire::Mode::async;
  std::uint32_t capacity_min = 0;
  for (;;) {
    const std::uint32_t sequence = next_sequence();
    if (const LONG bad = encode_request(fn, sequence, items, version_, capacity_min, scratch.request);
        bad != 0)
      return bad;
    if (async || gather) {
      const std::lock_guard lock{mutex_};
      Pending pending{fn, false, gather ? std::vector{*gather} : scratch.targets};
      if (!pending_.add(sequence, std::move(pending))) return codes(fn).overrun;
    }
    const LONG result = exchange(fn, sequence, scratch);
    if (async || gather) return finish_async(fn, sequence, result);
    if (result != 0) return result < 0 ? result : codes(fn).failed;
    wire::Reader answers{wire::Bytes{scratch.reply}.subspan(wire::header_size_bytes + sizeof(LONG))};
    if (capacity_min == 0 && (capacity_min = larger_capacity(scratch.targets, answers)) != 0) continue;
    switch (write_answers(scratch.targets, answers)) {
    case Written::yes: note_version(fn, items); return 0;
    case Written::too_small: return codes(fn).too_small;
    case Written::unusable: return codes(fn).failed;
    case Written::malformed: break;
    }
    lose("the server's reply does not fit the function's row");
    return codes(fn).failed;
  }
}

// The programs of a process are of one version; what it opens tells which.
void Session::note_version(wire::Fn fn, std::span<const Item> items) {
  constexpr std::size_t version_at = 3; // of both rows
  static_assert(wire::function(wire::Fn::lineOpen).kinds[version_at] == wire::Kind::dword);
  static_assert(wire::function(wire::Fn::phoneOpen).kinds[version_at] == wire::Kind::dword);
  if (fn != wire::Fn::lineOpen && fn != wire::Fn::phoneOpen) return;
  const auto opened = static_cast<DWORD>(items[version_at].value);
  DWORD known = version_;
  while (known < opened && !version_.compare_exchange_weak(known, opened)) continue;
}

// Sends the request and returns the reply's result.
LONG Session::exchange(wire::Fn fn, std::uint32_t sequence, Scratch& scratch) {
  if (!channel_->call(scratch.request, scratch.reply)) {
    lose("the server does not answer");
    return lost_code(fn);
  }
  const auto header = wire::read_header(scratch.reply);
  if (!header || header->kind != wire::FrameKind::reply || header->number != static_cast<std::uint16_t>(fn) ||
      header->sequence != sequence || header->length < wire::header_size_bytes + sizeof(LONG)) {
    lose("the server's reply does not belong to the request");
    return lost_code(fn);
  }
  wire::Reader reader{wire::payload(scratch.reply)};
  return static_cast<LONG>(reader.dword());
}

LONG Session::finish_async(wire::Fn fn, std::uint32_t sequence, LONG result) {
  const bool accepted = wire::function(fn).mode == wire::Mode::async ? result > 0 : result == 0;
  {
    const std::lock_guard lock{mutex_};
    if (!accepted)
      pending_.take(sequence);
    else if (Pending* const pending = pending_.find(sequence))
      pending->returned = true;
  }
  changed_.notify_all();
  return accepted || result < 0 ? result : codes(fn).failed;
}

void Session::begin_app() {
  const std::lock_guard lock{mutex_};
  ++apps_beginning_;
}

void Session::end_app(wire::Family family, DWORD handle, std::shared_ptr<App> app) {
  {
    const std::lock_guard lock{mutex_};
    --apps_beginning_;
    if (app) apps_[{family, handle}] = std::move(app);
  }
  changed_.notify_all();
}

std::shared_ptr<App> Session::find_app(wire::Family family, DWORD handle) {
  const std::lock_guard lock{mutex_};
  const auto at = apps_.find({family, handle});
  return at == apps_.end() ? nullptr : at->second;
}

std::shared_ptr<App> Session::remove_app(wire::Family family, DWORD handle) {
  const std::lock_guard lock{mutex_};
  const auto node = apps_.extract({family, handle});
  return node.empty() ? nullptr : std::move(node.mapped());
}

bool Session::has_apps() {
  const std::lock_guard lock{mutex_};
  return !apps_.empty() || apps_beginning_ != 0 || uses_ != 0;
}

void Session::begin_use() {
  const std::lock_guard lock{mutex_};
  ++uses_;
}

void Session::end_use() {
  const std::lock_guard lock{mutex_};
  --uses_;
}

void Session::purge(const Owner& owner, std::uint32_t sequence) {
  const std::lock_guard lock{mutex_};
  for (const auto& [key, app] : apps_) app->purge(owner);
  while (!purged_.empty() &&
         (purged_.size() >= purged_owners_max || !pending_.any_up_to(purged_.front().sequence)))
    purged_.pop_front();
  if (pending_.any_up_to(sequence)) purged_.push_back({owner, sequence});
}

bool Session::is_purged(const Owner& owner, std::uint32_t sequence) const {
  return std::any_of(purged_.begin(), purged_.end(), [&](const Purged& purged) {
    return purged.owner == owner && sequence <= purged.sequence;
  });
}

std::uint32_t Session::proxy_request_size(const void* block) {
  const std::lock_guard lock{mutex_};
  const auto at = proxy_requests_.find(block);
  return at == proxy_requests_.end() ? 0 : static_cast<std::uint32_t>(at->second.block.size());
}

DWORD Session::proxy_request_line(const void* block) {
  const std::lock_guard lock{mutex_};
  const auto at = proxy_requests_.find(block);
  return at == proxy_requests_.end() ? 0 : at->second.line;
}

void Session::free_proxy_request(const void* block) {
  const std::lock_guard lock{mutex_};
  proxy_requests_.erase(block);
}

DWORD_PTR Session::keep_proxy_request(const wire::Event& event) {
  const std::lock_guard lock{mutex_};
  if (proxy_requests_.size() >= proxy_requests_max || event.extra.size() < sizeof(LINEPROXYREQUEST)) return 0;
  wire::Buffer copy(event.extra.begin(), event.extra.end());
  const void* const key = copy.data();
  proxy_requests_.emplace(key, ProxyRequest{std::move(copy), event.device});
  return reinterpret_cast<DWORD_PTR>(key);
}

void Session::lost(const std::string& why) {
  lose(why);
}

void Session::lose(const std::string& why) {
  (void)why; // a C program has no place to read it; the server logs its side
  if (lost_.exchange(true)) return;
  std::vector<std::shared_ptr<App>> apps;
  wire::Channel* channel;
  {
    const std::lock_guard lock{mutex_};
    channel = channel_.get();
    pending_.clear();
    for (const auto& [key, app] : apps_) apps.push_back(app);
  }
  changed_.notify_all();
  if (channel) channel->close();
  dialogs_.close_all();
  const auto msps = msps_; // a callback may end the session
  msps->end_all();
  for (const auto& app : apps) {
    Message last;
    const bool phone = app->family() == wire::Family::phone;
    last.shown.dwMessageID = phone ? PHONE_STATE : LINE_LINEDEVSTATE;
    last.shown.dwParam1 = phone ? PHONESTATE_REINIT : LINEDEVSTATE_REINIT;
    app->push_last(std::move(last));
  }
}

// Waits until the function of the request has returned: its program must not see the reply before.
std::optional<Pending> Session::take_pending(std::unique_lock<std::mutex>& lock, std::uint32_t sequence) {
  if (threads_)
    changed_.wait_for(lock, reply_timeout, [&] {
      const Pending* const pending = pending_.find(sequence);
      return !pending || pending->returned;
    });
  return pending_.take(sequence);
}

// Fills in what the event's own kind needs; false when there is nothing to tell the program.
bool Session::attach(const wire::Event& event, Message& message) {
  switch (event.message) {
  case wire::message_reply_dropped: {
    std::unique_lock lock{mutex_};
    take_pending(lock, event.sequence);
    return false;
  }
  case LINE_REPLY:
  case PHONE_REPLY:
  case LINE_GATHERDIGITS: {
    std::unique_lock lock{mutex_};
    auto pending = take_pending(lock, event.sequence);
    if (!pending) return false;
    const bool reply = event.message != LINE_GATHERDIGITS;
    message.owner = owner_of(event);
    if (is_purged(message.owner, event.sequence)) return false;
    if (reply) message.shown.hDevice = 0;
    if (pending->targets.empty() || (reply && static_cast<LONG>(event.param2) != 0)) return true;
    message.completion = std::make_unique<Completion>(
        Completion{std::move(pending->targets), wire::Buffer(event.extra.begin(), event.extra.end())});
    return true;
  }
  case LINE_PROXYREQUEST: {
    message.shown.dwParam1 = keep_proxy_request(event);
    if (message.shown.dwParam1 != 0) return true;
    lose("too many proxy requests, or one that is cut off");
    return false;
  }
  default: return true;
  }
}

std::shared_ptr<App> Session::app_of(const wire::Event& event) {
  const AppKey key{is_phone_message(event.message) ? wire::Family::phone : wire::Family::line, event.app};
  std::unique_lock lock{mutex_};
  const auto known = [&] { return apps_.contains(key) || apps_beginning_ == 0; };
  if (threads_) changed_.wait_for(lock, reply_timeout, known);
  const auto at = apps_.find(key);
  return at == apps_.end() ? nullptr : at->second;
}

void Session::event(wire::Bytes frame) {
  const auto event = wire::read_event(frame);
  // A callback may shut the last app down.
  const auto self = weak_from_this().lock();
  if (!self) return;
  if (!event) return lose("an event of the server is malformed");
  if (lost_) return;
  if (event->message == LINE_SENDMSPDATA) {
    if (!msps_->event(*event)) lose("a program does not take its MSP data");
    return;
  }
  if (event->message == LINE_CREATEDIALOGINSTANCE || event->message == LINE_SENDDIALOGINSTANCEDATA) {
    if (!dialogs_.event(self, *event)) lose("a dialog is malformed, or does not take its data");
    return;
  }
  Message message;
  message.shown = {event->device, event->message, event->instance,
                   event->param1, event->param2,  event->param3};
  // The app first: a proxy request for one that is gone must leave nothing behind.
  const auto app = app_of(*event);
  if (!app && event->message == LINE_PROXYREQUEST) return;
  if (!attach(*event, message) || !app) return;
  if (!app->push(std::move(message))) lose("a program does not take its messages");
}

} // namespace tl::tapi32
