// SPDX-License-Identifier: Apache-2.0
#include "scenario.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <sstream>
#include <stdexcept>

#include "sessions.hpp"
#include "world.hpp"

namespace tl::scenario {
namespace {

constexpr auto tolerance = std::chrono::milliseconds{50};

// A line that cannot be read.
struct Bad : std::runtime_error {
  using std::runtime_error::runtime_error;
};

using Words = std::vector<std::string>;

struct Moment {
  Duration at{};
  int line = 0;
  Words words; // an action's, or a probe's
  bool probe = false;
};
struct Expected {
  int line = 0;
  acd::EventType type{};
  std::string caller, agent, cause;
  Duration at{};
};
struct Total {
  int line = 0;
  std::string what;
  long count = 0;
};

Duration time_of(const std::string& word) {
  char* unit = nullptr;
  const double value = std::strtod(word.c_str(), &unit);
  const std::string_view rest = unit;
  if (unit == word.c_str()) throw Bad(word + ": a time such as 5s, 1500ms or 2m was expected");
  const double factor = rest == "ms" ? 1e3 : rest == "s" ? 1e6 : rest == "m" ? 60e6 : 0;
  if (factor == 0) throw Bad(word + ": the unit ms, s or m was expected");
  return Duration{static_cast<std::int64_t>(value * factor)};
}

std::uint32_t number_of(const std::string& word) {
  char* end = nullptr;
  const unsigned long value = std::strtoul(word.c_str(), &end, 10);
  if (word.empty() || *end) throw Bad(word + ": a number was expected");
  return static_cast<std::uint32_t>(value);
}

const std::string& word(const Words& words, std::size_t index) {
  if (index >= words.size()) throw Bad(fmt::format("word {} is missing", index + 1));
  return words[index];
}

void expect_word(const Words& words, std::size_t index, const char* wanted) {
  if (word(words, index) != wanted) throw Bad(words[index] + ": \"" + wanted + "\" was expected");
}

const std::map<std::string, acd::EventType> event_words = {
    {"offer", acd::EventType::call_offered},       {"answer", acd::EventType::call_answered},
    {"return", acd::EventType::call_returned},     {"abandon", acd::EventType::call_abandoned},
    {"overflow", acd::EventType::call_overflowed}, {"end", acd::EventType::call_ended}};
const std::map<std::string, acd::EventType> total_words = {
    {"offered", acd::EventType::call_queued},      {"answered", acd::EventType::call_answered},
    {"abandoned", acd::EventType::call_abandoned}, {"overflowed", acd::EventType::call_overflowed},
    {"returned", acd::EventType::call_returned},   {"offers", acd::EventType::call_offered}};

class Story {
public:
  Story(const std::string& text, std::string file) : file_(std::move(file)) {
    std::istringstream lines(text);
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
      line_ = ++number;
      try {
        read(line);
      } catch (const Bad& bad) {
        complain(number, bad.what());
      }
    }
  }

  std::vector<std::string> play() {
    if (!wrong_.empty()) return wrong_;
    World world(plan_);
    Sessions sessions(world);
    sessions_ = &sessions;
    std::stable_sort(moments_.begin(), moments_.end(),
                     [](const Moment& a, const Moment& b) { return a.at < b.at; });
    for (const Moment& moment : moments_) {
      world.run_until(moment.at);
      line_ = moment.line;
      try {
        if (moment.probe)
          probe(world, moment.words);
        else
          act(world, moment.words);
      } catch (const Bad& bad) {
        complain(moment.line, bad.what());
      }
    }
    world.run_until(end_);
    for (const Expected& expected : expected_) compare(world, expected);
    for (const Total& total : totals_)
      if (const long seen = world.count(total_words.at(total.what)); seen != total.count)
        complain(total.line, fmt::format("{} {}, {} expected", seen, total.what, total.count));
    finish(world);
    sessions_ = nullptr;
    return wrong_;
  }

private:
  void complain(int line, const std::string& text) {
    wrong_.push_back(fmt::format("{}:{}: {}", file_, line, text));
  }

