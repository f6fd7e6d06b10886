// SPDX-License-Identifier: Apache-2.0
// The connection between a provider and media service providers: whose an instance is, what travels, how it
// ends.
#include "fake_dialogs.hpp"
#include "fixture.hpp"

namespace tl::server::test {
namespace {

constexpr DWORD owner = LINECALLPRIVILEGE_OWNER, monitor = LINECALLPRIVILEGE_MONITOR;

wire::Bytes bytes(std::string_view text) {
  return std::as_bytes(std::span{text.data(), text.size()});
}

class MspTest : public ServerTest {
protected:
  void SetUp() override {
    Options options;
    options.limits.msp_bytes_max = 100;
    options.limits.msps_per_line_max = 2;
    server = std::make_unique<Server>(loop, log, std::move(options));
    ProviderTable table = provider.table();
    add_msp_functions(table);
    ASSERT_TRUE(server->load_provider("fake", table));
  }
  DWORD create(TestClient& app, DWORD line, DWORD address = 0) {
    EXPECT_EQ(app.call<Fn::mspCreate>(line, address), 0);
    return std::get<0>(app.answers<Fn::mspCreate>());
  }
  // "instance call data" of each block, "instance end" of each end.
  std::string blocks(TestClient& app) {
    std::string all;
    for (const Seen& each : app.take_all()) {
      if (each.message != LINE_SENDMSPDATA) continue;
      if (!all.empty()) all += ", ";
      all += std::to_string(each.device);
      if (each.p2 == 1) {
        all += " end";
        continue;
      }
      all += " " + std::to_string(each.p1) + " ";
      for (const std::byte byte : each.extra) all += static_cast<char>(byte);
    }
    return all;
  }
};

TEST_F(MspTest, BlocksTravelBothWaysInOrder) {
  TestClient& app = client();
  EXPECT_EQ(app.call<Fn::mspIdentify>(0u, wire::Capacity{16}), 0);
  EXPECT_EQ(std::get<0>(app.answers<Fn::mspIdentify>()).size(), sizeof(GUID));
  EXPECT_EQ(app.call<Fn::mspIdentify>(7u, wire::Capacity{16}), LINEERR_BADDEVICEID);
  const DWORD line = app.open(0, owner | monitor);
  const DWORD msp = create(app, line, 1);
  EXPECT_EQ(fake_dialogs.msp_address, 1u);
  const DWORD call = provider.offer(0);
  app.take();
  EXPECT_EQ(app.call<Fn::mspSend>(msp, 0u, wire::Data{bytes("one")}), 0);
  EXPECT_EQ(app.call<Fn::mspSend>(msp, app.last_call, wire::Data{bytes("two")}), 0);
  EXPECT_TRUE(provider.did("lineReceiveMSPData 1 3"));
  const std::string name = std::to_string(msp), handle = std::to_string(app.last_call);
  EXPECT_EQ(blocks(app), name + " 0 echo one, " + name + " " + handle + " echo two");
  send_msp_data(0, 0, "all"); // 0: every instance
  send_msp_data(0, fake_dialogs.msp, "", call);
  EXPECT_EQ(blocks(app), name + " 0 all, " + name + " " + handle + " ");
  EXPECT_EQ(app.call<Fn::mspClose>(msp), 0);
  EXPECT_TRUE(provider.did("lineCloseMSPInstance"));
  EXPECT_EQ(app.call<Fn::mspClose>(msp), LINEERR_INVALPARAM);
  EXPECT_EQ(app.call<Fn::mspSend>(msp, 0u, wire::Data{bytes("x")}), LINEERR_INVALPARAM);
}

TEST_F(MspTest, InstancesOfOthersAndBadArguments) {
  TestClient& app = client();
  TestClient& other = client("other");
  const DWORD line = app.open(0, owner);
  const DWORD other_line = other.open(0, monitor);
  const DWORD msp = create(app, line);
  const HTAPIMSPLINE server_msp = fake_dialogs.msp;
  const DWORD other_msp = create(other, other_line);
  EXPECT_EQ(other.call<Fn::mspSend>(msp, 0u, wire::Data{bytes("x")}), LINEERR_INVALPARAM);
  EXPECT_EQ(other.call<Fn::mspClose>(msp), LINEERR_INVALPARAM);
  EXPECT_EQ(other.call<Fn::mspSend>(other_line, 0u, wire::Data{bytes("x")}), LINEERR_INVALPARAM);
  EXPECT_EQ(app.call<Fn::mspCreate>(msp, 0u), LINEERR_INVALLINEHANDLE);
  EXPECT_EQ(app.call<Fn::mspCreate>(line, 2u), LINEERR_INVALADDRESSID);
  EXPECT_EQ(app.call<Fn::mspSend>(msp, 12345u, wire::Data{bytes("x")}), LINEERR_INVALCALLHANDLE);
  EXPECT_EQ(app.call<Fn::mspSend>(msp, 0u, wire::Data{bytes(std::string(101, 'x'))}), LINEERR_INVALPARAM);
  EXPECT_FALSE(provider.did("lineReceiveMSPData 0 101"));
  send_msp_data(0, server_msp, std::string(101, 'x'));
  EXPECT_TRUE(log.says("msp_bytes_max"));
  send_msp_data(0, server_msp, "mine");
  EXPECT_EQ(blocks(app), std::to_string(msp) + " 0 mine");
  EXPECT_EQ(blocks(other), "");
  create(app, line);
  EXPECT_EQ(app.call<Fn::mspCreate>(line, 0u), LINEERR_RESOURCEUNAVAIL);
  provider.results["lineCreateMSPInstance"] = LINEERR_INVALPOINTER;
  EXPECT_EQ(other.call<Fn::mspCreate>(other_line, 0u), LINEERR_INVALPOINTER);
  provider.results.clear();
  // A call that only the first application knows.
  const DWORD call = provider.offer(0);
  app.call<Fn::lineSetStatusMessages>(line, 0u, 0u);
  send_msp_data(0, 0, "call", call);
  EXPECT_NE(blocks(app), "");
  EXPECT_NE(other_msp, 0u);
}

TEST_F(MspTest, EndsWithItsLineItsClientAndItsProvider) {
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  const DWORD msp = create(app, line);
  const HTAPIMSPLINE stale = fake_dialogs.msp;
  provider.log.clear();
  EXPECT_EQ(app.call<Fn::lineClose>(line), 0);
  EXPECT_EQ(provider.log, (std::deque<std::string>{"lineCloseMSPInstance", "lineClose 0"}));
  EXPECT_EQ(blocks(app), std::to_string(msp) + " end");

  TestClient& dying = client("dying");
  const DWORD again = app.open(0, owner);
  const DWORD kept = create(app, again);
  create(dying, dying.open(0, monitor));
  provider.log.clear();
  send_msp_data(0, stale, "for a closed one");
  EXPECT_EQ(blocks(app), "");
  dying.session.reset();
  EXPECT_EQ(provider.log, std::deque<std::string>{"lineCloseMSPInstance"});
  EXPECT_EQ(blocks(app), "");
  ASSERT_TRUE(server->unload_provider("fake"));
  EXPECT_EQ(provider.count("lineCloseMSPInstance"), 2u);
  EXPECT_EQ(blocks(app), std::to_string(kept) + " end");
}

TEST_F(MspTest, ProviderWithoutIt) {
  ASSERT_TRUE(server->unload_provider("fake"));
  ASSERT_TRUE(server->load_provider("fake", provider.table()));
  TestClient& app = client();
  EXPECT_EQ(app.call<Fn::mspIdentify>(2u, wire::Capacity{16}), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(app.call<Fn::mspCreate>(app.open(2, owner), 0u), LINEERR_OPERATIONUNAVAIL);
}

} // namespace
} // namespace tl::server::test
