// SPDX-License-Identifier: Apache-2.0
// The SIP endpoint driver against real phones and SIPp over loopback, under a switch of a dozen lines: it
// rings the station that was dialled, joins the two, and writes down what it is told.
#include <gtest/gtest.h>

#include <csignal>
#include <fcntl.h>
#include <map>
#include <sys/wait.h>
#include <unistd.h>

#include "base/real_loop.hpp"
#include "pbx/driver.hpp"
#include "sip/phone.hpp"

namespace tl::pbx {
namespace {

using namespace std::chrono_literals;

// Two legs, or one that nobody has an answer for.
struct Desk final : DriverEvents, LegOwner {
  std::unique_ptr<Driver> driver;
  std::unique_ptr<Leg> in, out, second;
  std::vector<std::string> events;
  std::map<std::string, bool> reachable;
  std::string called;
  Party caller;
  Cause cause = Cause::normal;
  bool answer_at_once = false, place_calls = true;
  Treatment hears{Treatment::Kind::music, ""};

  std::string name(const Leg& leg) const {
    return &leg == in.get() ? "in" : &leg == out.get() ? "out" : "second";
  }
  LegOwner* incoming(std::unique_ptr<Leg> leg, Destination::Kind kind, const std::string& device,
                     const Party& from, const std::string& to) override {
    events.push_back((kind == Destination::Kind::station ? "from station " : "from trunk ") + device);
    caller = from;
    called = to;
    if (in) {
      second = std::move(leg);
      second->answer();
      return this;
    }
    in = std::move(leg);
    if (answer_at_once) {
      in->answer();
      in->treat(hears);
    }
    if (place_calls) out = driver->place({Destination::Kind::station, to, "", from}, *this);
    return this;
  }
  void station_reachable(const std::string& number, bool yes) override { reachable[number] = yes; }
  void leg_alerting(Leg& leg) override {
    note("alerting", leg);
    if (in && &leg == out.get()) in->ring();
  }
  void leg_answered(Leg& leg) override {
    note("answered", leg);
    if (!in || &leg != out.get()) return;
    if (!answer_at_once) in->answer();
    in->join(*out);
  }
  void leg_answer_refused(Leg& leg) override { note("answer refused", leg); }
  void leg_ended(Leg& leg, Cause why) override {
    note("ended", leg);
    cause = why;
    if (&leg == in.get() && out) out->hangup(Cause::cancelled);
    if (&leg == out.get() && in) in->hangup(why);
    in.reset();
    out.reset();
  }
  void leg_held(Leg& leg, bool held) override { note(held ? "held" : "unheld", leg); }
  void leg_transfer(Leg& leg, const std::string& target) override { note("transfer to " + target, leg); }
  void leg_transfer_to(Leg& leg, Leg& other) override { note("transfer to leg " + name(other), leg); }
  void leg_digit(Leg& leg, char digit, Time) override { note(std::string("digit ") + digit, leg); }
  void leg_tone(Leg&, std::size_t, Time) override {}
  void leg_digits_sent(Leg& leg, bool complete) override {
    note(complete ? "digits sent" : "digits unsent", leg);
  }
  void note(const std::string& what, const Leg& leg) { events.push_back(name(leg) + " " + what); }
  bool saw(const std::string& event) const { return std::count(events.begin(), events.end(), event) > 0; }
};

struct Watcher final : sip::PhoneEvents {
  int registered = 0, ringing = 0, connected = 0, ended = 0, transferred = 0, held = 0;
  void phone_registered(sip::Phone&, int status) override { registered = status; }
  void phone_ringing(sip::Phone&, sip::PhoneCall&) override { ++ringing; }
  void phone_connected(sip::Phone&, sip::PhoneCall&) override { ++connected; }
  void phone_ended(sip::Phone&, sip::PhoneCall&, int status) override { ended = status; }
  void phone_held(sip::Phone&, sip::PhoneCall&, int status) override { held = status; }
  void phone_transferred(sip::Phone&, sip::PhoneCall&, int status) override { transferred = status; }
};

// A UDP and TCP port nobody has: asked of the system, then given back.
int free_port() {
  RealLoop loop;
  return (*sip::Udp::open(loop, *sip::Address::parse("127.0.0.1:0")))->local().port;
}

struct DriverTest : testing::Test {
  RealLoop loop;
  NullLog log;
  Desk desk;
  int port = free_port();
  std::string server = "127.0.0.1:" + std::to_string(port);

  int carrier_port = free_port();

