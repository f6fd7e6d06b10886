// SPDX-License-Identifier: Apache-2.0
// pbx.tsp as a server loads it: dlopen, attach, a simulated call through, shutdown; and what it exports.
#include <cstring>
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <vector>

#include "tsp/virtual_host.hpp"
#include "tspi.h"

namespace tl::pbx::test {
namespace {

constexpr const char* site = R"({
  "station": [{"number": "1001", "driver": "sim"}, {"number": "1002", "driver": "sim"}],
  "queue": [{"name": "support", "number": "2900"}]})";

// Function by name, as the server resolves it.
template <class F> F* resolve(void* module, const char* name) {
  return reinterpret_cast<F*>(dlsym(module, name));
}

struct Seen {
  std::vector<DWORD> states;
  HTAPICALL next = nullptr;
};
Seen* seen = nullptr;
void on_event(HTAPILINE, HTAPICALL, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR) {
  if (message == LINE_NEWCALL) *reinterpret_cast<HTAPICALL*>(p2) = reinterpret_cast<HTAPICALL>(0x77);
  if (message == LINE_CALLSTATE) seen->states.push_back(static_cast<DWORD>(p1));
}
void on_completion(DRV_REQUESTID, LONG) {}

class Module : public ::testing::Test {
protected:
  Module() : module(dlopen(TRUNKLINE_PBX_TSP, RTLD_NOW | RTLD_LOCAL)) {}
  ~Module() override {
    if (module != nullptr) dlclose(module);
  }
  int attach(tl::test::VirtualHost& host, std::string* why = nullptr) {
    char error[300] = "";
    auto* const function =
        resolve<int32_t(const trunkline_host*, char*, uint32_t)>(module, TRUNKLINE_PROVIDER_ATTACH_NAME);
    const int result = function(&host.host, error, sizeof(error));
    if (why != nullptr) *why = error;
    return result;
  }
  void* module;
};

TEST_F(Module, RunsACallFromOneSimulatedPhoneToAnother) {
  ASSERT_NE(module, nullptr) << dlerror();
  Seen record;
  seen = &record;
  tl::test::VirtualHost host(site);
  ASSERT_EQ(attach(host), 0);
  DWORD lines = 0;
  DWORD phones = 0;
  DWORD options = 0;
  ASSERT_EQ(resolve<decltype(TSPI_providerEnumDevices)>(module, "TSPI_providerEnumDevices")(
                1, &lines, &phones, nullptr, nullptr, nullptr),
            0);
  EXPECT_EQ(lines, 3U);
  ASSERT_EQ(resolve<decltype(TSPI_providerInit)>(module, "TSPI_providerInit")(0x00020002, 1, 0, 0, lines, 0,
                                                                              &on_completion, &options),
            0);
  HDRVLINE line = nullptr;
  ASSERT_EQ(resolve<decltype(TSPI_lineOpen)>(module, "TSPI_lineOpen")(1, reinterpret_cast<HTAPILINE>(0x11),
                                                                      &line, 0x00020002, &on_event),
            0);
  HDRVLINE first = nullptr;
  ASSERT_EQ(resolve<decltype(TSPI_lineOpen)>(module, "TSPI_lineOpen")(0, reinterpret_cast<HTAPILINE>(0x10),
                                                                      &first, 0x00020002, &on_event),
            0);
  host.loop.settle();
  std::string command = R"({"dial":"1002"})";
  EXPECT_EQ(resolve<decltype(TSPI_lineDevSpecific)>(module, "TSPI_lineDevSpecific")(
                1, first, 0, nullptr, command.data(), static_cast<DWORD>(command.size())),
            1);
  host.loop.run_for(3s);
  const std::vector<DWORD> expected = {LINECALLSTATE_PROCEEDING, LINECALLSTATE_OFFERING,
                                       LINECALLSTATE_RINGBACK, LINECALLSTATE_CONNECTED,
                                       LINECALLSTATE_CONNECTED};
  EXPECT_EQ(record.states, expected);
  EXPECT_EQ(resolve<decltype(TSPI_providerShutdown)>(module, "TSPI_providerShutdown")(0x00020002, 1), 0);
  EXPECT_EQ(host.timers, 0);
  host.loop.run_for(10s); // nothing of it is left to run
}

TEST_F(Module, SaysWhatIsWrongWithItsConfiguration) {
  ASSERT_NE(module, nullptr);
  std::string why;
  tl::test::VirtualHost host(R"({"queue": [{"name": "q", "number": 5}]})");
  EXPECT_EQ(attach(host, &why), -1);
  EXPECT_EQ(why, "queue[0].number: 5: a text in quotes was expected");
  tl::test::VirtualHost sim(R"({"station": [{"number": "1", "driver": "sim", "sim": {"moody": 1}}]})");
  EXPECT_EQ(attach(sim, &why), -1);
  EXPECT_EQ(why, "station.sim.moody: 1: a behaviour of the simulator's README was expected");
  EXPECT_EQ(host.timers + sim.timers, 0);
}

TEST_F(Module, ExportsTheTspiAndNothingElse) {
  ASSERT_NE(module, nullptr);
  EXPECT_NE(dlsym(module, "TSPI_lineMakeCall"), nullptr);
  EXPECT_NE(dlsym(module, "TRUNKLINE_providerAttach"), nullptr);
  EXPECT_EQ(dlsym(module, "_ZN2tl3tsp13make_providerEv"), nullptr);
  EXPECT_NE(dlsym(module, "TSPI_phoneOpen"), nullptr); // each station is a phone too
}

} // namespace
} // namespace tl::pbx::test
