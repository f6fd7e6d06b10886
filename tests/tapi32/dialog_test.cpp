// SPDX-License-Identifier: Apache-2.0
// Dialogs from the library's side: which module is loaded and which is not, what reaches the provider, and
// the life of a dialog that the provider starts.
#include <cctype>
#include <cstdlib>
#include <thread>

#include "in_process.hpp"
#include "socket_server.hpp"
#include "tspi.h"

namespace tl::test {
namespace {

constexpr DWORD version_2_2 = 0x00020002;

std::string text_of(Bytes bytes) {
  std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return text.substr(0, text.find('\0'));
}

// The provider says everything in capitals; what it heard stays in `heard`.
void answer_dialogs(FakeServer& server, std::vector<std::string>& heard, std::mutex& mutex) {
  server.on(Fn::dialogData, [&](const FakeServer::Request& request, wire::ReplyWriter& reply) {
    const auto [id, type, data] = server.arguments<Fn::dialogData>(request);
    Buffer answer(data->begin(), data->end());
    for (std::byte& each : answer) each = static_cast<std::byte>(std::toupper(static_cast<int>(each)));
    reply.data(Bytes{answer});
    const std::lock_guard lock{mutex};
    heard.push_back(std::to_string(type) + " " + std::to_string(id) + " " + text_of(*data));
  });
  server.on(Fn::dialogEnd, [](const FakeServer::Request&, wire::ReplyWriter&) {});
}

class DialogCalls : public InProcess {
protected:
  DialogCalls() {
    ::setenv("TRUNKLINE_UI_MODULES", UI_MODULES, 1);
    answer_dialogs(server_, heard_, mutex_);
    for (const Fn fn :
         {Fn::lineConfigDialog, Fn::lineConfigDialogEdit, Fn::lineConfigProvider, Fn::phoneConfigDialog})
      server_.on(fn, [this](const FakeServer::Request&, wire::ReplyWriter& reply) {
        if (module_.empty()) return reply.set_result(LINEERR_OPERATIONUNAVAIL);
        reply.data(utf16(module_));
      });
  }
  ~DialogCalls() override { ::unsetenv("TRUNKLINE_UI_MODULES"); }

  LONG config(const char* device_class = nullptr) { return lineConfigDialogA(7, nullptr, device_class); }
  static bool says(const char* part) {
    return std::string{trunkline_dialogError()}.find(part) != std::string::npos;
  }

  std::u16string module_ = u"plain.tui.so";
  std::vector<std::string> heard_;
  std::mutex mutex_;
};

using Words = std::vector<std::string>;

TEST_F(DialogCalls, ModuleTalksToItsProvider) {
  EXPECT_EQ(config(), LINEERR_UNINITIALIZED);
  begin();
  EXPECT_EQ(config(), 0);
  EXPECT_EQ(lineConfigDialogW(8, nullptr, u"tapi/line"), 0);
  EXPECT_EQ(phoneConfigDialogA(9, nullptr, ""), 0);
  EXPECT_EQ(lineConfigProvider(nullptr, 3), 0);
  EXPECT_EQ(heard_, (Words{"1 7 hello", "1 8 hello", "2 9 hello", "3 3 hello"}));
  EXPECT_STREQ(trunkline_dialogError(), "");
  EXPECT_EQ(config("refuse"), LINEERR_INVALDEVICECLASS);
  EXPECT_EQ(config("odd"), LINEERR_OPERATIONFAILED);
  EXPECT_EQ(phoneConfigDialogA(9, nullptr, "odd"), PHONEERR_OPERATIONFAILED);
}

TEST_F(DialogCalls, EditedConfigurationComesBack) {
  begin();
  std::vector<DWORD> memory(64);
  auto* const out = reinterpret_cast<VARSTRING*>(memory.data());
  out->dwTotalSize = 256;
  char in[] = "abc";
  EXPECT_EQ(lineConfigDialogEditA(7, nullptr, nullptr, in, 3, out), 0);
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(out) + out->dwStringOffset, out->dwStringSize), "bcd");
  out->dwTotalSize = sizeof *out;
  EXPECT_EQ(lineConfigDialogEditW(7, nullptr, nullptr, in, 3, out), LINEERR_STRUCTURETOOSMALL);
  EXPECT_EQ(out->dwNeededSize, sizeof *out + 3);
  out->dwTotalSize = 8;
  EXPECT_EQ(lineConfigDialogEditW(7, nullptr, nullptr, in, 3, out), LINEERR_STRUCTURETOOSMALL);
  EXPECT_EQ(lineConfigDialogEditW(7, nullptr, nullptr, in, 3, nullptr), LINEERR_INVALPOINTER);
  EXPECT_EQ(lineConfigDialogEditW(7, nullptr, nullptr, nullptr, 3, out), LINEERR_INVALPOINTER);
}