  void SetUp() override {
    start(R"("trunk":[{"name":"carrier","peers":["127.0.0.0/8"],"calls_max":2,"proxy":"127.0.0.1:)" +
          std::to_string(carrier_port) + R"("}])");
  }
  void start(const std::string& trunks) {
    const std::string config =
        R"({"sip":{"udp":")" + server + R"(","tcp":")" + server + R"("},"media":{"ports":[31000,31998]},)" +
        R"("station":[{"number":"1001","name":"Ann","password":"one"},{"number":"1002","password":"two"}],)" +
        trunks + "}";
    auto made = make_sip_driver({loop, log, desk, config});
    ASSERT_TRUE(made) << made.error().text;
    desk.driver = std::move(*made);
  }
  void TearDown() override {
    desk.in.reset();
    desk.out.reset();
    desk.second.reset();
    run_for(20ms);
  }
  void run_for(Duration span) {
    Timer timer(loop, [this] { loop.stop(); });
    timer.start(span);
    loop.run();
  }
  template <class Condition> bool eventually(Condition condition, Duration limit = 5s) {
    for (Duration waited{}; waited < limit; waited += 10ms) {
      if (condition()) return true;
      run_for(10ms);
    }
    return condition();
  }
  std::unique_ptr<sip::Phone> phone(const std::string& number, const std::string& password, Watcher& watcher,
                                    double tone = 0, sip::Protocol protocol = sip::Protocol::udp) {
    sip::PhoneConfig config;
    config.local = *sip::Address::parse("127.0.0.1:0");
    config.protocol = protocol;
    config.server = server;
    config.number = number;
    config.password = password;
    config.tone_hz = tone;
    config.seed = {static_cast<std::uint64_t>(++phones_), 99};
    auto opened = sip::Phone::open(loop, log, config, watcher);
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }
  // Two registered phones, the first has called the second, which has answered.
  void connect(sip::Phone& a, sip::Phone& b, Watcher& wa, Watcher& wb) {
    b.config().answer_after = 0ms;
    a.enroll();
    b.enroll();
    ASSERT_TRUE(eventually([&] { return wa.registered == 200 && wb.registered == 200; }));
    ASSERT_NE(a.call("1002"), nullptr);
    ASSERT_TRUE(eventually([&] { return wa.connected == 1 && wb.connected == 1; }));
  }
  static double heard(sip::Phone& one, double hz) { return one.calls().front()->sound()->level(hz); }
  int phones_ = 0;
};

TEST_F(DriverTest, StationsRegisterCallAndHearEachOther) {
  Watcher wa, wb;
  auto a = phone("1001", "one", wa, 440), b = phone("1002", "two", wb, 1000);
  connect(*a, *b, wa, wb);
  EXPECT_TRUE(desk.reachable["1001"] && desk.reachable["1002"]);
  EXPECT_TRUE(desk.saw("from station 1001"));
  EXPECT_EQ(desk.caller.name, "Ann");
  EXPECT_TRUE(eventually([&] { return heard(*a, 1000) > 6000 && heard(*b, 440) > 6000; }));
  EXPECT_LT(heard(*a, 440), 500);
  a->calls().front()->hangup();
  EXPECT_TRUE(eventually([&] { return wb.ended == 200; }));
  EXPECT_TRUE(desk.saw("in ended"));
  EXPECT_EQ(desk.cause, Cause::normal);
  b->withdraw();
  EXPECT_TRUE(eventually([&] { return !desk.reachable["1002"]; }));
}

TEST_F(DriverTest, OverTcp) {
  Watcher wa, wb;
  auto a = phone("1001", "one", wa, 440, sip::Protocol::tcp),
       b = phone("1002", "two", wb, 1000, sip::Protocol::tcp);
  connect(*a, *b, wa, wb);
  EXPECT_TRUE(eventually([&] { return heard(*a, 1000) > 6000 && heard(*b, 440) > 6000; }));
  b->calls().front()->hangup();
  EXPECT_TRUE(eventually([&] { return wa.ended == 200; }));
}

TEST_F(DriverTest, WrongPasswordUnregisteredAndUnknown) {
  Watcher wa, wb;
  auto a = phone("1001", "wrong", wa), stranger = phone("555", "", wb);
  a->enroll();
  EXPECT_TRUE(eventually([&] { return wa.registered != 0; }));
  EXPECT_EQ(wa.registered, 401);
  a->call("1002");
  EXPECT_TRUE(eventually([&] { return wa.ended == 401; }));
  EXPECT_TRUE(desk.events.empty());
  // 555 is nobody's station: a caller on the trunk, who finds 1002 unregistered.
  stranger->call("1002");
  EXPECT_TRUE(eventually([&] { return wb.ended == 480; }));
  EXPECT_TRUE(desk.saw("from trunk carrier"));
  EXPECT_EQ(desk.cause, Cause::unreachable);
}

