// SPDX-License-Identifier: Apache-2.0
// A day's traffic of a small centre, drawn from a seed, on the whole path: more than a thousand calls,
// impatient callers, agents who do not answer, refuse, pause and go; the books balance, nobody is left over,
// and the same seed gives the same history, bit for bit.
#include <gtest/gtest.h>

#include <cstdlib>

#include "world.hpp"

namespace tl::scenario {
namespace {

struct Outcome {
  std::uint64_t hash = 0;
  std::uint64_t offered = 0, answered = 0, abandoned = 0, overflowed = 0, returned = 0;
};

Plan day_site() {
  Plan plan = small_site(12);
  plan.extras = {"1900"};
  acd::QueueConfig& support = plan.acd.queues[0];
  support.wrapup_s = 10;
  support.overflow_after_s = 120;
  support.overflow_to = "1900";
  support.length_max = 30;
  acd::QueueConfig sales = support;
  sales.name = "sales";
  sales.number = "2901";
  sales.route_points = {"2001"};
  sales.rna = acd::NoAnswerPolicy::ready;
  sales.group = "front";
  plan.acd.queues.push_back(sales);
  plan.acd.groups.push_back({"front", "", {}, {"1001", "1002", "1003", "1004"}});
  return plan;
}

class Day {
public:
  Day(std::uint64_t seed, int calls) : world_(day_site(), false), random_(seed), calls_(calls) {}

  Outcome run() {
    for (int i = 0; i < 12; ++i) {
      const std::string station = std::to_string(1001 + i);
      const bool bad = i % 4 == 3;
      world_.command(station, bad ? R"({"no_answer": true})"
                                  : R"({"answer_after_ms": )" + std::to_string(500 * (i + 1)) + "}");
      world_.log_in(station);
      world_.set_state(station, LINEAGENTSTATE_READY);
    }
    world_.run_for(1s);
    while (calls_ > 0) one_moment();
    world_.run_for(20min);
    world_.expect_quiet();
    const acd::Statistics& statistics = world_.acd->statistics();
    Outcome out;
    out.hash = world_.ledger.hash();
    for (std::size_t i = 0; i < 2; ++i) {
      const acd::QueueTotals& totals = statistics.queue(i);
      EXPECT_EQ(totals.waiting(), 0U);
      out.offered += totals.offered;
      out.answered += totals.answered;
      out.abandoned += totals.abandoned;
      out.overflowed += totals.overflowed;
      out.returned += totals.returned;
    }
    EXPECT_EQ(out.offered, out.answered + out.abandoned + out.overflowed);
    return out;
  }

private:
  Duration seconds(double mean) {
    return Duration{static_cast<std::int64_t>(random_.exponential(mean) * 1e6) + 1'000'000};
  }

  void one_moment() {
    world_.run_for(Duration{static_cast<std::int64_t>(random_.exponential(6) * 1e6)});
    const std::string station = std::to_string(1001 + random_.below(12));
    const auto dice = random_.below(100);
    if (dice < 70) {
      --calls_;
      world_.caller(std::to_string(555'000'000 + calls_), random_.chance(0.7) ? "2000" : "2001", seconds(60),
                    seconds(45));
    } else if (dice < 90) {
      world_.set_state(station, LINEAGENTSTATE_READY); // of those who were taken out
    } else if (dice < 93) {
      world_.set_state(station, LINEAGENTSTATE_NOTREADY);
    } else if (dice < 95) {
      world_.command(station, R"({"hangup": true})");
    } else if (dice < 97) {
      world_.command(station, R"({"transfer": "2001"})");
    } else {
      world_.command(station, random_.chance(0.5) ? R"({"reject": "busy"})" : R"({"reject": false})");
    }
  }

  World world_;
  Random random_;
  int calls_;
};

} // namespace

TEST(Smoke, AThousandCallsAreAllAccountedFor) {
  const char* given = std::getenv("TRUNKLINE_SEED");
  const std::uint64_t seed = given ? std::strtoull(given, nullptr, 10) : 20261121;
  SCOPED_TRACE("TRUNKLINE_SEED=" + std::to_string(seed));
  const Outcome first = Day(seed, 1200).run();
  std::printf(
      "seed %llu: offered %llu answered %llu abandoned %llu overflowed %llu returned %llu, history %016llx\n",
      static_cast<unsigned long long>(seed), static_cast<unsigned long long>(first.offered),
      static_cast<unsigned long long>(first.answered), static_cast<unsigned long long>(first.abandoned),
      static_cast<unsigned long long>(first.overflowed), static_cast<unsigned long long>(first.returned),
      static_cast<unsigned long long>(first.hash));
  EXPECT_GE(first.offered, 1200U);
  EXPECT_GT(first.answered, 300U);
  EXPECT_GT(first.abandoned, 0U);
  EXPECT_GT(first.returned, 0U);
  const Outcome second = Day(seed, 1200).run();
  EXPECT_EQ(first.hash, second.hash) << "the same seed must give the same history";
}

TEST(Smoke, AnotherSeedIsAnotherDay) {
  const std::uint64_t one =
      Day(1, 50).run().hash; // one day at a time: a provider is loaded once in a process
  EXPECT_NE(one, Day(2, 50).run().hash);
}

} // namespace tl::scenario
