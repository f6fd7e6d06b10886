// SPDX-License-Identifier: Apache-2.0
// Exactly-once completion, handle tables, and the smallest possible provider through the C functions.
#include <cstdio>
#include <gtest/gtest.h>
#include <map>
#include <vector>

#include "base/log.hpp"
#include "tsp/dispatch.hpp"
#include "tsp/exports.hpp"
#include "tsp/provider.hpp"
#include "virtual_host.hpp"

extern "C" int32_t TRUNKLINE_providerAttach(const trunkline_host*, char*, uint32_t);

namespace tl::tsp {
namespace {

std::vector<std::pair<DRV_REQUESTID, LONG>> completions;
void complete(DRV_REQUESTID id, LONG result) {
  completions.emplace_back(id, result);
}

TEST(CallOptions, PartsThatAreNotThereOrLieAreEmpty) {
  LINECALLPARAMS parameters{};
  parameters.dwTotalSize = sizeof parameters;
  parameters.dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
  EXPECT_EQ(call_options(&parameters).target_address, ""); // all its sizes are zero
  parameters.dwTargetAddressSize = 8;
  parameters.dwTargetAddressOffset = sizeof parameters - 4;
  parameters.dwCallDataSize = 0xFFFFFFF0;
  parameters.dwCallDataOffset = 0x20;
  EXPECT_EQ(call_options(&parameters).target_address, "");
  EXPECT_TRUE(call_options(&parameters).call_data.empty());
}

TEST(Request, CompletesOnce) {
  completions.clear();
  Completer completer;
  completer.set_procedure(&complete);
  Request request(completer, 7);
  EXPECT_TRUE(request);
  request.complete();
  request.fail(LINEERR_NOMEM);
  EXPECT_FALSE(request);
  ASSERT_EQ(completions.size(), 1U);
  EXPECT_EQ(completions[0].second, 0);
}

TEST(Request, UndecidedMeansFailed) {
  completions.clear();
  Completer completer;
  completer.set_procedure(&complete);
  {
    Request first(completer, 1);
    Request moved(std::move(first));
    Request second(completer, 2);
    moved = std::move(second); // 1 is given up here, 2 at the end
    EXPECT_EQ(completions.size(), 1U);
  }
  ASSERT_EQ(completions.size(), 2U);
  EXPECT_EQ(completions[0].first, 1U);
  EXPECT_EQ(completions[1].first, 2U);
  EXPECT_EQ(completions[1].second, LINEERR_OPERATIONFAILED);
}

TEST(Request, AFailureKnownDuringTheFunctionIsItsResult) {
  completions.clear();
  Completer completer;
  completer.set_procedure(&complete);
  completer.begin(3);
  Request(completer, 3).fail(LINEERR_INVALADDRESS);
  EXPECT_EQ(completer.end(), LINEERR_INVALADDRESS);
  EXPECT_TRUE(completions.empty()); // nothing follows a negative result
  completer.begin(4);
  Request(completer, 4).complete();
  EXPECT_EQ(completer.end(), 4);
  ASSERT_EQ(completions.size(), 1U);
  completer.begin(5);
  Request(completer, 6).fail(LINEERR_NOMEM); // another one, ended by this function
  EXPECT_EQ(completer.end(), 5);
  EXPECT_EQ(completions.size(), 2U);
}

TEST(HandleTable, NeverConfusesAnOldHandleWithANewObject) {
  HandleTable<int> table;
  int a = 1;
  int b = 2;
  const std::uint64_t first = table.add(a);
  EXPECT_EQ(table.find(first), &a);
  table.remove(first);
  const std::uint64_t second = table.add(b); // the same slot
  EXPECT_NE(first, second);
  EXPECT_EQ(table.find(first), nullptr);
  EXPECT_EQ(table.find(second), &b);
  for (const std::uint64_t wrong :
       {std::uint64_t{0}, ~std::uint64_t{0}, second + 1, second ^ (std::uint64_t{1} << 40)})
    EXPECT_EQ(table.find(wrong), nullptr);
  EXPECT_EQ(table.size(), 1U);
}

// One line that can do nothing but keep requests.
class Minimal final : public Provider {
public:
  Result<void> attach(Loop&, Log& log, std::string_view config) override {
    log.warn("minimal", "attached with {}", config);
    if (config == "wrong") return Error{-1, "config: wrong: something right was expected"};
    return {};
  }
  DWORD num_lines() const override { return 1; }
  void get_dev_caps(DWORD, StructWriter<LINEDEVCAPS>& out) override { out->dwNumAddresses = 1; }
  LONG get_address_caps(DWORD, DWORD, StructWriter<LINEADDRESSCAPS>&) override { return 0; }
  LONG open(const LineOpening&, Line*& line) override {
    line = &line_;
    return 0;
  }
  void close(Line&) override { kept = Request(); }
  void get_line_status(Line&, StructWriter<LINEDEVSTATUS>&) override { throw std::bad_alloc(); }
  LONG get_address_status(Line&, DWORD, StructWriter<LINEADDRESSSTATUS>&) override { throw 5; }
  LONG get_address_id(Line&, const std::string&, DWORD&) override { return 0; }
  void get_call_info(Call&, StructWriter<LINECALLINFO>&) override {}
  void get_call_status(Call&, StructWriter<LINECALLSTATUS>&) override {}
  DWORD call_id(Call&) const override { return 1; }
  void close_call(Call& call) override { forget(call); }
  void make_call(Request request, Line& line, HTAPICALL server, const std::string& to, const CallOptions&,
                 HDRVCALL& call) override {
    if (to == "throw") throw std::bad_alloc();
    call = adopt(call_, line, server);
    kept = std::move(request);
  }

