// SPDX-License-Identifier: Apache-2.0
#include <poll.h>

#include "in_process.hpp"

namespace tl::test {
namespace {

void ignore(DWORD, DWORD, DWORD_PTR, DWORD_PTR, DWORD_PTR, DWORD_PTR) {}

class Initialize : public InProcess {
protected:
  LONG line(DWORD options, LINECALLBACK callback, DWORD size = sizeof(LINEINITIALIZEEXPARAMS)) {
    params_ = {};
    params_.dwTotalSize = size;
    params_.dwOptions = options;
    const LONG result = lineInitializeExA(&app_, nullptr, callback, "test", &devices_, &version_, &params_);
    if (result == 0) apps_.push_back(app_);
    return result;
  }

  HLINEAPP app_ = 0;
  DWORD devices_ = 0;
  DWORD version_ = 0x00020002;
  LINEINITIALIZEEXPARAMS params_{};
};

TEST_F(Initialize, GivesHandleDevicesVersionAndEvent) {
  version_ = 0x00030001;
  ASSERT_EQ(line(LINEINITIALIZEEXOPTION_USEEVENT, nullptr), 0);
  EXPECT_EQ(app_, server_.app);
  EXPECT_EQ(devices_, 2u);
  EXPECT_EQ(version_, 0x00020002u);
  EXPECT_EQ(params_.dwUsedSize, sizeof params_);
  EXPECT_GE(static_cast<int>(reinterpret_cast<INT_PTR>(params_.Handles.hEvent)), 0);
  const auto request = server_.last();
  EXPECT_EQ(std::get<0>(server_.arguments<Fn::lineInitializeEx>(request)), u"test");
  EXPECT_EQ(std::get<1>(server_.arguments<Fn::lineInitializeEx>(request)), u"test_tapi32");
  EXPECT_TRUE(server_.who.in_process);
}

TEST_F(Initialize, RefusesWhatThePageRefuses) {
  EXPECT_EQ(line(LINEINITIALIZEEXOPTION_USEEVENT, nullptr, 12), LINEERR_STRUCTURETOOSMALL);
  EXPECT_EQ(line(LINEINITIALIZEEXOPTION_USEHIDDENWINDOW, nullptr), LINEERR_INVALPOINTER);
  EXPECT_EQ(line(LINEINITIALIZEEXOPTION_USECOMPLETIONPORT, nullptr), LINEERR_INVALPARAM) << "no port";
  EXPECT_EQ(line(0, nullptr), LINEERR_INVALPARAM);
  EXPECT_EQ(line(0x10, nullptr), LINEERR_INVALPARAM);
  version_ = 0x00010002;
  EXPECT_EQ(line(LINEINITIALIZEEXOPTION_USEEVENT, nullptr), LINEERR_INCOMPATIBLEAPIVERSION);
  version_ = 0x00020002;
  EXPECT_EQ(lineInitializeExW(nullptr, nullptr, ignore, u"a", &devices_, &version_, nullptr),
            LINEERR_INVALPOINTER);
  EXPECT_EQ(lineInitializeExW(&app_, nullptr, ignore, u"a", nullptr, &version_, nullptr),
            LINEERR_INVALPOINTER);
  EXPECT_EQ(lineInitializeExW(&app_, nullptr, ignore, u"a", &devices_, nullptr, nullptr),
            LINEERR_INVALPOINTER);
  EXPECT_EQ(lineInitializeExA(&app_, nullptr, ignore, std::string(1025, 'x').c_str(), &devices_, &version_,
                              nullptr),
            LINEERR_INVALAPPNAME);
  EXPECT_EQ(phoneInitialize(&app_, nullptr, nullptr, "a", &devices_), PHONEERR_INVALPOINTER);
  EXPECT_EQ(server_.requests(), 0u) << "nothing of it reaches the server";
}

TEST_F(Initialize, OldFormAsksForTheOldVersion) {
  ASSERT_EQ(lineInitialize(&app_, nullptr, ignore, "old", &devices_), 0);
  EXPECT_EQ(std::get<2>(server_.arguments<Fn::lineInitializeEx>(server_.last())), 0x00010003u);
  EXPECT_EQ(lineShutdown(app_), 0);
  EXPECT_EQ(lineShutdown(app_), LINEERR_UNINITIALIZED);
}

TEST_F(Initialize, LinesAndPhonesShareAConnection) {
  const HLINEAPP line_app = begin();
  HPHONEAPP phone_app = 0;
  ASSERT_EQ(phoneInitialize(&phone_app, nullptr, ignore, "p", &devices_), 0);
  EXPECT_EQ(server_.open, 1);
  EXPECT_EQ(phoneShutdown(line_app), PHONEERR_INVALAPPHANDLE) << "a line's handle";
  EXPECT_EQ(phoneShutdown(phone_app), 0);
  EXPECT_EQ(server_.open, 1);
}

TEST_F(Initialize, ServerThatRefusesIsAFailure) {
  server_.refuse = true;
  EXPECT_EQ(line(LINEINITIALIZEEXOPTION_USEEVENT, nullptr), LINEERR_OPERATIONFAILED);
  server_.refuse = false;
  server_.on(Fn::lineInitializeEx,
             [](const auto&, wire::ReplyWriter& reply) { reply.set_result(LINEERR_NODRIVER); });
  EXPECT_EQ(line(LINEINITIALIZEEXOPTION_USEEVENT, nullptr), LINEERR_NODRIVER);
  EXPECT_EQ(server_.open, 0) << "no app, no connection";
}

TEST_F(Initialize, WithoutAppThereIsNoFunction) {
  LINECALLSTATUS status{};
  status.dwTotalSize = sizeof status;
  EXPECT_EQ(lineGetCallStatus(1, &status), LINEERR_UNINITIALIZED);
  EXPECT_EQ(phoneClose(1), PHONEERR_UNINITIALIZED);
  LINEMESSAGE message;
  EXPECT_EQ(lineGetMessage(1, &message, 0), LINEERR_INVALAPPHANDLE);
}

TEST_F(Initialize, StandaloneFunctionsConnectByThemselves) {
  LINEPROVIDERLIST list{};
  list.dwTotalSize = sizeof list;
  EXPECT_EQ(lineGetProviderListW(0x00020002, &list), LINEERR_OPERATIONUNAVAIL); // the server's answer
  EXPECT_EQ(server_.requests(), 1u);
  EXPECT_EQ(server_.open, 0);
  EXPECT_EQ(tapiRequestMakeCallA("1001", "a", "b", "c"), TAPIERR_NOREQUESTRECIPIENT);
  EXPECT_EQ(tapiRequestMakeCallA(nullptr, "a", "b", "c"), TAPIERR_INVALDESTADDRESS);
  EXPECT_EQ(tapiRequestMakeCallA(std::string(80, '1').c_str(), "a", "b", "c"), TAPIERR_INVALDESTADDRESS);
}

} // namespace
} // namespace tl::test
