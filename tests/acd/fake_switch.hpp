// SPDX-License-Identifier: Apache-2.0
// A switch for tests of the ACD's core: knows where every call really is, carries out commands after a while,
// reports in any order, and can fail, stay silent, or hand a call back.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "acd/core.hpp"
#include "base/random.hpp"
#include "base/virtual_loop.hpp"

namespace tl::acd {

// Tasks in the future of a virtual loop.
class Agenda {
public:
  explicit Agenda(VirtualLoop& loop) : loop_(loop), timer_(loop, [this] { fire(); }) {}
  void after(Duration wait, Task task) {
    tasks_.emplace(loop_.now() + wait, std::move(task));
    timer_.start_at(tasks_.begin()->first);
  }

private:
  void fire() {
    auto first = tasks_.begin();
    Task task = std::move(first->second);
    tasks_.erase(first);
    if (!tasks_.empty()) timer_.start_at(tasks_.begin()->first);
    task();
  }
  VirtualLoop& loop_;
  std::multimap<Time, Task> tasks_;
  Timer timer_;
};

class FakeSwitch final : public Commands {
public:
  enum class Place { queue, ringing, talking };
  struct Call {
    Place place = Place::queue;
    QueueIndex queue = 0;
    StationIndex station = nobody;
    std::uint32_t handle = 0;
  };
  // Chances out of 1, tried in this order.
  struct Faults {
    double silent = 0; // nothing is done and no answer comes
    double refuse = 0; // error: the phone is busy or unreachable; the call stays
    double fail = 0;   // error that is nobody's fault; the call stays
    double bounce = 0; // moved, and handed back by the phone at once
    double mute = 0;   // done, but no answer comes
  };

  FakeSwitch(VirtualLoop& loop, std::uint64_t seed) : random(seed), loop_(loop), agenda_(loop) {}

