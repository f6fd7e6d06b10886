// SPDX-License-Identifier: Apache-2.0
// What lineOpen asks of the provider: LINEMAPPER's question and the selection of an extension version.
#include "fixture.hpp"

namespace tl::server::test {
namespace {

constexpr DWORD owner = LINECALLPRIVILEGE_OWNER;

class OpenTest : public ServerTest {
protected:
  void SetUp() override {
    server = std::make_unique<Server>(loop, log, Options{});
    ProviderTable table = provider.table();
    table.lineNegotiateExtVersion = +[](DWORD, DWORD, DWORD low, DWORD high, LPDWORD chosen) -> LONG {
      if (low > 3 || high < 2) return LINEERR_INCOMPATIBLEEXTVERSION;
      *chosen = std::min<DWORD>(high, 3);
      return 0;
    };
    table.lineSelectExtVersion =
        +[](HDRVLINE, DWORD version) { return fake->sync("lineSelectExtVersion", std::to_string(version)); };
    table.lineConditionalMediaDetection = +[](HDRVLINE line, DWORD media, LPLINECALLPARAMS const params) {
      const auto number = reinterpret_cast<DWORD_PTR>(line) - 1000;
      EXPECT_TRUE(fake->lines.contains(static_cast<DWORD>(number))) << "it is asked on an open line";
      EXPECT_EQ(params->dwMediaMode, media);
      fake->sync("lineConditionalMediaDetection", std::to_string(number));
      return number == 0 ? LINEERR_INVALMEDIAMODE : 0;
    };
    ASSERT_TRUE(server->load_provider("fake", table));
  }
  LONG open(TestClient& app, DWORD extension) {
    return app.call<Fn::lineOpen>(app.app, 0u, 0x20002u, extension, std::uint64_t{0}, owner,
                                  DWORD{LINEMEDIAMODE_INTERACTIVEVOICE}, wire::Data{});
  }
};

TEST_F(OpenTest, MapperTakesTheLineThatWouldTakeTheCall) {
  TestClient& app = client();
  ASSERT_EQ(app.try_open(LINEMAPPER, owner), 0);
  EXPECT_TRUE(provider.did("lineConditionalMediaDetection 0"));
  EXPECT_TRUE(provider.did("lineClose 0")) << "it was opened to be asked";
  EXPECT_TRUE(provider.lines.contains(1));
  EXPECT_FALSE(provider.lines.contains(0));
  EXPECT_EQ(app.try_open(LINEMAPPER, owner, LINEMEDIAMODE_G3FAX), LINEERR_LINEMAPPERFAILED);
}

TEST_F(OpenTest, ExtensionVersionIsSelectedOnceAndCancelledWithItsLastUser) {
  TestClient& app = client();
  EXPECT_EQ(app.call<Fn::lineNegotiateExtVersion>(app.app, 0u, 0x20002u, 1u, 9u), 0);
  EXPECT_EQ(std::get<0>(app.answers<Fn::lineNegotiateExtVersion>()), 3u);
  EXPECT_EQ(open(app, 4), LINEERR_INCOMPATIBLEEXTVERSION);
  EXPECT_EQ(app.call<Fn::lineGetDevCaps>(app.app, 0u, 0x20002u, 4u, wire::Capacity{2000}),
            LINEERR_INCOMPATIBLEEXTVERSION);
  EXPECT_EQ(app.call<Fn::lineGetDevCaps>(app.app, 0u, 0x20002u, 3u, wire::Capacity{2000}), 0);
  ASSERT_EQ(open(app, 0), 0);
  ASSERT_EQ(open(app, 3), 0);
  const DWORD first = std::get<0>(app.answers<Fn::lineOpen>());
  ASSERT_EQ(open(app, 3), 0);
  const DWORD second = std::get<0>(app.answers<Fn::lineOpen>());
  EXPECT_EQ(provider.count("lineSelectExtVersion 3"), 1u);
  EXPECT_EQ(open(app, 2), LINEERR_INCOMPATIBLEEXTVERSION) << "another one is in effect";
  app.call<Fn::lineClose>(first);
  EXPECT_FALSE(provider.did("lineSelectExtVersion 0"));
  app.call<Fn::lineClose>(second);
  EXPECT_TRUE(provider.did("lineSelectExtVersion 0"));
  EXPECT_EQ(open(app, 2), 0);
  EXPECT_TRUE(provider.did("lineSelectExtVersion 2"));
}

} // namespace
} // namespace tl::server::test