  void read(const std::string& line) {
    std::istringstream stream(line.substr(0, line.find('#')));
    Words words;
    for (std::string one; stream >> one;) words.push_back(one);
    if (words.empty()) return;
    const std::string& verb = words[0];
    if (verb == "station")
      plan_.stations.insert(plan_.stations.end(), words.begin() + 1, words.end());
    else if (verb == "extra")
      plan_.extras.insert(plan_.extras.end(), words.begin() + 1, words.end());
    else if (verb == "group")
      read_group(words);
    else if (verb == "queue")
      read_queue(words);
    else if (verb == "at")
      moments_.push_back({time_of(word(words, 1)), line_, {words.begin() + 2, words.end()}, false});
    else if (verb == "expect")
      read_expectation(words);
    else if (verb == "end")
      end_ = time_of(word(words, 1));
    else
      throw Bad(verb + ": station, extra, group, queue, at, expect or end was expected");
  }

  void read_group(const Words& words) {
    acd::GroupConfig group;
    group.name = word(words, 1);
    group.agents.assign(words.begin() + 2, words.end());
    for (const std::string& id : group.agents) {
      const bool known = std::any_of(plan_.acd.agents.begin(), plan_.acd.agents.end(),
                                     [&](const acd::AgentConfig& agent) { return agent.id == id; });
      if (!known) plan_.acd.agents.push_back({id, "Agent " + id, "", {}, id});
    }
    plan_.acd.groups.push_back(std::move(group));
  }

  void read_queue(const Words& words) {
    acd::QueueConfig queue;
    queue.name = word(words, 1);
    queue.number = word(words, 2);
    for (std::size_t i = 3; i + 1 < words.size(); i += 2) {
      const std::string& key = words[i];
      const std::string& value = words[i + 1];
      if (key == "route")
        queue.route_points.push_back(value);
      else if (key == "group")
        queue.group = value;
      else if (key == "ring")
        queue.ring_timeout_s = number_of(value);
      else if (key == "wrapup")
        queue.wrapup_s = number_of(value);
      else if (key == "overflow")
        queue.overflow_after_s = number_of(value);
      else if (key == "to")
        queue.overflow_to = value;
      else if (key == "max")
        queue.length_max = number_of(value);
      else if (key == "rna" && (value == "ready" || value == "notready"))
        queue.rna = value == "ready" ? acd::NoAnswerPolicy::ready : acd::NoAnswerPolicy::not_ready;
      else
        throw Bad(key + " " + value + ": not a word of a queue");
    }
    plan_.acd.queues.push_back(std::move(queue));
  }

  void read_expectation(const Words& words) {
    const std::string& what = word(words, 1);
    if (what == "total") {
      if (!total_words.contains(word(words, 2))) throw Bad(words[2] + ": not a total");
      totals_.push_back({line_, words[2], static_cast<long>(number_of(word(words, 3)))});
      return;
    }
    if (what == "session") {
      expect_word(words, 5, "at");
      moments_.push_back(
          {time_of(word(words, 6)) + tolerance, line_, {words.begin() + 1, words.begin() + 5}, true});
      return;
    }
    if (what == "agent" || what == "waiting") {
      expect_word(words, 4, "at");
      moments_.push_back(
          {time_of(word(words, 5)) + tolerance, line_, {words.begin() + 1, words.begin() + 4}, true});
      return;
    }
    const auto type = event_words.find(what);
    if (type == event_words.end()) throw Bad(what + ": not something to expect");
    Expected expected{line_, type->second, word(words, 2), "", "", {}};
    std::size_t at = 3;
    if (word(words, at) == "to" || words[at] == "by") {
      expected.agent = word(words, at + 1);
      at += 2;
    }
    expect_word(words, at, "at");
    expected.at = time_of(word(words, at + 1));
    if (at + 2 < words.size()) expected.cause = words[at + 2];
    expected_.push_back(std::move(expected));
  }

