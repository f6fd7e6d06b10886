// SPDX-License-Identifier: Apache-2.0
// Simulated callers and phones, driven by lineDevSpecific, under the virtual clock.
#include <gtest/gtest.h>

#include "pbx/sim/behaviour.hpp"
#include "tapi_double.hpp"

namespace tl::pbx::test {
namespace {

constexpr const char* site = R"({
  "sim": {"answer_after_ms": 1000},
  "station": [{"number": "1001", "driver": "sim"}, {"number": "1002", "driver": "sim", "sim": {"answer_after_ms": 3000}},
              {"number": "1003", "driver": "sim", "sim": {"unreachable": true}}],
  "trunk": [{"name": "carrier", "prefix": "0", "driver": "sim"}],
  "route_point": [{"number": "2000", "queue": "support", "default_routing_timeout_ms": 1000}],
  "queue": [{"name": "support", "number": "2900"}]})";

class Sim : public ::testing::Test {
protected:
  Sim() : tapi(site) { tapi.take(); }
  ~Sim() override { tapi.model().check(); }
  void expect_nothing_left() {
    tapi.run(3s);
    tapi.close_finished();
    tapi.settle();
    EXPECT_EQ(tapi.model().kept_calls(), 0U);
    EXPECT_EQ(tapi.model().kept_attachments(), 0U);
  }
  TapiDouble tapi;
};

