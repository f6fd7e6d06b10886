// SPDX-License-Identifier: Apache-2.0
// Thousands of random operations and endpoint actions in any order. The model's own check() after each: all
// links agree, no leg is joined to a dead one, sides are live, ended connections are not. At the end nothing
// is left.
#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <gtest/gtest.h>

#include "base/random.hpp"
#include "tapi_double.hpp"

namespace tl::pbx::test {
namespace {

constexpr const char* site = R"({
  "station": [{"number": "1001", "pickup_group": "sales"}, {"number": "1002", "pickup_group": "sales"}, {"number": "1003"}, {"number": "1004"}],
  "trunk": [{"name": "carrier", "prefix": "0", "calls_max": 6}],
  "route_point": [{"number": "2000", "queue": "support", "default_routing_timeout_ms": 4000}, {"number": "2001"}],
  "queue": [{"name": "support", "number": "2900", "length_max": 4}, {"name": "night", "number": "2901"}],
  "pbx": {"calls_max": 12, "station_calls_max": 3, "ring_max_ms": 20000, "park_orbits": "700-702", "park_reminder_ms": 15000}})";

class Storm {
public:
  explicit Storm(std::uint64_t seed) : random(seed), tapi(site) {
    for (const char* number : {"1001", "1002", "1003", "1004"})
      tapi.network().events.station_reachable(number, true);
  }

  void step() {
    switch (random.below(8)) {
    case 0: return arrive();
    case 1:
    case 2:
    case 3: return endpoint();
    case 4: return tapi.run(Duration(static_cast<Duration::rep>(random.below(3'000'000))));
    case 5: return lines();
    default: return operation();
    }
  }

  void finish() {
    for (int i = 0; i < 100 && !tapi.network().legs.empty(); ++i) {
      for (FakeLeg* leg : std::vector<FakeLeg*>(tapi.network().legs))
        if (!leg->over && leg->owner != nullptr) leg->end();
      tapi.settle();
    }
    for (const auto& one : tapi.calls) // what has no leg: nobody can be left in a queue
      if (!one->closed && one->state != LINECALLSTATE_IDLE && one->state != LINECALLSTATE_DISCONNECTED)
        ADD_FAILURE() << one->line << " is left in " << state_name(one->state);
    tapi.run(5s);
    tapi.close_finished();
    tapi.settle();
    tapi.model().check();
    EXPECT_EQ(tapi.model().live_calls(), 0U);
    EXPECT_EQ(tapi.model().kept_calls(), 0U);
    EXPECT_EQ(tapi.model().kept_attachments(), 0U);
    EXPECT_EQ(tapi.model().kept_conferences(), 0U);
    EXPECT_TRUE(tapi.network().legs.empty());
    for (DRV_REQUESTID id = 1; id <= tapi.last_request; ++id)
      EXPECT_TRUE(!accepted.contains(id) || tapi.replies.contains(id))
          << "request " << id << " was never completed";
  }

  // Sound as it must be: joined legs are joined both ways, held parties hear something.
  void check_sound() {
    for (const FakeLeg* leg : tapi.network().legs) {
      if (leg->over) continue;
      if (leg->room != 0) {
        ASSERT_TRUE(leg->answered);
        const auto together =
            std::count_if(tapi.network().legs.begin(), tapi.network().legs.end(),
                          [&](const FakeLeg* other) { return !other->over && other->room == leg->room; });
        ASSERT_GE(together, 3) << "two are no conference";
      } else if (leg->joined != nullptr) {
        ASSERT_EQ(leg->joined->joined, leg);
        ASSERT_FALSE(leg->joined->over);
        ASSERT_TRUE(leg->answered && leg->joined->answered);
      } else if (leg->answered) {
        ASSERT_NE(leg->heard, "") << leg->to.device << " hears nothing that anybody decided";
      }
    }
  }