  void act(World& world, const Words& words) {
    const std::string& subject = word(words, 0);
    const std::string& who = word(words, 1);
    const std::string& verb = word(words, 2);
    if (subject == "caller" && verb == "calls") {
      Duration patience{}, talk{};
      for (std::size_t i = 4; i + 1 < words.size(); i += 2) {
        if (words[i] == "patience")
          patience = time_of(words[i + 1]);
        else if (words[i] == "talk")
          talk = time_of(words[i + 1]);
        else
          throw Bad(words[i] + ": patience or talk was expected");
      }
      const std::string number = std::to_string(555'000 + callers_.size() + 1);
      if (!callers_.emplace(who, number).second)
        throw Bad(who + ": has called before; give each call a name of its own");
      return world.caller(number, word(words, 3), patience, talk);
    }
    if (subject == "phone") {
      std::string command;
      for (std::size_t i = 2; i < words.size(); ++i) command += words[i] + ' ';
      return world.command(who, command);
    }
    if (subject == "session") {
      static const Words verbs = {"begin", "ready", "notready", "wrapup", "end"};
      if (std::find(verbs.begin(), verbs.end(), word(words, 3)) == verbs.end())
        throw Bad(words[3] + ": begin, ready, notready, wrapup or end was expected");
      return sessions_->act(who, verb, words[3]);
    }
    if (subject != "agent") throw Bad(subject + ": caller, agent, session or phone was expected");
    if (verb == "login")
      world.log_in(who);
    else if (verb == "logout")
      world.log_out(who);
    else if (verb == "ready")
      world.set_state(who, LINEAGENTSTATE_READY);
    else if (verb == "notready")
      world.set_state(who, LINEAGENTSTATE_NOTREADY);
    else if (verb == "aftercall")
      world.set_state(who, LINEAGENTSTATE_WORKINGAFTERCALL);
    else
      throw Bad(verb + ": login, logout, ready, notready or aftercall was expected");
  }

  void probe(World& world, const Words& words) {
    if (words[0] == "session") {
      const std::string state = sessions_->state(words[1], words[2]);
      if (state != words[3])
        complain(line_,
                 fmt::format("session of {} for {} is {}, {} expected", words[1], words[2], state, words[3]));
    } else if (words[0] == "agent") {
      const std::string state = telephony::agent_state_name(world.agent(words[1]).state);
      if (state != words[2])
        complain(line_, fmt::format("agent {} is {}, {} expected", words[1], state, words[2]));
    } else if (const DWORD waiting = world.queue(words[1]).waiting; waiting != number_of(words[2])) {
      complain(line_, fmt::format("{} wait in {}, {} expected", waiting, words[1], words[2]));
    }
  }

  void compare(const World& world, const Expected& expected) {
    const auto caller = callers_.find(expected.caller);
    if (caller == callers_.end())
      return complain(expected.line, expected.caller + ": nobody of this name called");
    std::string seen;
    for (const Seen& one : world.recorder.seen) {
      if (one.type != expected.type || one.caller != caller->second) continue;
      const Duration at = one.time - world.start;
      const bool fits = (expected.agent.empty() || one.agent == expected.agent) &&
                        (expected.cause.empty() || acd::to_string(one.cause) == expected.cause);
      if (fits && at >= expected.at - tolerance && at <= expected.at + tolerance) return;
      seen += fmt::format(" at {:.3f}s {} {};", std::chrono::duration<double>(at).count(), one.agent,
                          acd::to_string(one.cause));
    }
    complain(expected.line, fmt::format("{} of {} was not seen then;{}", acd::to_string(expected.type),
                                        expected.caller, seen.empty() ? " never at all" : seen));
  }

  void finish(World& world) {
    for (const std::string& error : world.errors) complain(line_, error);
    if (const auto calls = world.server->counts().calls)
      complain(line_, fmt::format("{} calls are left over", calls));
    for (const std::string& station : plan_.stations)
      if (world.agent(station).state &
          (LINEAGENTSTATE_BUSYACD | LINEAGENTSTATE_BUSYINCOMING | LINEAGENTSTATE_BUSYOUTBOUND))
        complain(line_, "agent " + station + " is busy at the end");
  }

  std::string file_;
  int line_ = 0;
  Sessions* sessions_ = nullptr; // of the story that plays
  Plan plan_;
  std::vector<Moment> moments_;
  std::vector<Expected> expected_;
  std::vector<Total> totals_;
  std::map<std::string, std::string> callers_; // name: number
  Duration end_ = std::chrono::minutes{5};
  std::vector<std::string> wrong_;
};

} // namespace

std::vector<std::string> run_scenario(const std::string& text, const std::string& file) {
  return Story(text, file).play();
}

} // namespace tl::scenario