TEST_F(DriverTest, HoldAndUnhold) {
  Watcher wa, wb;
  auto a = phone("1001", "one", wa, 440), b = phone("1002", "two", wb, 1000);
  connect(*a, *b, wa, wb);
  ASSERT_TRUE(eventually([&] { return heard(*a, 1000) > 6000; }));
  EXPECT_TRUE(b->calls().front()->hold(true));
  EXPECT_TRUE(eventually([&] { return desk.saw("out held"); }));
  desk.in->treat({Treatment::Kind::music, ""});
  EXPECT_TRUE(eventually([&] { return heard(*a, 1000) < 500; }));
  EXPECT_TRUE(eventually([&] { return wb.held == 200; }));
  EXPECT_TRUE(b->calls().front()->hold(false));
  EXPECT_TRUE(eventually([&] { return desk.saw("out unheld"); }));
  desk.in->join(*desk.out);
  EXPECT_TRUE(eventually([&] { return heard(*a, 1000) > 6000 && heard(*b, 440) > 6000; }));
}

TEST_F(DriverTest, BlindTransferIsToldHowItWent) {
  Watcher wa, wb;
  auto a = phone("1001", "one", wa), b = phone("1002", "two", wb);
  connect(*a, *b, wa, wb);
  EXPECT_TRUE(b->calls().front()->transfer("2000"));
  EXPECT_TRUE(eventually([&] { return desk.saw("out transfer to 2000"); }));
  desk.out->hangup(Cause::normal); // as the model does once it is through
  EXPECT_TRUE(eventually([&] { return wb.transferred == 200 && wb.ended == 200; }));
}

TEST_F(DriverTest, ConsultedTransferNamesTheOtherLeg) {
  Watcher wa;
  auto a = phone("1001", "one", wa);
  desk.place_calls = false;
  desk.answer_at_once = true;
  ASSERT_NE(a->call("3000"), nullptr);
  ASSERT_TRUE(eventually([&] { return wa.connected == 1; }));
  ASSERT_NE(a->call("4000"), nullptr);
  ASSERT_TRUE(eventually([&] { return wa.connected == 2; }));
  EXPECT_TRUE(a->calls()[0]->transfer_to(*a->calls()[1]));
  EXPECT_TRUE(eventually([&] { return desk.saw("in transfer to leg second"); }));
}

TEST_F(DriverTest, PhoneAnswersWhenAsked) {
  Watcher wb;
  auto b = phone("1002", "two", wb);
  b->enroll();
  ASSERT_TRUE(eventually([&] { return wb.registered == 200; }));
  desk.out = desk.driver->place({Destination::Kind::station, "1002", "", {"77", "Test"}}, desk);
  EXPECT_TRUE(eventually([&] { return desk.saw("out alerting"); }));
  EXPECT_FALSE(desk.saw("out answered"));
  EXPECT_EQ(b->calls().front()->caller(), "77");
  desk.out->request_answer();
  EXPECT_TRUE(eventually([&] { return desk.saw("out answered"); }));
  desk.out->hangup(Cause::normal);
  EXPECT_TRUE(eventually([&] { return wb.ended == 200; }));
}

TEST_F(DriverTest, RingingPhoneIsCancelled) {
  Watcher wb;
  auto b = phone("1002", "two", wb);
  b->enroll();
  ASSERT_TRUE(eventually([&] { return wb.registered == 200; }));
  desk.out = desk.driver->place({Destination::Kind::station, "1002", "", {"77", ""}}, desk);
  ASSERT_TRUE(eventually([&] { return wb.ringing == 1; }));
  desk.out.reset(); // destroyed alive: hangs up and reports nothing
  EXPECT_TRUE(eventually([&] { return wb.ended == 487; }));
  EXPECT_FALSE(desk.saw("out ended"));
}