  Random random;
  TapiDouble tapi;
  std::set<DRV_REQUESTID> accepted;
  std::map<std::string, int> done; // what really succeeded

private:
  std::string any_number() {
    static const char* const numbers[] = {"1001", "1002", "1003", "1004", "2000", "2001",
                                          "2900", "2901", "0301", "4711", "700",  "701"};
    return numbers[random.below(std::size(numbers))];
  }

  void arrive() {
    if (random.chance(0.6))
      tapi.network().call(Destination::Kind::trunk, "carrier", "555",
                          random.chance(0.5) ? "2000" : any_number());
    else
      tapi.network().call(Destination::Kind::station, "100" + std::to_string(1 + random.below(4)), "",
                          any_number());
  }

  void endpoint() {
    auto& legs = tapi.network().legs;
    if (legs.empty()) return;
    FakeLeg& leg = *legs[random.below(legs.size())];
    if (leg.over || leg.owner == nullptr) return;
    switch (random.below(9)) {
    case 0:
    case 1: // a phone rings
      if (!leg.inbound && !leg.answered) leg.alert();
      return;
    case 2:
    case 3:
    case 4:
      if (!leg.inbound && !leg.answered) leg.pick_up();
      return;
    case 5: {
      static constexpr Cause causes[] = {Cause::normal,   Cause::busy,        Cause::no_answer,
                                         Cause::rejected, Cause::unreachable, Cause::failed};
      if (random.chance(0.5))
        return leg.end(leg.answered || leg.inbound ? Cause::normal : causes[random.below(6)]);
      return;
    }
    case 6:
      if (leg.answered) leg.owner->leg_held(leg, random.chance(0.5));
      return;
    case 7:
      if (leg.answered && random.chance(0.3)) leg.owner->leg_transfer(leg, any_number());
      return;
    default: {
      FakeLeg& other = *legs[random.below(legs.size())];
      if (leg.answered && other.answered && !other.over && &other != &leg)
        leg.owner->leg_transfer_to(leg, other);
      else if (leg.answered)
        leg.owner->leg_digit(leg, '5', tapi.loop().now());
      else
        leg.owner->leg_answer_refused(leg);
    }
    }
  }

  void lines() {
    const std::string& name = tapi.names[random.below(tapi.names.size())];
    if (random.chance(0.9)) return tapi.close_finished();
    if (!tapi.lines.contains(name)) return tapi.open(name);
    if (random.chance(0.3))
      tapi.close(name);
    else if (name[0] == '1')
      tapi.network().events.station_reachable(name, random.chance(0.8));
  }

  // Mostly one that is alive and, beside another, on its line: else nothing interesting would ever succeed.
  CallRecord* any_call(const CallRecord* beside = nullptr) {
    std::vector<CallRecord*> open;
    std::vector<CallRecord*> good;
    for (const auto& one : tapi.calls) {
      if (one->closed || one->driver == nullptr) continue;
      open.push_back(one.get());
      const bool alive = one->state != LINECALLSTATE_IDLE && one->state != LINECALLSTATE_DISCONNECTED;
      if (alive && (beside == nullptr || (beside->line == one->line && beside != one.get())))
        good.push_back(one.get());
    }
    const auto& from = !good.empty() && random.chance(0.9) ? good : open;
    return from.empty() ? nullptr : from[random.below(from.size())];
  }

  void note(const char* verb, LONG result) {
    if (result > 0) accepted.insert(static_cast<DRV_REQUESTID>(result));
    if (result > 0 && tapi.reply(result) == 0) ++done[verb];
  }

