// SPDX-License-Identifier: Apache-2.0
// Dialogs from the server's side: who learns which module, what reaches the provider, and how dialogs end
// that a provider started.
#include "fake_dialogs.hpp"
#include "fixture.hpp"

#include "base/text.hpp"

namespace tl::server::test {
namespace {

constexpr DWORD owner = LINECALLPRIVILEGE_OWNER;
constexpr wire::Capacity room{520};

wire::Bytes bytes(std::string_view text) {
  return std::as_bytes(std::span{text.data(), text.size()});
}
std::string text(wire::Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Dialogs that a provider starts need a program of its own around the library.
class OutsideClient final : public wire::EventSink {
public:
  OutsideClient(Server& server, VirtualLoop& on) : loop(on) {
    session = server.open_session({.user = "tester", .process_id = 7, .administrator = true}, *this);
    EXPECT_EQ(ask<Fn::lineInitializeEx>(wire::Text{u"x"}, wire::Text{u"x"}, 0x20002u), 0);
    app = std::get<0>(answers<Fn::lineInitializeEx>());
    EXPECT_EQ(ask<Fn::lineOpen>(app, 0u, 0x20002u, 0u, std::uint64_t{1}, owner,
                                DWORD{LINEMEDIAMODE_INTERACTIVEVOICE}, wire::Data{}),
              0);
    line = std::get<0>(answers<Fn::lineOpen>());
  }
  template <Fn F, class... A> LONG ask(const A&... arguments) {
    wire::Buffer frame;
    wire::FrameWriter writer{frame, wire::FrameKind::request, static_cast<std::uint16_t>(F), ++sequence};
    wire::encode_arguments<F>(writer, arguments...);
    EXPECT_TRUE(writer.finish());
    session->request(frame, reply);
    wire::Reader reader{wire::payload(reply)};
    return static_cast<LONG>(reader.dword());
  }
  template <Fn F> wire::Answers<F> answers() const {
    return wire::decode_answers<F>(wire::Bytes{reply}.subspan(wire::header_size_bytes + 4)).value();
  }
  LONG call() { return ask<Fn::lineMakeCall>(line, wire::Text{u"5"}, 0u, wire::Data{}); }
  void event(wire::Bytes frame) override {
    const auto event = wire::read_event(frame);
    ASSERT_TRUE(event);
    const auto name = std::to_string(event->param1);
    if (event->message == LINE_CREATEDIALOGINSTANCE) {
      wire::Reader reader{event->extra};
      const auto module = to_utf8(reader.text().value());
      seen.push_back("create " + module + " " + text(reader.data().value()));
      EXPECT_TRUE(reader.finished());
    } else if (event->message == LINE_SENDDIALOGINSTANCEDATA) {
      seen.push_back(event->param2 ? "close" : "data " + text(event->extra));
    }
  }
  void lost(const std::string&) override {}
  std::vector<std::string> take() {
    loop.settle();
    return std::exchange(seen, {});
  }

  VirtualLoop& loop;
  std::unique_ptr<wire::Session> session;
  wire::Buffer reply;
  std::uint32_t sequence = 0;
  DWORD app = 0, line = 0;
  std::vector<std::string> seen;
};

using Words = std::vector<std::string>;

class DialogTest : public ServerTest {
protected:
  void SetUp() override {
    fake_dialogs = {};
    Options options;
    options.provider_folder = "/nowhere";
    options.limits.dialogs_per_client_max = 2;
    options.limits.dialog_bytes_max = 1000;
    server = std::make_unique<Server>(loop, log, std::move(options));
    load();
  }
  void load() {
    ProviderTable table = provider.table();
    if (with_ui) add_dialog_functions(table);
    ASSERT_TRUE(server->load_provider("fake", table));
  }
  bool with_ui = true;
};

TEST_F(DialogTest, ServerNamesTheModuleNeverAFolder) {
  TestClient& app = client();
  const auto name = [&] { return std::get<0>(app.answers<Fn::lineConfigDialog>()); };
  EXPECT_EQ(app.call<Fn::lineConfigDialog>(1u, room), 0);
  EXPECT_EQ(name().size(), 22u);
  const std::u16string_view wide{reinterpret_cast<const char16_t*>(name().data()), 11};
  EXPECT_EQ(wide, u"fake.tui.so");
  fake_dialogs.module = u"c:\\windows\\fake.dll";
  EXPECT_EQ(app.call<Fn::lineConfigDialogEdit>(1u, room), 0);
  EXPECT_EQ(name().size(), 16u);
  EXPECT_EQ(app.call<Fn::lineConfigProvider>(1u, room), 0);
  EXPECT_EQ(app.call<Fn::lineConfigDialog>(1u, wire::Capacity{4}), LINEERR_OPERATIONFAILED);
  EXPECT_EQ(app.call<Fn::lineConfigDialog>(2u, room), LINEERR_BADDEVICEID);
  EXPECT_EQ(app.call<Fn::phoneConfigDialog>(9u, room), PHONEERR_BADDEVICEID);
  EXPECT_EQ(app.call<Fn::lineConfigProvider>(9u, room), LINEERR_INVALPARAM);
  for (const std::u16string bad : {u"", u"/opt/folder/"}) {
    fake_dialogs.module = bad;
    EXPECT_EQ(app.call<Fn::lineConfigDialog>(1u, room), LINEERR_OPERATIONFAILED);
  }
  provider.results["providerUIIdentify"] = LINEERR_NOMEM;
  EXPECT_EQ(app.call<Fn::lineConfigDialog>(1u, room), LINEERR_OPERATIONFAILED);
}

TEST_F(DialogTest, ProviderWithoutUserInterface) {
  ASSERT_TRUE(server->unload_provider("fake"));
  with_ui = false;
  load();
  TestClient& app = client();
  EXPECT_EQ(app.call<Fn::lineConfigDialog>(2u, room), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(app.call<Fn::lineConfigProvider>(2u, room), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(app.call<Fn::dialogData>(2u, 1u, wire::Data{bytes("x")}), LINEERR_OPERATIONFAILED);
}

TEST_F(DialogTest, DataReachesTheProviderAndComesBack) {
  TestClient& app = client();
  fake_dialogs.answer = "HE";
  provider.log.clear();
  EXPECT_EQ(app.call<Fn::dialogData>(1u, DWORD{TUISPIDLL_OBJECT_LINEID}, wire::Data{bytes("hello")}), 0);
  EXPECT_EQ(text(std::get<0>(app.answers<Fn::dialogData>())), "HEllo");
  EXPECT_EQ(app.call<Fn::dialogData>(1u, DWORD{TUISPIDLL_OBJECT_PROVIDERID}, wire::Data{}), 0);
  EXPECT_EQ(provider.log, (std::deque<std::string>{"data 1 1 hello", "data 3 1 (null)"}));
  provider.results["data"] = LINEERR_NOMEM;
  EXPECT_EQ(app.call<Fn::dialogData>(1u, 1u, wire::Data{bytes("x")}), LINEERR_NOMEM);
  provider.results["data"] = 5; // neither success nor an error
  EXPECT_EQ(app.call<Fn::dialogData>(1u, 1u, wire::Data{bytes("x")}), LINEERR_OPERATIONFAILED);
  provider.log.clear();
  const std::string large(1001, 'x');
  EXPECT_EQ(app.call<Fn::dialogData>(1u, 1u, wire::Data{bytes(large)}), LINEERR_INVALPARAM);
  for (const DWORD type : {0u, 1u, 2u, 3u, 4u, 5u, 0x101u})
    EXPECT_EQ(app.call<Fn::dialogData>(99u, type, wire::Data{bytes("x")}), LINEERR_INVALPARAM) << type;
  EXPECT_TRUE(provider.log.empty());
}

TEST_F(DialogTest, ProvidersDialogRunsWhereItsRequestCameFrom) {
  provider.complete_at_once = false;
  OutsideClient app{*server, loop};
  OutsideClient other{*server, loop};
  HTAPIDIALOGINSTANCE dialog = 0;
  const LONG request = app.call();
  ASSERT_GT(request, 0);
  dialog = create_dialog(static_cast<DWORD>(request), 41, "Talk?");
  ASSERT_NE(dialog, 0u);
  send_dialog_data(dialog, "now");
  send_dialog_data(dialog, "");
  send_dialog_data(dialog, nullptr);
  EXPECT_EQ(app.take(), (Words{"create fake.tui.so Talk?", "data now", "data ", "close"}));
  EXPECT_EQ(other.take(), Words{});
  // The module talks to its provider, which knows the dialog by its own name.
  fake_dialogs.answer = "";
  EXPECT_EQ(app.ask<Fn::dialogData>(dialog, DWORD{TUISPIDLL_OBJECT_DIALOGINSTANCE}, wire::Data{bytes("yes")}),
            0);
  EXPECT_TRUE(provider.did("data 4 41 yes"));
  EXPECT_EQ(other.ask<Fn::dialogData>(dialog, 4u, wire::Data{bytes("no")}), LINEERR_INVALPARAM);
  EXPECT_EQ(other.ask<Fn::dialogEnd>(dialog), LINEERR_INVALPARAM);
  EXPECT_FALSE(provider.did("free 41"));
  EXPECT_EQ(app.ask<Fn::dialogEnd>(dialog), 0);
  EXPECT_TRUE(provider.did("free 41"));
  EXPECT_EQ(app.ask<Fn::dialogEnd>(dialog), LINEERR_INVALPARAM);
  send_dialog_data(dialog, "late");
  EXPECT_EQ(app.take(), Words{});
  EXPECT_EQ(provider.count("free 41"), 1u);
}

TEST_F(DialogTest, DialogThatCannotBeIsRefusedOrFreed) {
  provider.complete_at_once = false;
  OutsideClient app{*server, loop};
  const auto request = static_cast<DWORD>(app.call());
  // Known at once only on the server's own thread and inside its turn; otherwise the provider is told later.
  const HTAPIDIALOGINSTANCE stray = create_dialog(request + 1, 50, "");
  EXPECT_NE(stray, 0u);
  loop.settle();
  EXPECT_TRUE(provider.did("free 50"));
  HTAPIDIALOGINSTANCE inside = 1;
  provider.during["lineGetLineDevStatus"] = [&] { inside = create_dialog(request + 1, 51, ""); };
  EXPECT_EQ(app.ask<Fn::lineGetLineDevStatus>(app.line, wire::Capacity{1000}), 0);
  EXPECT_EQ(inside, 0u);
  EXPECT_EQ(create_dialog(request, 52, std::string(1001, 'x')), 0u);
  EXPECT_EQ(create_dialog(request, 52, "", u""), 0u);
  EXPECT_EQ(create_dialog(request, 52, "", nullptr), 0u);
  // A program within the server gets none.
  TestClient& in_process = client();
  in_process.open(1, owner);
  EXPECT_NE(create_dialog(static_cast<DWORD>(in_process.call<Fn::lineDevSpecific>(in_process.open(0, owner),
                                                                                  0u, 0u, wire::Data{})),
                          53, ""),
            0u);
  loop.settle();
  EXPECT_TRUE(provider.did("free 53"));
  // At most dialogs_per_client_max of one client.
  for (const DWORD number : {61u, 62u, 63u}) create_dialog(request, number, "");
  loop.settle();
  EXPECT_FALSE(provider.did("free 61"));
  EXPECT_FALSE(provider.did("free 62"));
  EXPECT_TRUE(provider.did("free 63"));
  EXPECT_EQ(app.take(), (Words{"create fake.tui.so ", "create fake.tui.so "}));
}

TEST_F(DialogTest, DeadProgramAndUnloadedProviderEndDialogs) {
  provider.complete_at_once = false;
  auto app = std::make_unique<OutsideClient>(*server, loop);
  create_dialog(static_cast<DWORD>(app->call()), 71, "");
  loop.settle();
  EXPECT_EQ(app->ask<Fn::lineShutdown>(app->app), 0);
  EXPECT_EQ(app->take(), (Words{"create fake.tui.so ", "close"})) << "its module is still running";
  EXPECT_FALSE(provider.did("free 71"));
  app.reset();
  EXPECT_TRUE(provider.did("free 71"));

  OutsideClient other{*server, loop};
  const auto dialog = create_dialog(static_cast<DWORD>(other.call()), 72, "");
  loop.settle();
  provider.log.clear();
  ASSERT_TRUE(server->unload_provider("fake"));
  EXPECT_TRUE(provider.did("free 72"));
  EXPECT_EQ(provider.log.back(), "providerShutdown") << "and nothing after it";
  EXPECT_EQ(other.take(), (Words{"create fake.tui.so ", "close"}));
  EXPECT_EQ(other.ask<Fn::dialogEnd>(dialog), LINEERR_INVALPARAM);
}

TEST_F(DialogTest, DefaultIconStandsForTheDevicesOwnClass) {
  TestClient& app = client();
  for (const wire::Text name : {wire::Text{}, wire::Text{u""}, wire::Text{u"TAPI/line"}})
    EXPECT_EQ(app.call<Fn::lineGetIcon>(0u, name), 0);
  EXPECT_EQ(app.call<Fn::lineGetIcon>(0u, wire::Text{u"comm"}), LINEERR_INVALDEVICECLASS);
  EXPECT_EQ(app.call<Fn::lineGetIcon>(9u, wire::Text{}), LINEERR_BADDEVICEID);
  TestClient& old = client("old", 0x00010004);
  EXPECT_EQ(old.call<Fn::lineGetIcon>(0u, wire::Text{u"comm"}), 0) << "before 2.0 it stands for every class";
}

// ---- Dialling locations and cards ----

class LocationDialog : public DialogTest {
protected:
  void SetUp() override {
    DialogTest::SetUp();
    Options options;
    Location& site = options.settings.locations.emplace_back();
    site.id = 1;
    site.name = "Site";
    site.country_id = 49;
    site.area_code = "89";
    site.local_access = site.long_distance_access = "0";
    site.from_site = true;
    options.settings_store = &store;
    server.reset();
    server = std::make_unique<Server>(loop, log, std::move(options));
    load();
  }
  std::string ask(TestClient& app, const std::string& request) {
    std::string block = request;
    block.resize(16 * 1024);
    if (app.call<Fn::dialogData>(0u, 0x100u, wire::Data{bytes(block)}) != 0) return "failed";
    const std::string answer = text(std::get<0>(app.answers<Fn::dialogData>()));
    return answer.substr(0, answer.find('\0'));
  }
  struct Store final : SettingsStore {
    bool save(const Settings& settings) override {
      if (!fail) kept = settings;
      return !fail;
    }
    Settings kept;
    bool fail = false;
  } store;
};

TEST_F(LocationDialog, ListAddEditChooseRemove) {
  TestClient& app = client();
  EXPECT_NE(
      ask(app, R"({"op":"describe","address":"+49 (30) 901820"})").find("+49 (30) 901820 is dialled 0 0"),
      std::string::npos);
  EXPECT_EQ(
      ask(app,
          R"({"op":"apply","object":"location/new","values":{"name":"Berlin","country":49,"area_code":"30"}})"),
      R"({"done":"Saved."})");
  ASSERT_EQ(store.kept.locations.size(), 2u);
  EXPECT_EQ(store.kept.locations[1].id, 2u);
  EXPECT_EQ(store.kept.locations[1].area_code, "30");
  EXPECT_EQ(
      ask(app, R"({"op":"apply","object":"card/new","values":{"name":"Telco","pin":"1234","number":"77"}})"),
      R"({"done":"Saved."})");
  EXPECT_EQ(ask(app, R"({"op":"describe","object":"card/1"})").find("1234"), std::string::npos)
      << "a PIN is secret";
  EXPECT_EQ(ask(app, R"({"op":"apply","object":"location/2","values":{"card":"1"}})"),
            R"({"done":"Saved."})");
  EXPECT_EQ(store.kept.locations[1].card_id, 1u);
  EXPECT_EQ(ask(app, R"({"op":"choose","object":"location/2"})"), R"({"done":"Chosen."})");
  EXPECT_EQ(store.kept.current_location, 2u);
  EXPECT_EQ(ask(app, R"({"op":"remove","object":"card/1"})"), R"({"done":"Removed."})");
  EXPECT_EQ(store.kept.locations[1].card_id, 0u) << "no location names a card that is gone";
  EXPECT_EQ(ask(app, R"({"op":"remove","object":"location/2"})"), R"({"done":"Removed."})");
  EXPECT_EQ(store.kept.locations.size(), 1u);
}

TEST_F(LocationDialog, Refusals) {
  TestClient& app = client();
  const auto refused = [&](const char* request) { return ask(app, request).starts_with(R"({"error":)"); };
  EXPECT_TRUE(refused(R"({"op":"apply","object":"location/new","values":{"country":49}})")) << "no name";
  EXPECT_TRUE(refused(R"({"op":"apply","object":"location/new","values":{"name":"Site"}})")) << "taken";
  EXPECT_TRUE(refused(R"({"op":"apply","object":"location/new","values":{"name":"X","country":4711}})"));
  EXPECT_TRUE(refused(R"({"op":"apply","object":"location/new","values":{"name":"X","area_code":"x"}})"));
  EXPECT_TRUE(refused(R"({"op":"apply","object":"location/1","values":{"name":"Other"}})"))
      << "the site file's";
  EXPECT_TRUE(refused(R"({"op":"apply","object":"location/1","values":{"card":"7"}})"));
  EXPECT_TRUE(refused(R"({"op":"remove","object":"location/1"})"));
  for (const char* object :
       {"location/0", "location/2", "location/", "location/1x", "card/1", "card/-1", "x"})
    EXPECT_TRUE(refused((std::string{R"({"op":"describe","object":")"} + object + "\"}").c_str())) << object;
  EXPECT_TRUE(store.kept.locations.empty()) << "nothing was kept";
  store.fail = true;
  EXPECT_EQ(ask(app, R"({"op":"apply","object":"card/new","values":{"name":"Telco"}})"), "failed");
  EXPECT_EQ(app.call<Fn::dialogData>(1u, 0x100u, wire::Data{bytes("x")}), LINEERR_INVALPARAM);
}

TEST_F(LocationDialog, OthersAreTold) {
  TestClient& app = client();
  TestClient& other = client("other");
  const DWORD line = other.open(0, owner);
  EXPECT_EQ(other.call<Fn::lineSetStatusMessages>(line, DWORD{LINEDEVSTATE_TRANSLATECHANGE}, 0u), 0);
  ask(app, R"({"op":"apply","object":"card/new","values":{"name":"Telco"}})");
  EXPECT_EQ(other.take(), "line 400000 0 0");
  EXPECT_EQ(app.call<Fn::lineTranslateDialog>(app.app, 0u, 0x20002u, wire::Text{}), 0);
  EXPECT_EQ(app.call<Fn::lineTranslateDialog>(0u, 0u, 0x20002u, wire::Text{}), 0);
  EXPECT_EQ(app.call<Fn::lineTranslateDialog>(77u, 0u, 0x20002u, wire::Text{}), LINEERR_INVALAPPHANDLE);
  EXPECT_EQ(app.call<Fn::lineTranslateDialog>(app.app, 9u, 0x20002u, wire::Text{}), LINEERR_BADDEVICEID);
  EXPECT_EQ(app.call<Fn::lineTranslateDialog>(app.app, 0u, 5u, wire::Text{}), LINEERR_INCOMPATIBLEAPIVERSION);
}

TEST_F(DialogTest, BlocksThatWaitAreBounded) {
  Options options;
  options.limits.provider_blocks_bytes_max = 100;
  server.reset();
  server = std::make_unique<Server>(loop, log, std::move(options));
  load();
  provider.complete_at_once = false;
  OutsideClient app{*server, loop};
  const auto dialog = create_dialog(static_cast<DWORD>(app.call()), 81, "");
  for (int i = 0; i < 5; ++i) send_dialog_data(dialog, std::string(30, 'x').c_str());
  EXPECT_EQ(app.take().size(), 4u) << "the dialog and three blocks of 30 bytes";
  EXPECT_TRUE(log.says("provider_blocks_bytes_max"));
  send_dialog_data(dialog, "again");
  EXPECT_EQ(app.take(), Words{"data again"});
}

} // namespace
} // namespace tl::server::test