  std::optional<Settings> line_settings(DWORD) override {
    return Settings{.title = "Minimal",
                    .settings = {{.name = "rings",
                                  .label = "Rings",
                                  .type = form::Type::number,
                                  .value = rings,
                                  .min = 1,
                                  .max = 9}},
                    .apply = [this](const form::Values& values) -> std::string {
                      if (values.empty()) throw std::bad_alloc();
                      rings = std::get<std::int64_t>(values.at("rings"));
                      return rings == 9 ? "Too loud." : "";
                    }};
  }

private:
  Line line_;
  Call call_;
  Request kept;
  std::int64_t rings = 3;
};

class Kit : public ::testing::Test {
protected:
  void attach(const std::string& config = "{}") {
    host = std::make_unique<test::VirtualHost>(config);
    ASSERT_EQ(TRUNKLINE_providerAttach(&host->host, nullptr, 0), 0);
    DWORD options = 0;
    ASSERT_EQ(TSPI_providerInit(0x00020002, 1, 10, 0, 1, 0, &complete, &options), 0);
    ASSERT_EQ(TSPI_lineOpen(10, nullptr, &line, 0x00020002, nullptr), 0);
    completions.clear();
  }
  ~Kit() override { TSPI_providerShutdown(0x00020002, 1); }
  std::unique_ptr<test::VirtualHost> host;
  HDRVLINE line = nullptr;
};

TEST_F(Kit, BeforeAttachAndAfterShutdownNothingWorks) {
  LINEDEVCAPS caps{};
  caps.dwTotalSize = sizeof(caps);
  EXPECT_EQ(TSPI_lineGetDevCaps(10, 0x00020002, 0, &caps), LINEERR_UNINITIALIZED);
  attach();
  EXPECT_EQ(TSPI_lineGetDevCaps(10, 0x00020002, 0, &caps), 0);
  EXPECT_EQ(TSPI_lineGetDevCaps(11, 0x00020002, 0, &caps), LINEERR_BADDEVICEID);
  EXPECT_EQ(TSPI_lineGetDevCaps(9, 0x00020002, 0, &caps), LINEERR_BADDEVICEID);
  EXPECT_EQ(TSPI_providerShutdown(0x00020002, 1), 0);
  EXPECT_EQ(TSPI_lineGetDevCaps(10, 0x00020002, 0, &caps), LINEERR_UNINITIALIZED);
  EXPECT_EQ(host->timers, 0);
}

TEST_F(Kit, AttachFailsWithASentenceAndOldHostsAreRefused) {
  char error[60] = "";
  test::VirtualHost wrong("wrong");
  EXPECT_EQ(TRUNKLINE_providerAttach(&wrong.host, error, sizeof(error)), -1);
  EXPECT_STREQ(error, "config: wrong: something right was expected");
  EXPECT_EQ(TRUNKLINE_providerAttach(&wrong.host, error, 8), -1);
  EXPECT_STREQ(error, "config:"); // cut, and ended
  wrong.host.size = 8;
  EXPECT_EQ(TRUNKLINE_providerAttach(&wrong.host, error, sizeof(error)), -1);
  EXPECT_EQ(TRUNKLINE_providerAttach(nullptr, error, sizeof(error)), -1);
  DWORD count = 0;
  EXPECT_EQ(TSPI_providerEnumDevices(1, &count, &count, nullptr, nullptr, nullptr), LINEERR_OPERATIONFAILED);
}

TEST_F(Kit, VersionsAreNegotiated) {
  DWORD version = 0;
  EXPECT_EQ(TSPI_lineNegotiateTSPIVersion(0xFFFFFFFF, 0x00010003, 0x00030001, &version), 0);
  EXPECT_EQ(version, 0x00020002U);
  EXPECT_EQ(TSPI_lineNegotiateTSPIVersion(0, 0x00010003, 0x00020001, &version), 0);
  EXPECT_EQ(version, 0x00020001U);
  EXPECT_EQ(TSPI_lineNegotiateTSPIVersion(0, 0x00030000, 0x00030001, &version),
            LINEERR_INCOMPATIBLEAPIVERSION);
  EXPECT_EQ(TSPI_lineNegotiateTSPIVersion(0, 0x00010003, 0x00010004, &version),
            LINEERR_INCOMPATIBLEAPIVERSION);
}

TEST_F(Kit, WhatAProviderLeavesOutIsUnavailable) {
  attach();
  HDRVCALL call = nullptr;
  EXPECT_EQ(TSPI_lineMakeCall(1, line, nullptr, &call, u"5", 0, nullptr), 1);
  EXPECT_EQ(TSPI_lineHold(2, call), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(TSPI_lineBlindTransfer(3, call, u"7", 0), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(TSPI_linePark(4, call, 0, nullptr, nullptr), LINEERR_OPERATIONUNAVAIL);
  HDRVCALL made = nullptr;
  DWORD completion = 0;
  EXPECT_EQ(TSPI_lineUnpark(6, line, 0, nullptr, &made, u"700"), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(TSPI_lineUnpark(6, line, 1, nullptr, &made, u"700"), LINEERR_INVALADDRESSID);
  EXPECT_EQ(TSPI_linePickup(7, line, 0, nullptr, &made, nullptr, nullptr), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(TSPI_lineForward(8, line, 1, 0, nullptr, 0, nullptr, &made, nullptr), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(TSPI_lineSetLineDevStatus(9, line, 2, 1), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(TSPI_lineCompleteCall(10, call, &completion, 2, 0), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(TSPI_lineUncompleteCall(11, line, 1), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(TSPI_lineSecureCall(12, call), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(TSPI_lineSendUserUserInfo(13, call, nullptr, 0), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(TSPI_lineReleaseUserUserInfo(14, call), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(TSPI_lineSetCallParams(15, call, 1, 0, 0, nullptr), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(TSPI_lineMonitorDigits(call, 2), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(TSPI_lineSwapHold(5, call, nullptr), LINEERR_INVALCALLHANDLE);
  EXPECT_TRUE(completions.empty());
  EXPECT_EQ(TSPI_lineClose(line), 0); // ends the request that was kept
  ASSERT_EQ(completions.size(), 1U);
  EXPECT_EQ(completions[0], std::make_pair(DRV_REQUESTID{1}, static_cast<LONG>(LINEERR_OPERATIONFAILED)));
  EXPECT_EQ(TSPI_lineClose(line), LINEERR_INVALLINEHANDLE);
}

TEST_F(Kit, SettingsAreAskedForInABlock) {
  char block[400];
  const auto ask = [&](DWORD_PTR id, DWORD type, const char* request) {
    std::snprintf(block, sizeof block, "%s", request);
    return TSPI_providerGenericDialogData(id, type, block, sizeof block);
  };
  EXPECT_EQ(ask(1, TUISPIDLL_OBJECT_PROVIDERID, "{}"), LINEERR_OPERATIONFAILED) << "nothing is attached";
  attach();
  WCHAR name[261];
  EXPECT_EQ(TSPI_providerUIIdentify(name), 0);
  EXPECT_EQ(std::u16string_view(name), u"terminal.tui.so");
  EXPECT_EQ(ask(10, TUISPIDLL_OBJECT_LINEID, R"({"op":"describe"})"), 0);
  EXPECT_STREQ(
      block,
      R"({"form":{"settings":[{"label":"Rings","max":9,"min":1,"name":"rings","type":"number","value":3}],)"
      R"("title":"Minimal"}})");
  EXPECT_EQ(ask(10, TUISPIDLL_OBJECT_LINEID, R"({"op":"apply","values":{"rings":5}})"), 0);
  EXPECT_STREQ(block, R"({"done":"Saved."})");
  EXPECT_EQ(ask(10, TUISPIDLL_OBJECT_LINEID, R"({"op":"apply","values":{"rings":9}})"), 0);
  EXPECT_STREQ(block, R"({"error":"Too loud."})");
  EXPECT_EQ(ask(10, TUISPIDLL_OBJECT_LINEID, R"({"op":"apply","values":{}})"), LINEERR_NOMEM)
      << "an exception";
  EXPECT_EQ(ask(11, TUISPIDLL_OBJECT_LINEID, "{}"), LINEERR_INVALPARAM);
  EXPECT_EQ(ask(9, TUISPIDLL_OBJECT_LINEID, "{}"), LINEERR_INVALPARAM);
  EXPECT_EQ(ask(0, TUISPIDLL_OBJECT_PHONEID, "{}"), LINEERR_INVALPARAM);
  EXPECT_EQ(ask(1, TUISPIDLL_OBJECT_PROVIDERID, R"({"op":"describe"})"), 0);
  EXPECT_STREQ(block, R"({"error":"There is nothing of this kind to set here."})");
}

TEST_F(Kit, NoExceptionCrossesTheBorder) {
  attach();
  HDRVCALL call = nullptr;
  EXPECT_EQ(TSPI_lineMakeCall(1, line, nullptr, &call, u"throw", 0, nullptr), LINEERR_NOMEM);
  EXPECT_TRUE(completions.empty());
  LINEDEVSTATUS status{};
  status.dwTotalSize = sizeof(status);
  EXPECT_EQ(TSPI_lineGetLineDevStatus(line, &status), LINEERR_NOMEM);
  LINEADDRESSSTATUS address{};
  address.dwTotalSize = sizeof(address);
  EXPECT_EQ(TSPI_lineGetAddressStatus(line, 0, &address), LINEERR_OPERATIONFAILED);
  status.dwTotalSize = 10;
  EXPECT_EQ(TSPI_lineGetLineDevStatus(line, &status), LINEERR_STRUCTURETOOSMALL);
}

} // namespace

std::unique_ptr<Provider> make_provider() {
  return std::make_unique<Minimal>();
}

} // namespace tl::tsp
