// SPDX-License-Identifier: Apache-2.0
// A test whose process is a client of a FakeServer by direct calls.
#pragma once

#include <gtest/gtest.h>

#include "fake_server.hpp"
#include "tapi32/library.hpp"
#include "trunkline/tapi_ext.h"

namespace tl::test {

class InProcess : public ::testing::Test {
protected:
  InProcess() { tapi32::Library::instance().use_in_process(&server_); }
  ~InProcess() override {
    for (const HLINEAPP app : apps_) lineShutdown(app);
    EXPECT_EQ(server_.open, 0) << "the connection ends with the last app";
    tapi32::Library::instance().use_in_process(nullptr);
  }

  HLINEAPP begin(DWORD options = LINEINITIALIZEEXOPTION_USEEVENT, LINECALLBACK callback = nullptr) {
    HLINEAPP app = 0;
    DWORD devices = 0, version = 0x00020002;
    LINEINITIALIZEEXPARAMS params{};
    params.dwTotalSize = sizeof params;
    params.dwOptions = options;
    EXPECT_EQ(lineInitializeExW(&app, nullptr, callback, u"test", &devices, &version, &params), 0);
    apps_.push_back(app);
    return app;
  }
  std::optional<LINEMESSAGE> next(HLINEAPP app) {
    LINEMESSAGE message{};
    if (lineGetMessage(app, &message, 0) != 0) return std::nullopt;
    return message;
  }

  FakeServer server_;
  std::vector<HLINEAPP> apps_;
};

} // namespace tl::test