  void operation() {
    if (random.chance(0.15)) {
      const std::string number = "100" + std::to_string(1 + random.below(4));
      if (tapi.lines.contains(number) && tapi.make_call(number, random.chance(0.2) ? "" : any_number()) == 0)
        ++done["make"];
      return;
    }
    if (random.chance(0.15)) return fetch();
    if (random.chance(0.04)) return forward();
    if (random.chance(0.3)) return conference();
    if (random.chance(0.1)) return completion();
    CallRecord* const one = any_call();
    if (one == nullptr) return;
    if (random.chance(0.15)) {
      std::string place = random.chance(0.5) ? "" : "70" + std::to_string(random.below(4));
      if (tapi.park(one->driver, place) == 0) ++done["park"];
      return;
    }
    if (random.chance(0.3) && held_and_consultation()) return;
    CallRecord* const two = any_call(one);
    const HDRVCALL hd = one->driver;
    const DRV_REQUESTID id = tapi.request();
    switch (random.below(14)) {
    case 0: return note("answer", TSPI_lineAnswer(id, hd, nullptr, 0));
    case 1: return random.chance(0.4) ? note("drop", TSPI_lineDrop(id, hd, nullptr, 0)) : void();
    case 2: return note("hold", TSPI_lineHold(id, hd));
    case 3: return note("unhold", TSPI_lineUnhold(id, hd));
    case 4: return note("swap", TSPI_lineSwapHold(id, hd, two->driver));
    case 5:
    case 6: return note("redirect", TSPI_lineRedirect(id, hd, wide(any_number()).c_str(), 0));
    case 7: return note("blind", TSPI_lineBlindTransfer(id, hd, wide(any_number()).c_str(), 0));
    case 8: {
      CallRecord* consult = nullptr;
      tapi.calls.push_back(std::make_unique<CallRecord>(CallRecord{one->line}));
      consult = tapi.calls.back().get();
      const LONG result = TSPI_lineSetupTransfer(id, hd, reinterpret_cast<HTAPICALL>(tapi.calls.size()),
                                                 &consult->driver, nullptr);
      if (result < 0) consult->closed = true;
      return note("setup", result);
    }
    case 9:
      return note("complete", TSPI_lineCompleteTransfer(id, hd, two->driver, nullptr, nullptr,
                                                        LINETRANSFERMODE_TRANSFER));
    case 10: return note("dial", TSPI_lineDial(id, hd, wide(any_number()).c_str(), 0));
    case 11: return note("accept", TSPI_lineAccept(id, hd, nullptr, 0));
    case 12: {
      EXPECT_EQ(tapi.status(hd).dwCallState, one->state); // TAPI was told of every change
      tapi.info(hd);
      const DWORD treatment = 1 + static_cast<DWORD>(random.below(4));
      return note("treatment", TSPI_lineSetCallTreatment(id, hd, treatment));
    }
    default:
      if (random.chance(0.2)) return tapi.close_call(*one);
      TSPI_lineMonitorDigits(hd, LINEDIGITMODE_DTMF);
      TSPI_lineGatherDigits(hd, 1, LINEDIGITMODE_DTMF, digits, 4, nullptr, 1000, 1000);
      TSPI_lineGenerateDigits(hd, 2, LINEDIGITMODE_DTMF, u"12", 0);
    }
  }

  // Any call of a station in one of the states, beside another one or not.
  CallRecord* station_call(DWORD states, const CallRecord* beside = nullptr, DWORD features = 0) {
    std::vector<CallRecord*> found;
    for (const auto& one : tapi.calls)
      if (!one->closed && one->driver != nullptr && one->line[0] == '1' && (one->state & states) != 0 &&
          one.get() != beside && (beside == nullptr || one->line == beside->line) &&
          (tapi.status(one->driver).dwCallFeatures & features) == features)
        found.push_back(one.get());
    return found.empty() ? nullptr : found[random.below(found.size())];
  }

  struct Parameters {
    LINECALLPARAMS fixed{};
    char16_t target[8]{};
  };