TEST_F(DriverTest, EveryPlaceOfAStationRingsAndTheFirstAnswerHasIt) {
  Watcher w1, w2;
  auto desk_phone = phone("1002", "two", w1), soft_phone = phone("1002", "two", w2);
  desk_phone->enroll();
  soft_phone->enroll();
  ASSERT_TRUE(eventually([&] { return w1.registered == 200 && w2.registered == 200; }));
  desk.out = desk.driver->place({Destination::Kind::station, "1002", "", {"77", ""}}, desk);
  ASSERT_TRUE(eventually([&] { return w1.ringing == 1 && w2.ringing == 1; }));
  desk_phone->calls().front()->answer();
  EXPECT_TRUE(eventually([&] { return desk.saw("out answered") && w2.ended == 487; }));
  EXPECT_EQ(w1.ended, 0);
  desk.out->hangup(Cause::normal);
  EXPECT_TRUE(eventually([&] { return w1.ended == 200; }));

  // One refuses, the other goes on ringing; then nobody is left.
  desk.events.clear();
  desk_phone->config().refuse_with = 486;
  desk.out = desk.driver->place({Destination::Kind::station, "1002", "", {"77", ""}}, desk);
  ASSERT_TRUE(eventually([&] { return w2.ringing == 2; }));
  run_for(50ms);
  EXPECT_FALSE(desk.saw("out ended"));
  soft_phone->calls().front()->hangup();
  EXPECT_TRUE(eventually([&] { return desk.saw("out ended"); }));
  EXPECT_EQ(desk.cause, Cause::busy);
}

TEST_F(DriverTest, TrunkCarriesCallsOutAndIsLimited) {
  Watcher wc;
  sip::PhoneConfig config;
  config.local = *sip::Address::parse("127.0.0.1:" + std::to_string(carrier_port));
  config.number = "carrier";
  config.answer_after = 0ms;
  auto opened = sip::Phone::open(loop, log, config, wc);
  ASSERT_TRUE(opened) << opened.error().text;
  sip::Phone& carrier = **opened;
  const Destination to{Destination::Kind::trunk, "carrier", "0041441234567", {"1001", "Ann"}};
  desk.out = desk.driver->place(to, desk);
  EXPECT_TRUE(eventually([&] { return desk.saw("out answered"); }));
  EXPECT_EQ(carrier.calls().front()->caller(), "1001");
  desk.second = desk.driver->place(to, desk);
  EXPECT_TRUE(eventually([&] { return desk.saw("second answered"); }));
  // A caller from there is refused as early, before the model hears of it.
  Watcher ws;
  auto stranger = phone("555", "", ws);
  stranger->call("1002");
  EXPECT_TRUE(eventually([&] { return ws.ended == 503; }));
  EXPECT_FALSE(desk.saw("from trunk carrier"));
  // One more out than calls_max.
  desk.in = desk.driver->place(to, desk);
  EXPECT_FALSE(desk.saw("in ended")); // never before place() has returned
  EXPECT_TRUE(eventually([&] { return desk.saw("in ended"); }));
  EXPECT_EQ(desk.cause, Cause::congestion);
}

TEST_F(DriverTest, TrunkThatIsNotThereIsUnreachable) {
  desk.out = desk.driver->place({Destination::Kind::trunk, "nowhere", "1", {}}, desk);
  EXPECT_TRUE(eventually([&] { return desk.saw("out ended"); }));
  EXPECT_EQ(desk.cause, Cause::unreachable);
}

TEST_F(DriverTest, BusyPhoneDecidesForARegistrationThatOutlivedItsPhone) {
  Watcher w1, w2;
  auto alive = phone("1002", "two", w1), gone = phone("1002", "two", w2);
  gone->enroll();
  alive->enroll();
  ASSERT_TRUE(eventually([&] { return w1.registered == 200 && w2.registered == 200; }));
  gone.reset();
  alive->config().refuse_with = 486;
  desk.out = desk.driver->place({Destination::Kind::station, "1002", "", {"77", ""}}, desk);
  EXPECT_TRUE(eventually([&] { return desk.saw("out ended"); }, 3s));
  EXPECT_EQ(desk.cause, Cause::busy);
}

TEST_F(DriverTest, RefusedAndBusy) {
  Watcher wb;
  auto b = phone("1002", "two", wb);
  b->config().refuse_with = 486;
  b->enroll();
  ASSERT_TRUE(eventually([&] { return wb.registered == 200; }));
  desk.out = desk.driver->place({Destination::Kind::station, "1002", "", {"77", ""}}, desk);
  EXPECT_TRUE(eventually([&] { return desk.events.size() == 1; }));
  EXPECT_EQ(desk.cause, Cause::busy);
}

TEST_F(DriverTest, DigitsBothWays) {
  Watcher wa;
  auto a = phone("1001", "one", wa, 440);
  desk.place_calls = false;
  desk.answer_at_once = true;
  ASSERT_NE(a->call("2000"), nullptr);
  ASSERT_TRUE(eventually([&] { return wa.connected == 1; }));
  run_for(100ms);
  a->calls().front()->sound()->send_digits("12#");
  EXPECT_TRUE(
      eventually([&] { return desk.saw("in digit 1") && desk.saw("in digit 2") && desk.saw("in digit #"); }));
  desk.in->send_digits("9*", 80ms);
  EXPECT_TRUE(eventually([&] { return a->calls().front()->sound()->digits() == "9*"; }));
  EXPECT_TRUE(eventually([&] { return desk.saw("in digits sent"); }));
}