  Random random;
  Core* core = nullptr;
  Faults faults;
  Duration delay{1'000}; // or random up to it, when shuffle is on
  bool shuffle = false;  // report the facts of one step in any order
  std::map<std::uint32_t, Call> calls;
  std::vector<std::pair<std::uint32_t, std::string>> overflowed;
  std::vector<std::pair<std::uint32_t, StationIndex>> offers;
  std::vector<std::uint32_t> requests; // of the offers
  int recalls = 0;

  // --- Callers and agents ---
  std::uint32_t arrive(QueueIndex queue) {
    const std::uint32_t id = next_call_++;
    calls[id] = {Place::queue, queue, nobody, 0};
    core->call_arrived(id, queue, "caller", loop_.now());
    return id;
  }
  void hang_up(std::uint32_t id) {
    auto found = calls.find(id);
    if (found == calls.end()) return;
    const Call call = found->second;
    calls.erase(found);
    if (call.place == Place::queue) return core->caller_gone(id, call.queue);
    core->station_call(call.station, {call.handle, id, CallKind::incoming, CallPhase::cleared});
    core->station_call(call.station, {call.handle, id, CallKind::incoming, CallPhase::over});
  }
  void answer(std::uint32_t id) {
    auto found = calls.find(id);
    if (found == calls.end() || found->second.place != Place::ringing) return;
    found->second.place = Place::talking;
    core->station_call(found->second.station,
                       {found->second.handle, id, CallKind::incoming, CallPhase::active});
  }
  // The agent hangs up, or the phone refuses and the switch hands the call back.
  void agent_ends(std::uint32_t id) {
    auto found = calls.find(id);
    if (found == calls.end() || found->second.place == Place::queue) return;
    const Call call = found->second;
    if (call.place == Place::ringing) return hand_back(id, EventCause::busy);
    calls.erase(found);
    core->station_call(call.station, {call.handle, id, CallKind::incoming, CallPhase::over});
  }
  // Somebody else's application takes the call to a place nobody here sees.
  void steal(std::uint32_t id) {
    auto found = calls.find(id);
    if (found == calls.end()) return;
    const Call call = found->second;
    calls.erase(found);
    if (call.place == Place::queue) return core->call_left_queue(id, call.queue);
    core->station_call(call.station, {call.handle, id, CallKind::incoming, CallPhase::over});
  }
  // The agent, or a supervisor, sends the call to a(nother) queue.
  void send_to(std::uint32_t id, QueueIndex queue) {
    auto found = calls.find(id);
    if (found == calls.end()) return;
    const Call before = found->second;
    found->second = {Place::queue, queue, nobody, 0};
    std::vector<Task> facts;
    if (before.place == Place::queue) {
      if (before.queue == queue) return;
      facts.push_back([=, this] { core->call_left_queue(id, before.queue); });
    } else {
      facts.push_back([=, this] {
        core->station_call(before.station, {before.handle, id, CallKind::incoming, CallPhase::over});
      });
    }
    facts.push_back([=, this] { core->call_arrived(id, queue, "caller", loop_.now()); });
    report(std::move(facts));
  }
  // A call of the agent's own.
  std::uint32_t personal(StationIndex station, CallKind kind, CallPhase phase) {
    const std::uint32_t handle = next_handle_++;
    core->station_call(station, {handle, 1'000'000 + handle, kind, phase});
    return handle;
  }
  void personal_over(StationIndex station, std::uint32_t handle) {
    core->station_call(station, {handle, 1'000'000 + handle, CallKind::other, CallPhase::over});
  }

  // --- Commands ---
  void offer(std::uint32_t id, StationIndex station, std::uint32_t request) override {
    offers.emplace_back(id, station);
    requests.push_back(request);
    const double dice = random.unit();
    const QueueIndex queue = core->call(id)->queue;
    agenda_.after(pause(), [=, this] { do_offer(id, queue, station, request, dice); });
  }
  void recall(std::uint32_t id, StationIndex station, QueueIndex queue, std::uint32_t request) override {
    ++recalls;
    const double dice = random.unit();
    agenda_.after(pause(), [=, this] {
      auto found = calls.find(id);
      const bool there =
          found != calls.end() && found->second.place == Place::ringing && found->second.station == station;
      if (dice < faults.silent) return;
      if (!there || dice < faults.silent + faults.fail)
        return core->recall_answer(id, request, Answer::failed);
      hand_back(id, EventCause::none, [=, this] {
        if (dice > faults.silent + faults.fail + faults.mute) core->recall_answer(id, request, Answer::done);
      });
      (void)queue;
    });
  }
  void overflow(std::uint32_t id, QueueIndex queue, const std::string& to, std::uint32_t request) override {
    const double dice = random.unit();
    agenda_.after(pause(), [=, this] {
      auto found = calls.find(id);
      if (dice < faults.silent) return;
      if (found == calls.end() || found->second.place != Place::queue || found->second.queue != queue ||
          dice < faults.silent + faults.fail)
        return core->overflow_answer(id, request, Answer::failed);
      calls.erase(found);
      overflowed.emplace_back(id, to);
      report({[=, this] { core->call_left_queue(id, queue); },
              [=, this] { core->overflow_answer(id, request, Answer::done); }});
    });
  }
  void agent_changed(AgentIndex, StationIndex) override {}

private:
  Duration pause() {
    return shuffle ? Duration{random.below(static_cast<std::uint64_t>(delay.count()) + 1)} : delay;
  }

  // All at the same moment, in the order given or in any.
  void report(std::vector<Task> facts) {
    if (shuffle)
      for (std::size_t i = facts.size(); i > 1; --i) std::swap(facts[i - 1], facts[random.below(i)]);
    for (Task& fact : facts) fact();
  }

  void hand_back(
      std::uint32_t id, EventCause why, Task answer = [] {}) {
    Call& call = calls.at(id);
    const Call before = call;
    call = {Place::queue, before.queue, nobody, 0};
    report({[=, this] {
              core->station_call(before.station, {before.handle, id, CallKind::incoming, CallPhase::over});
            },
            [=, this] { core->call_arrived(id, before.queue, "caller", loop_.now(), why); },
            std::move(answer)});
  }

  void do_offer(std::uint32_t id, QueueIndex queue, StationIndex station, std::uint32_t request,
                double dice) {
    auto found = calls.find(id);
    if (dice < faults.silent) return;
    dice -= faults.silent;
    if (found == calls.end() || found->second.place != Place::queue || found->second.queue != queue)
      return core->offer_answer(id, request, Answer::failed);
    if (dice < faults.refuse)
      return core->offer_answer(id, request, dice < faults.refuse / 2 ? Answer::busy : Answer::unreachable);
    dice -= faults.refuse;
    if (dice < faults.fail) return core->offer_answer(id, request, Answer::failed);
    dice -= faults.fail;
    const std::uint32_t handle = next_handle_++;
    found->second = {Place::ringing, queue, station, handle};
    const bool bounces = dice < faults.bounce;
    const bool mute = !bounces && dice < faults.bounce + faults.mute;
    report({[=, this] { core->call_left_queue(id, queue); },
            [=, this] {
              core->station_call(station, {handle, id, CallKind::incoming, CallPhase::ringing});
            },
            [=, this] {
              if (!mute) core->offer_answer(id, request, Answer::done);
            }});
    if (bounces && calls.contains(id) && calls.at(id).place == Place::ringing)
      hand_back(id, EventCause::busy);
  }

  VirtualLoop& loop_;
  Agenda agenda_;
  std::uint32_t next_call_ = 100;
  std::uint32_t next_handle_ = 1;
};

} // namespace tl::acd