  void conference() {
    constexpr DWORD held = LINECALLSTATE_ONHOLDPENDCONF | LINECALLSTATE_ONHOLD;
    constexpr DWORD may_join =
        LINECALLSTATE_CONNECTED | LINECALLSTATE_ONHOLD | LINECALLSTATE_PROCEEDING | LINECALLSTATE_RINGBACK;
    Parameters parameters;
    parameters.fixed.dwTotalSize = sizeof parameters;
    const bool no_hold = random.chance(0.4);
    if (no_hold) {
      const std::u16string target = wide(any_number());
      std::copy(target.begin(), target.end(), parameters.target);
      parameters.fixed.dwCallParamFlags = LINECALLPARAMFLAGS_NOHOLDCONFERENCE;
      parameters.fixed.dwTargetAddressSize = static_cast<DWORD>((target.size() + 1) * sizeof(char16_t));
      parameters.fixed.dwTargetAddressOffset = offsetof(Parameters, target);
    }
    CallRecord* made = nullptr;
    CallRecord* consult = nullptr;
    switch (random.below(12)) {
    case 0:
    case 1:
    case 2:
    case 3: {
      CallRecord* const first = random.chance(0.9) ? station_call(LINECALLSTATE_CONNECTED) : nullptr;
      if (first == nullptr && random.chance(0.8)) return;
      const std::string line = first != nullptr ? first->line : "100" + std::to_string(1 + random.below(4));
      if (!tapi.lines.contains(line)) return;
      if (tapi.setup_conference(first != nullptr ? first->driver : nullptr, line, made, consult, 3,
                                &parameters.fixed) == 0)
        ++done[no_hold ? "setup without hold" : "setup conference"];
      if (!no_hold && made->driver != nullptr && random.chance(0.7))
        TSPI_lineDial(tapi.request(), consult->driver, wide(any_number()).c_str(), 0);
      return;
    }
    case 4:
    case 5:
      if (CallRecord* const parent =
              station_call(LINECALLSTATE_CONNECTED, nullptr, LINECALLFEATURE_PREPAREADDCONF))
        if (tapi.prepare_add(*parent, consult, &parameters.fixed) == 0) ++done["prepare"];
      return;
    case 6:
    case 7:
    case 8:
    case 9:
      if (CallRecord* const parent = station_call(held))
        if (CallRecord* const added = station_call(may_join, parent))
          if (tapi.add_to_conference(*parent, *added) == 0) ++done["add"];
      return;
    case 10:
      if (CallRecord* const member = station_call(LINECALLSTATE_CONFERENCED)) {
        const DRV_REQUESTID id = tapi.request();
        note("remove", random.chance(0.5) ? TSPI_lineRemoveFromConference(id, member->driver)
                                          : TSPI_lineUnhold(id, member->driver));
      }
      return;
    default:
      if (CallRecord* const one = station_call(LINECALLSTATE_ONHOLDPENDTRANSFER | LINECALLSTATE_ONHOLD))
        if (CallRecord* const other = station_call(may_join, one))
          if (tapi.transfer_into_conference(*one, *other, made) == 0) ++done["transfer to conference"];
    }
  }

  void completion() {
    if (random.chance(0.2)) {
      const std::string number = "100" + std::to_string(1 + random.below(4));
      if (tapi.lines.contains(number))
        note("uncomplete", TSPI_lineUncompleteCall(tapi.request(), tapi.line(number), completion_id));
      return;
    }
    CallRecord* const one = station_call(LINECALLSTATE_BUSY | LINECALLSTATE_RINGBACK);
    if (one == nullptr) return;
    const bool intrudes = random.chance(0.5);
    note(intrudes ? "intrude" : "call back",
         TSPI_lineCompleteCall(tapi.request(), one->driver, &completion_id,
                               intrudes ? LINECALLCOMPLMODE_INTRUDE : LINECALLCOMPLMODE_CALLBACK, 0));
  }

  // Also in circles, and mostly taken back: else hardly anything would ring where it was sent.
  void forward() {
    const std::string number = "100" + std::to_string(1 + random.below(4));
    if (!tapi.lines.contains(number)) return;
    static constexpr DWORD modes[] = {LINEFORWARDMODE_UNCOND, LINEFORWARDMODE_BUSY, LINEFORWARDMODE_NOANSW,
                                      LINEFORWARDMODE_BUSYNAEXTERNAL};
    std::vector<TapiDouble::Forwarding> list;
    if (random.chance(0.4)) list.push_back({modes[random.below(4)], random.chance(0.1) ? "" : any_number()});
    if (tapi.forward(number, list, 1) == 0) ++done[list.empty() ? "cancel" : "forward"];
  }