TEST_F(DialogCalls, ModuleThatCannotBeUsedIsAClearError) {
  begin();
  module_ = u"";
  EXPECT_EQ(config(), LINEERR_OPERATIONUNAVAIL);
  EXPECT_TRUE(says("has no user interface"));
  module_ = u"missing.tui.so";
  EXPECT_EQ(config(), LINEERR_OPERATIONFAILED);
  EXPECT_TRUE(says("missing.tui.so: No such file")) << trunkline_dialogError();
  module_ = u"empty.tui.so";
  EXPECT_EQ(config(), LINEERR_OPERATIONUNAVAIL);
  EXPECT_TRUE(says("has no TUISPI_lineConfigDialog")) << trunkline_dialogError();
  module_ = u"crash.tui.so";
  EXPECT_EQ(config(), LINEERR_OPERATIONFAILED);
  EXPECT_TRUE(says("crashes while it is loaded")) << trunkline_dialogError();
  module_ = u"exit.tui.so";
  EXPECT_EQ(config(), LINEERR_OPERATIONFAILED);
  EXPECT_TRUE(says("ends the program while it is loaded")) << trunkline_dialogError();
  module_ = u"text.tui.so";
  EXPECT_EQ(config(), LINEERR_OPERATIONFAILED);
  EXPECT_TRUE(says("cannot be loaded")) << trunkline_dialogError();
  EXPECT_TRUE(heard_.empty());
  module_ = u"plain.tui.so";
  EXPECT_EQ(config(), 0);
  EXPECT_STREQ(trunkline_dialogError(), "");
}

TEST_F(DialogCalls, ServerCannotChooseAFolder) {
  begin();
  for (const std::u16string name : {u"../tapi32/plain.tui.so", u"/tmp/plain.tui.so", u"./plain.tui.so", u"..",
                                    u".hidden", u"a b", u"a\\b", u"plain.tui.so\n"}) {
    module_ = name;
    EXPECT_EQ(config(), LINEERR_OPERATIONFAILED);
    EXPECT_TRUE(says("not a bare file name")) << trunkline_dialogError();
  }
  module_ = std::u16string(300, u'a'); // more than there is room for: the server lies about its size
  EXPECT_LT(config(), 0);
  EXPECT_TRUE(heard_.empty());
}

TEST_F(DialogCalls, InstallingAsksBeforeTheProviderStarts) {
  begin();
  std::vector<std::string> log;
  server_.on(Fn::lineAddProvider, [&](const FakeServer::Request&, wire::ReplyWriter& reply) {
    log.push_back("add");
    reply.dword(12);
    reply.data(utf16(module_));
  });
  server_.on(Fn::installEnd, [&](const FakeServer::Request& request, wire::ReplyWriter&) {
    const auto [id, installed] = server_.arguments<Fn::installEnd>(request);
    log.push_back("end " + std::to_string(id) + (installed ? " yes" : " no"));
  });
  server_.on(Fn::lineRemoveProvider,
             [&](const FakeServer::Request&, wire::ReplyWriter&) { log.push_back("remove"); });
  const auto window = reinterpret_cast<HWND>(0x10);
  DWORD id = 0;
  EXPECT_EQ(lineAddProviderA("x.tsp", nullptr, &id), 0);
  EXPECT_EQ(id, 12u);
  id = 0;
  EXPECT_EQ(lineAddProviderW(u"x.tsp", window, &id), LINEERR_NOMULTIPLEINSTANCE);
  EXPECT_EQ(id, 0u);
  EXPECT_EQ(lineAddProviderA("x.tsp", nullptr, nullptr), LINEERR_INVALPOINTER);
  module_ = u"empty.tui.so"; // TUISPI_providerInstall is optional
  EXPECT_EQ(lineAddProviderA("x.tsp", nullptr, &id), 0);
  module_ = u"missing.tui.so";
  EXPECT_EQ(lineAddProviderA("x.tsp", nullptr, &id), LINEERR_OPERATIONFAILED);
  EXPECT_EQ(log, (Words{"add", "end 12 yes", "add", "end 12 no", "add", "end 12 yes", "add", "end 12 no"}));
  log.clear();
  module_ = u"plain.tui.so";
  EXPECT_EQ(lineRemoveProvider(12, window), LINEERR_OPERATIONFAILED);
  EXPECT_TRUE(log.empty()) << "its own interface refused";
  EXPECT_EQ(lineRemoveProvider(12, nullptr), 0);
  module_ = u""; // no user interface: nobody to ask
  EXPECT_EQ(lineRemoveProvider(12, nullptr), 0);
  EXPECT_EQ(log, (Words{"remove", "remove"}));
}

// ---- Dialogs that the provider starts, over a socket ----