TEST_F(DriverTest, MusicIsHeardInAQueue) {
  Watcher wa;
  auto a = phone("1001", "one", wa);
  desk.place_calls = false;
  desk.answer_at_once = true;
  desk.hears = {Treatment::Kind::ringback, ""}; // 440 and 480 Hz: a tone one can measure
  ASSERT_NE(a->call("2000"), nullptr);
  EXPECT_TRUE(
      eventually([&] { return wa.connected == 1 && heard(*a, 440) > 1000 && heard(*a, 480) > 1000; }));
}

// Runs a program with its output thrown away; the exit code, or -1 if it had to be killed.
int run_program(const std::vector<std::string>& arguments,
                const std::function<bool(const std::function<bool()>&)>& wait_for) {
  std::vector<char*> raw;
  for (const std::string& one : arguments) raw.push_back(const_cast<char*>(one.c_str()));
  raw.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    const int null = ::open("/dev/null", O_RDWR);
    for (int fd = 0; fd < 3; ++fd) ::dup2(null, fd);
    ::chdir("/tmp");
    ::execvp(raw[0], raw.data());
    ::_exit(127);
  }
  int status = 0;
  const bool over = wait_for([&] { return ::waitpid(child, &status, WNOHANG) == child; });
  if (!over) {
    ::kill(child, SIGKILL);
    ::waitpid(child, &status, 0);
    return -1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(DriverTest, SippCallsOverUdpAndTcp) {
  Watcher wb;
  auto b = phone("1002", "two", wb);
  b->config().answer_after = 0ms;
  b->enroll();
  ASSERT_TRUE(eventually([&] { return wb.registered == 200; }));
  for (const std::string transport : {"u1", "t1"}) {
    const int code = run_program({"sipp",     "-sn",     "uac",       server, "-s",
                                  "1002",     "-i",      "127.0.0.1", "-p",   std::to_string(free_port()),
                                  "-t",       transport, "-m",        "3",    "-l",
                                  "1",        "-r",      "5",         "-d",   "100",
                                  "-timeout", "15",      "-nostdin"},
                                 [&](const std::function<bool()>& over) { return eventually(over, 20s); });
    if (code == 127) GTEST_SKIP() << "sipp is not installed";
    EXPECT_EQ(code, 0) << transport;
  }
  EXPECT_EQ(wb.connected, 6);
}

TEST(DriverConfig, EveryMistakeIsNamed) {
  RealLoop loop;
  NullLog log;
  Desk desk;
  const std::pair<const char*, const char*> cases[] = {
      {R"({"sip":{"udp":"localhost"}})", "sip.udp"},
      {R"({"sip":{"udp":["127.0.0.1:5060",7]}})", "sip.udp"},
      {R"({"sip":{"session_expires_s":30}})", "sip.session_expires_s"},
      {R"({"media":{"ports":[20000]}})", "media.ports"},
      {R"({"media":{"address":"nowhere.example"}})", "media.address"},
      {R"({"trunk":[{"name":"t","peers":["10.0.0.0/40"]}]})", "trunk[0].peers"},
      {R"({"trunk":[{"name":"t","proxy":"sip:"}]})", "trunk[0].proxy"},
      {R"({"station":[{"number":"1","contact":"x y"}]})", "station[0].contact"},
      {R"({"sip":{"auth_algorithms":["SHA-1"]}})", "sip.auth_algorithms"},
      {"nonsense", "JSON"},
  };
  for (const auto& [config, key] : cases) {
    const auto made = make_sip_driver({loop, log, desk, config});
    ASSERT_FALSE(made) << config;
    EXPECT_NE(made.error().text.find(key), std::string::npos) << made.error().text;
  }
}

TEST(DriverConfig, PortInUseIsNamed) {
  RealLoop loop;
  NullLog log;
  Desk desk;
  auto taken = sip::Udp::open(loop, *sip::Address::parse("127.0.0.1:0"));
  const std::string address = sip::to_string((*taken)->local());
  const auto made = make_sip_driver({loop, log, desk, R"({"sip":{"udp":")" + address + R"("}})"});
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().text.find(address), std::string::npos) << made.error().text;
}

} // namespace
} // namespace tl::pbx
