// SPDX-License-Identifier: Apache-2.0
// A thousand simulated callers through route point and queue to a dozen simulated agents: everybody is served
// or gives up, nothing is left, and a call in the model stays small.
#include <chrono>
#include <ctime>
#include <deque>
#include <gtest/gtest.h>

#include "base/random.hpp"
#include "tapi_double.hpp"

namespace tl::pbx::test {
namespace {

// A queued call has a trunk and a queue or station connection, and one that TAPI is about to close; two legs.
constexpr std::size_t queued_call_bytes_max = 2048;
static_assert(sizeof(Call) + 3 * sizeof(Connection) + 2 * sizeof(Attachment) <= queued_call_bytes_max);

std::string site(int agents) {
  std::string stations;
  for (int i = 0; i < agents; ++i)
    stations += (i > 0 ? "," : "") + std::string(R"({"number": ")") + std::to_string(1001 + i) +
                R"(", "driver": "sim"})";
  return R"({"station": [)" + stations + R"(], "trunk": [{"name": "carrier", "driver": "sim"}],
    "route_point": [{"number": "2000", "queue": "support"}], "queue": [{"name": "support", "number": "2900"}]})";
}

TEST(Load, AThousandCallsThroughTheQueue) {
  constexpr int agents = 12;
  constexpr int calls_total = 1000;
  TapiDouble tapi(site(agents));
  Random random(2024);
  std::deque<std::string> idle;
  for (int i = 0; i < agents; ++i) idle.push_back(std::to_string(1001 + i));
  std::size_t seen = 0;
  std::deque<CallRecord*> waiting;
  int answered = 0;
  int abandoned = 0;
  int offered = 0;
  std::map<std::string, bool> busy;
  std::set<CallRecord*> counted;

  // A tiny ACD: what the log's new lines call for.
  const auto serve = [&] {
    for (; seen < tapi.calls.size(); ++seen) {
      CallRecord* const one = tapi.calls[seen].get();
      if (one->line == "2000") {
        EXPECT_EQ(tapi.reply(TSPI_lineRedirect(tapi.request(), one->driver, u"2900", 0)), 0);
      }
      if (one->line == "2900") waiting.push_back(one);
    }
    for (const auto& one : tapi.calls) {
      if (one->closed || one->line[0] != '1') continue;
      if (one->state == LINECALLSTATE_CONNECTED && counted.insert(one.get()).second) ++answered;
      if ((one->state == LINECALLSTATE_IDLE || one->state == LINECALLSTATE_DISCONNECTED) && busy[one->line]) {
        busy[one->line] = false;
        idle.push_back(one->line);
      }
    }
    std::erase_if(waiting, [&](const CallRecord* one) {
      if (one->state == LINECALLSTATE_CONNECTED) return false;
      ++abandoned;
      return true;
    });
    while (!waiting.empty() && !idle.empty()) {
      const std::string agent = idle.front();
      idle.pop_front();
      const LONG result =
          tapi.reply(TSPI_lineBlindTransfer(tapi.request(), waiting.front()->driver, wide(agent).c_str(), 0));
      EXPECT_EQ(result, 0);
      busy[agent] = true;
      ++offered;
      waiting.pop_front();
    }
    for (const auto& one : tapi.calls)
      if (!one->closed && (one->state == LINECALLSTATE_DISCONNECTED))
        tapi.reply(TSPI_lineDrop(tapi.request(), one->driver, nullptr, 0));
    tapi.close_finished();
    tapi.log.clear();
  };

  const std::clock_t begin = std::clock();
  int arrived = 0;
  while (arrived < calls_total || tapi.model().live_calls() > 0) {
    if (arrived < calls_total) {
      ++arrived;
      const std::string patience = std::to_string(20'000 + random.below(40'000));
      const std::string talk = std::to_string(5'000 + random.below(20'000));
      EXPECT_EQ(tapi.command("carrier", R"({"call":"2000","from":"555","patience_ms":)" + patience +
                                            R"(,"talk_ms":)" + talk + "}"),
                0);
    }
    serve();
    tapi.run(Duration(static_cast<Duration::rep>(random.below(2'400'000))));
    serve();
    ASSERT_LT(tapi.loop().now().time_since_epoch(), std::chrono::hours{24 * 365 * 51})
        << "the day does not end";
  }
  const double cpu_us = 1e6 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  std::printf("answered %d, abandoned in the queue %d, offered %d; %.0f us a call with the test's own work; "
              "a call takes %zu bytes\n",
              answered, abandoned, offered, cpu_us / calls_total,
              sizeof(Call) + 3 * sizeof(Connection) + 2 * sizeof(Attachment));
  EXPECT_GT(answered, calls_total / 2);
  EXPECT_GE(offered, answered);
  EXPECT_EQ(offered + abandoned, calls_total); // who was offered to an agent was answered or gave up there
  tapi.run(5s);
  serve();
  tapi.settle();
  tapi.model().check();
  EXPECT_EQ(tapi.model().kept_calls(), 0U);
  EXPECT_EQ(tapi.model().kept_attachments(), 0U);
}

} // namespace
} // namespace tl::pbx::test
