// SPDX-License-Identifier: Apache-2.0
#include "cli/output.hpp"

#include <cstdlib>
#include <ctime>
#include <gtest/gtest.h>

#include "cli/names.hpp"

using namespace tl;
using namespace tl::cli;

namespace {

TEST(Output, TablesAlignByCharactersAndEndWithoutBlanks) {
  Table table({"A", "NAME", "Z"});
  table.add({"1", "Zoë", "x"});
  table.add({"22", "Anna Maria", ""});
  EXPECT_EQ(table.text(), "A   NAME        Z\n"
                          "1   Zoë         x\n"
                          "22  Anna Maria\n");
}

TEST(Output, Times) {
  setenv("TZ", "UTC", 1);
  tzset();
  Time at{std::chrono::milliseconds(1'700'000'000'042)};
  EXPECT_EQ(timestamp_text(at), "2023-11-14T22:13:20.042Z");
  EXPECT_EQ(clock_text(at), "22:13:20.042");
  EXPECT_EQ(duration_text(7s), "0:07");
  EXPECT_EQ(duration_text(61s), "1:01");
  EXPECT_EQ(duration_text(1h + 2min + 3s), "1:02:03");
  EXPECT_EQ(duration_text(-5s), "0:00"); // clocks may differ by a little
}

TEST(Output, WhatCallersSendDoesNotCommandTheTerminal) {
  EXPECT_EQ(printable("a\x1b[31mb\r\n\x7f"), "a?[31mb???");
  EXPECT_EQ(printable("Zoë"), "Zoë");
}

TEST(Names, OneAndMany) {
  EXPECT_EQ(disconnect_mode_name(LINEDISCONNECTMODE_BUSY), "BUSY");
  EXPECT_EQ(disconnect_mode_name(0), "");
  EXPECT_EQ(disconnect_mode_name(0x40000000), "0x40000000");
  EXPECT_EQ(reason_name(LINECALLREASON_ROUTEREQUEST), "ROUTEREQUEST");
  EXPECT_EQ(info_names(LINECALLINFOSTATE_CALLERID | LINECALLINFOSTATE_CALLEDID), "CALLERID|CALLEDID");
  EXPECT_EQ(agent_change_names(LINEAGENTSTATUS_STATE), "STATE");
  EXPECT_EQ(privilege_name(LINECALLPRIVILEGE_OWNER), "owner");
}

} // namespace