TEST_F(Sim, ACallerWaitsTalksAndHangsUp) {
  EXPECT_EQ(tapi.command("carrier",
                         R"({"call":"2000","from":"555","name":"Ada","patience_ms":30000,"talk_ms":60000})"),
            0);
  EXPECT_EQ(tapi.info("2000").caller_name, "Ada");
  tapi.run(1s);
  EXPECT_EQ(tapi.state("2900"), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
  tapi.run(10s);
  EXPECT_EQ(tapi.blind_transfer("2900", "1001"), 0);
  tapi.run(999ms);
  EXPECT_EQ(tapi.state("1001"), static_cast<DWORD>(LINECALLSTATE_OFFERING));
  tapi.run(1ms);
  EXPECT_EQ(tapi.state("1001"), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
  tapi.run(59'999ms); // patience is over long ago, but he talks
  EXPECT_EQ(tapi.state("1001"), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
  tapi.run(1ms);
  EXPECT_EQ(tapi.state("1001"), static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
  expect_nothing_left();
}

TEST_F(Sim, ACallerLosesPatienceMusicIsNotAPerson) {
  EXPECT_EQ(tapi.command("carrier", R"({"call":"2900","patience_ms":5000})"), 0);
  tapi.run(4999ms);
  EXPECT_EQ(tapi.state("2900"), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
  tapi.run(1ms);
  EXPECT_EQ(tapi.state("2900"), static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
  expect_nothing_left();
}

TEST_F(Sim, PhonesRefuseRingForEverOrAreAway) {
  const auto offer = [&](const std::string& habit) {
    EXPECT_EQ(tapi.command("1001", habit), 0);
    return tapi.blind_transfer("2900", "1001");
  };
  EXPECT_EQ(tapi.command("carrier", R"({"call":"2900"})"), 0);
  EXPECT_EQ(offer(R"({"reject":"busy"})"), 0);
  tapi.settle();
  EXPECT_EQ(tapi.info("2900").reason, static_cast<DWORD>(LINECALLREASON_FWDBUSY));
  EXPECT_EQ(offer(R"({"reject":false,"no_answer":true})"), 0);
  tapi.run(60s);
  EXPECT_EQ(tapi.state("1001"), static_cast<DWORD>(LINECALLSTATE_OFFERING));
  EXPECT_EQ(tapi.redirect("1001", "2900"), 0);
  EXPECT_EQ(offer(R"({"no_answer":false,"unreachable":true})"), LINEERR_OPERATIONFAILED);
  EXPECT_EQ(tapi.blind_transfer("2900", "1003"), LINEERR_OPERATIONFAILED);
  EXPECT_EQ(offer(R"({"unreachable":false})"), 0);
  tapi.run(1s);
  EXPECT_EQ(tapi.state("1001"), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
}

TEST_F(Sim, LineAnswerTakesASimulatedPhoneOffHook) {
  EXPECT_EQ(tapi.command("carrier", R"({"call":"1002"})"), 0);
  tapi.run(500ms);
  EXPECT_EQ(tapi.answer("1002"), 1);
  tapi.take();
  tapi.settle();
  EXPECT_EQ(tapi.take(),
            "reply 0\n1002 CONNECTED\ncarrier CONNECTED\ncarrier info CONNECTEDID\n1002 info CONNECTEDID\n");
  EXPECT_EQ(tapi.command("1002", R"({"hangup":true})"), 0);
  EXPECT_EQ(tapi.command("1002", R"({"answer_refused":true})"), 0);
  EXPECT_EQ(tapi.command("carrier", R"({"call":"1002"})"), 0);
  EXPECT_EQ(tapi.answer("1002"), LINEERR_OPERATIONUNAVAIL);
}

TEST_F(Sim, AUserDialsHoldsAndTransfers) {
  EXPECT_EQ(tapi.command("1001", R"({"dial":"1002"})"), 0);
  tapi.run(3s);
  EXPECT_EQ(tapi.state("1002"), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
  EXPECT_EQ(tapi.command("1002", R"({"hold":true})"), 0);
  EXPECT_EQ(tapi.state("1002"), static_cast<DWORD>(LINECALLSTATE_ONHOLD));
  EXPECT_EQ(tapi.command("1002", R"({"hold":false})"), 0);
  EXPECT_EQ(tapi.command("1002", R"({"transfer":"0301"})"), 0);
  EXPECT_EQ(tapi.state("1002"), static_cast<DWORD>(LINECALLSTATE_IDLE));
  tapi.run(1s);
  EXPECT_EQ(tapi.state("carrier"), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
  EXPECT_EQ(tapi.info("1001").connected, "0301");
  EXPECT_EQ(tapi.command("1001", R"({"hangup":true})"), 0);
  expect_nothing_left();
}

TEST_F(Sim, HabitsHoldAndHangUpByThemselves) {
  EXPECT_EQ(tapi.command("1001",
                         R"({"answer_after_ms":0,"hold_after_ms":500,"unhold_after_ms":700,"talk_ms":2000})"),
            0);
  EXPECT_EQ(tapi.command("carrier", R"({"call":"1001","digits":"12"})"), 0);
  tapi.settle();
  EXPECT_EQ(TSPI_lineMonitorDigits(tapi.hd("1001"), LINEDIGITMODE_DTMF), 0);
  tapi.take();
  tapi.run(5s);
  EXPECT_EQ(tapi.take(), "1001 digit 1\n1001 digit 2\n1001 ONHOLD\n1001 CONNECTED\n1001 IDLE\n"
                         "carrier DISCONNECTED NORMAL\ncarrier IDLE\n");
}

TEST_F(Sim, ConsultedTransferByThePhone) {
  EXPECT_EQ(tapi.command("carrier", R"({"call":"1001"})"), 0);
  tapi.run(1s);
  EXPECT_EQ(tapi.command("1001", R"({"hold":true})"), 0);
  EXPECT_EQ(tapi.command("1001", R"({"dial":"1002"})"), 0);
  tapi.run(3s);
  EXPECT_EQ(tapi.command("1001", R"({"transfer_to":true})"), 0);
  EXPECT_EQ(tapi.info("1002").connected, tapi.info("1002").caller);
  EXPECT_EQ(tapi.state("1002"), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
  EXPECT_EQ(tapi.state("carrier"), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
  EXPECT_EQ(tapi.info("1002").id, tapi.info("carrier").id);
}

TEST_F(Sim, CommandsThatAreWrongNameKeyAndValue) {
  const std::pair<const char*, const char*> cases[] = {
      {"nonsense", "a JSON object"},
      {"[1]", "a JSON object"},
      {R"({"answer_after_ms":-1})", "answer_after_ms: -1: milliseconds"},
      {R"({"answer_after_ms":99999999999})", "answer_after_ms: 99999999999: milliseconds"},
      {R"({"answer_after_ms":"soon"})", "answer_after_ms: \"soon\": milliseconds"},
      {R"({"reject":"maybe"})", "reject: \"maybe\": \"busy\""},
      {R"({"fly":true})", "fly: true: a key"},
      {R"({"call":"2000","mood":"bad"})", "mood: \"bad\": call, from"},
      {R"({"call":1})", "call: 1: a text"}};
  for (const auto& [text, expected] : cases) {
    auto command = sim::read_command(text, {});
    ASSERT_FALSE(command) << text;
    EXPECT_NE(command.error().text.find(expected), std::string::npos) << command.error().text;
    EXPECT_EQ(tapi.command("1001", text), LINEERR_INVALPARAM);
  }
  EXPECT_EQ(tapi.command("1001", R"({"call":"2000"})"), LINEERR_INVALPARAM); // only trunks have callers
  EXPECT_EQ(tapi.command("2000", R"({"call":"2000"})"), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(tapi.command("1001", std::string(5000, ' ')), LINEERR_INVALPARAM);
}

} // namespace
} // namespace tl::pbx::test