class ProvidersDialog : public ::testing::Test {
protected:
  ProvidersDialog() {
    ::setenv("TRUNKLINE_UI_MODULES", UI_MODULES, 1);
    answer_dialogs(host_, heard_, mutex_);
    host_.on(Fn::dialogEnd, [this](const FakeServer::Request& request, wire::ReplyWriter&) {
      const std::lock_guard lock{mutex_};
      heard_.push_back("end " + std::to_string(std::get<0>(host_.arguments<Fn::dialogEnd>(request))));
    });
    server_.start();
    trunkline_setServer(server_.path().c_str());
    DWORD devices = 0, version = version_2_2;
    LINEINITIALIZEEXPARAMS params{};
    params.dwTotalSize = sizeof params;
    params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
    EXPECT_EQ(lineInitializeExW(&app_, nullptr, nullptr, u"test", &devices, &version, &params), 0);
  }
  ~ProvidersDialog() override {
    lineShutdown(app_);
    // The dialog's thread gives the connection up a moment later.
    for (int i = 0; i < 500 && tapi32::Library::instance().session(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    EXPECT_FALSE(tapi32::Library::instance().session());
    server_.stop();
    trunkline_setServer(nullptr);
    ::unsetenv("TRUNKLINE_UI_MODULES");
  }

  void create(DWORD name, std::u16string_view module, std::string_view parameters) {
    Buffer extra;
    wire::Writer writer{extra};
    writer.text(module);
    writer.data(std::as_bytes(std::span{parameters.data(), parameters.size()}));
    host_.emit({.message = LINE_CREATEDIALOGINSTANCE, .app = host_.app, .param1 = name, .extra = extra});
  }
  void send(DWORD name, std::string_view data) {
    host_.emit({.message = LINE_SENDDIALOGINSTANCEDATA,
                .app = host_.app,
                .param1 = name,
                .extra = std::as_bytes(std::span{data.data(), data.size()})});
  }
  void close(DWORD name) {
    host_.emit({.message = LINE_SENDDIALOGINSTANCEDATA, .app = host_.app, .param1 = name, .param2 = 1});
  }
  Words wait_for(std::size_t count) {
    for (int i = 0; i < 1000; ++i) {
      {
        const std::lock_guard lock{mutex_};
        if (heard_.size() >= count) return heard_;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    const std::lock_guard lock{mutex_};
    return heard_;
  }

  FakeServer host_;
  SocketServer server_{host_};
  HLINEAPP app_ = 0;
  std::vector<std::string> heard_;
  std::mutex mutex_;
};

TEST_F(ProvidersDialog, RunsTakesDataAndEnds) {
  create(77, u"plain.tui.so", "Talk?");
  EXPECT_EQ(wait_for(1), Words{"4 77 begin Talk?"});
  send(77, "one");
  send(77, "two");
  send(76, "for nobody");
  EXPECT_EQ(wait_for(3), (Words{"4 77 begin Talk?", "4 77 data one", "4 77 data two"}));
  close(77);
  EXPECT_EQ(wait_for(4).back(), "end 77");
}

TEST_F(ProvidersDialog, DataSentBeforeItIsReadyWaits) {
  create(78, u"plain.tui.so", "x");
  send(78, "early");
  close(78);
  EXPECT_EQ(wait_for(3), (Words{"4 78 begin x", "4 78 data early", "end 78"}));
}

TEST_F(ProvidersDialog, ModuleThatIsNotThereEndsItAtOnce) {
  create(79, u"missing.tui.so", "");
  create(80, u"../plain.tui.so", "");
  create(81, u"crash.tui.so", "");
  create(82, u"plain.tui.so", "return");
  Words ends = wait_for(4);
  std::sort(ends.begin(), ends.end());
  EXPECT_EQ(ends, (Words{"end 79", "end 80", "end 81", "end 82"}));
}

TEST_F(ProvidersDialog, OutlivesTheApplicationThatCausedItUntilClosed) {
  create(83, u"plain.tui.so", "x");
  EXPECT_EQ(wait_for(1).size(), 1u);
  EXPECT_EQ(lineShutdown(app_), 0);
  EXPECT_TRUE(tapi32::Library::instance().session()) << "the dialog still needs the connection";
  close(83); // as the server does when an application ends
  EXPECT_EQ(wait_for(2).back(), "end 83");
}

TEST_F(ProvidersDialog, LostServerClosesIt) {
  create(84, u"plain.tui.so", "x");
  EXPECT_EQ(wait_for(1).size(), 1u);
  server_.stop(); // the destructor sees that nothing is left
}

TEST_F(ProvidersDialog, MalformedOneIsTheServersFault) {
  host_.emit({.message = LINE_CREATEDIALOGINSTANCE, .app = host_.app, .param1 = 85});
  LINEMESSAGE message{};
  ASSERT_EQ(lineGetMessage(app_, &message, 10'000), 0);
  EXPECT_EQ(message.dwParam1, DWORD_PTR{LINEDEVSTATE_REINIT});
}

} // namespace
} // namespace tl::test
