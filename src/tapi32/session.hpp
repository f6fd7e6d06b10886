// SPDX-License-Identifier: Apache-2.0
// The library's end of one connection: turns C calls into requests, and events into messages of the apps.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>

#include "base/result.hpp"
#include "tapi32/app.hpp"
#include "tapi32/dialog_instances.hpp"
#include "tapi32/item.hpp"
#include "tapi32/msp_instances.hpp"
#include "tapi32/pending.hpp"
#include "wire/channel.hpp"
#include "wire/frame.hpp"

namespace tl::tapi32 {

// A server that does not answer for so long is taken for dead.
inline constexpr std::chrono::seconds reply_timeout{10};
inline constexpr std::size_t proxy_requests_max = 65'536;
// Closed handles are remembered while answers to older requests are outstanding; beyond so many the oldest is
// forgotten.
inline constexpr std::size_t purged_owners_max = 4'096;

// How a session finds its server. `threads`: events come on another thread than the calls (a socket), as
// opposed to a server on the same loop.
struct Connector {
  std::function<Result<std::unique_ptr<wire::Channel>>(wire::EventSink&)> connect;
  bool threads = true;
};

class Session final : public wire::EventSink, public std::enable_shared_from_this<Session> {
public:
  static Result<std::shared_ptr<Session>> open(const Connector& connector);
  ~Session() override;

  // Performs one function of the table, its items in the row's order. `gather` is where lineGatherDigits'
  // digits will go.
  LONG perform(wire::Fn fn, std::span<const Item> items, const Target* gather = nullptr);

  bool threads() const { return threads_; }
  bool is_lost() const { return lost_; }

  // Between begin_app and end_app events wait for an app that is not known yet.
  void begin_app();
  void end_app(wire::Family family, DWORD handle, std::shared_ptr<App> app); // no app: it came to nothing
  std::shared_ptr<App> find_app(wire::Family family, DWORD handle);
  std::shared_ptr<App> remove_app(wire::Family family, DWORD handle);
  // Also while a dialog or an MSP callback is using it.
  bool has_apps();
  void begin_use();
  void end_use();
  // The latest request so far.
  std::uint32_t sequence() const { return sequence_; }
  // A line or phone was closed, a call's handle given up: answers to requests up to `sequence`, which may
  // already be on their way, are not delivered: the program is free to reuse the memory they would be written
  // to.
  void purge(const Owner& owner, std::uint32_t sequence);

  // The LINEPROXYREQUEST blocks that programs hold. size: 0 when `block` is none of them. line: on which it
  // came.
  std::uint32_t proxy_request_size(const void* block);
  DWORD proxy_request_line(const void* block);
  void free_proxy_request(const void* block);

  MspInstances& msps() { return *msps_; }

  // Ends it for a reason of this side: apps are told as when the server goes.
  void lose(const std::string& why);

  void event(wire::Bytes frame) override;
  void lost(const std::string& why) override;

private:
  struct Scratch;
  using AppKey = std::pair<wire::Family, DWORD>;

  explicit Session(bool threads) : threads_(threads), msps_(std::make_shared<MspInstances>(threads)) {}

  std::uint32_t next_sequence();
  void note_version(wire::Fn fn, std::span<const Item> items);
  LONG exchange(wire::Fn fn, std::uint32_t sequence, Scratch& scratch);
  LONG finish_async(wire::Fn fn, std::uint32_t sequence, LONG result);
  std::optional<Pending> take_pending(std::unique_lock<std::mutex>& lock, std::uint32_t sequence);
  bool attach(const wire::Event& event, Message& message);
  bool is_purged(const Owner& owner, std::uint32_t sequence) const;
  DWORD_PTR keep_proxy_request(const wire::Event& event);
  std::shared_ptr<App> app_of(const wire::Event& event);

  const bool threads_;
  std::atomic<bool> lost_ = false;
  std::atomic<std::uint32_t> sequence_ = 0;
  // The newest version with which the program opened a line or phone: its structures are no newer. 0: none
  // yet.
  std::atomic<DWORD> version_ = 0;

  std::mutex mutex_; // of everything below but the channel
  std::condition_variable changed_;
  PendingTable pending_;
  struct Purged {
    Owner owner;
    std::uint32_t sequence;
  };
  std::deque<Purged> purged_;
  std::map<AppKey, std::shared_ptr<App>> apps_;
  int apps_beginning_ = 0;
  int uses_ = 0;
  Dialogs dialogs_;
  const std::shared_ptr<MspInstances> msps_;
  struct ProxyRequest {
    wire::Buffer block;
    DWORD line = 0;
  };
  std::map<const void*, ProxyRequest> proxy_requests_;

  std::unique_ptr<wire::Channel> channel_; // last: its thread ends before the rest goes
};

} // namespace tl::tapi32