  // Calls that wait or ring elsewhere.
  void fetch() {
    const std::string number = "100" + std::to_string(1 + random.below(4));
    if (!tapi.lines.contains(number)) return;
    if (random.chance(0.5)) { // any orbit somebody waits at
      for (std::uint64_t i = 0, first = random.below(3); i < 3; ++i)
        if (tapi.unpark(number, "70" + std::to_string((first + i) % 3)) == 0) {
          ++done["unpark"];
          return;
        }
      return;
    }
    const std::string address = any_number();
    const bool by_group = random.chance(0.4);
    if (tapi.pickup(number, by_group ? nullptr : address.c_str(), by_group ? "sales" : nullptr) == 0)
      ++done["pickup"];
  }

  // The two verbs that need a pair of calls in the right states.
  bool held_and_consultation() {
    for (const auto& held : tapi.calls) {
      if (held->closed ||
          (held->state != LINECALLSTATE_ONHOLDPENDTRANSFER && held->state != LINECALLSTATE_ONHOLD))
        continue;
      CallRecord* const other = any_call(held.get());
      if (other == nullptr || other->line != held->line) continue;
      const DRV_REQUESTID id = tapi.request();
      if (random.chance(0.4))
        note("swap", TSPI_lineSwapHold(id, other->driver, held->driver));
      else
        note("complete", TSPI_lineCompleteTransfer(id, held->driver, other->driver, nullptr, nullptr,
                                                   LINETRANSFERMODE_TRANSFER));
      return true;
    }
    return false;
  }

  WCHAR digits[8] = {};
  DWORD completion_id = 0;
};

TEST(RandomOperations, LeaveAConsistentModelAndNothingBehind) {
  // TRUNKLINE_SEED reruns one storm.
  const char* const fixed = std::getenv("TRUNKLINE_SEED");
  const std::uint64_t first = fixed != nullptr ? std::strtoull(fixed, nullptr, 10) : 1;
  const std::uint64_t count = fixed != nullptr ? 1 : 40;
  std::map<std::string, int> done;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    if (fixed != nullptr) std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    Storm storm(seed);
    for (int i = 0; i < 3200 && !::testing::Test::HasFailure(); ++i) {
      storm.step();
      storm.tapi.model().check();
      storm.check_sound();
    }
    storm.finish();
    for (const auto& [verb, times] : storm.done) done[verb] += times;
    ASSERT_FALSE(::testing::Test::HasFailure()) << "rerun with TRUNKLINE_SEED=" << seed;
  }
  // A storm in which something never succeeds tests nothing of it.
  if (fixed != nullptr) return;
  for (const auto& [verb, times] : done) std::printf("%s %d\n", verb.c_str(), times);
  for (const char* verb : {"make",
                           "drop",
                           "hold",
                           "unhold",
                           "swap",
                           "redirect",
                           "blind",
                           "setup",
                           "complete",
                           "dial",
                           "accept",
                           "treatment",
                           "park",
                           "unpark",
                           "pickup",
                           "forward",
                           "call back",
                           "setup conference",
                           "setup without hold",
                           "prepare",
                           "add",
                           "remove",
                           "transfer to conference"})
    EXPECT_GT(done[verb], 20) << verb;
}

TEST(RandomOperations, AreRepeatable) {
  const auto log_of = [](std::uint64_t seed) {
    Storm storm(seed);
    for (int i = 0; i < 800; ++i) storm.step();
    return storm.tapi.take();
  };
  EXPECT_EQ(log_of(7), log_of(7));
}

} // namespace
} // namespace tl::pbx::test
