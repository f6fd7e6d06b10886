// SPDX-License-Identifier: Apache-2.0
// libFuzzer target: one client's request frames at the server, between events of a scripted provider. The
// input is a list of steps: a byte that says what, then for a request {u16 function, u8 words} and the
// payload.
#include "server/fake_dialogs.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/virtual_loop.hpp"
#include "server/server.hpp"
#include "wire/frame.hpp"

namespace {

using namespace tl;
using server::test::FakeProvider;

// Words of a payload that stand for handles, so that the input reaches behind the first check.
constexpr std::uint32_t mark_app = 0xA1A1A1A1, mark_line = 0xA2A2A2A2, mark_call = 0xA3A3A3A3;

struct Client final : wire::EventSink {
  void event(wire::Bytes frame) override {
    const auto event = wire::read_event(frame);
    if (event && event->message == LINE_CALLSTATE) call = event->device;
  }
  void lost(const std::string&) override {}

  template <wire::Fn F, class... A> void call_function(const A&... arguments) {
    wire::Buffer frame;
    wire::FrameWriter writer{frame, wire::FrameKind::request, static_cast<std::uint16_t>(F), 1};
    wire::encode_arguments<F>(writer, arguments...);
    if (writer.finish()) session->request(frame, reply);
  }
  // The first answer of a reply: the handle it gave.
  std::uint32_t answer() const {
    wire::Reader reader{wire::payload(reply)};
    return reader.dword() == 0 ? reader.dword() : 0;
  }

  std::unique_ptr<wire::Session> session;
  wire::Buffer reply;
  std::uint32_t app = 0, line = 0, call = 0;
};

struct Input {
  const std::uint8_t* at;
  std::size_t left;
  std::uint32_t take(std::size_t bytes) {
    std::uint32_t value = 0;
    const std::size_t have = std::min(bytes, left);
    if (have) std::memcpy(&value, at, have);
    at += have, left -= have;
    return value;
  }
};

void request(Client& client, Input& input) {
  const auto function = static_cast<std::uint16_t>(input.take(1) % (wire::functions.size() + 1));
  const std::uint32_t words = input.take(1) % 64;
  wire::Buffer frame;
  wire::FrameWriter writer{frame, wire::FrameKind::request, function, 7};
  for (std::uint32_t i = 0; i < words && input.left != 0; ++i) {
    const std::uint32_t word = input.take(4);
    writer.dword(word == mark_app    ? client.app
                 : word == mark_line ? client.line
                 : word == mark_call ? client.call
                                     : word);
  }
  if (writer.finish()) client.session->request(frame, client.reply);
  if (!wire::read_header(client.reply)) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  VirtualLoop loop;
  NullLog log;
  FakeProvider provider;
  server::Server server{loop, log};
  server::ProviderTable table = provider.table();
  server::test::add_dialog_functions(table);
  server::test::add_msp_functions(table);
  if (!server.load_provider("fake", table)) std::abort();
  Client client;
  client.session = server.open_session({.administrator = true}, client);
  client.call_function<wire::Fn::lineInitializeEx>(wire::Text{u"fuzz"}, wire::Text{u"fuzz"}, 0x20002u);
  client.app = client.answer();
  client.call_function<wire::Fn::lineOpen>(client.app, 0u, 0x20002u, 0u, std::uint64_t{1},
                                           std::uint32_t{LINECALLPRIVILEGE_OWNER | LINECALLPRIVILEGE_MONITOR},
                                           std::uint32_t{LINEMEDIAMODE_INTERACTIVEVOICE}, wire::Data{});
  client.line = client.answer();
  Input input{data, size};
  while (input.left != 0) {
    switch (input.take(1) % 8) {
    case 0:
      if (provider.lines.contains(0)) provider.offer(0, 1U << (input.take(1) % 16));
      break;
    case 1:
      if (provider.calls.size() > 1 && provider.lines.contains(0))
        provider.state(static_cast<DWORD>(1 + input.take(1) % (provider.calls.size() - 1)),
                       1U << (input.take(1) % 16), input.take(1));
      break;
    case 2: loop.settle(); break;
    case 3: provider.complete_at_once = !provider.complete_at_once; break;
    case 4:
      if (!provider.waiting.empty()) provider.complete(input.take(1) % 2 ? LINEERR_OPERATIONFAILED : 0);
      break;
    default: request(client, input); break;
    }
  }
  client.session.reset();
  loop.settle();
  if (server.counts().call_handles != 0 || server.counts().open_lines != 0) std::abort();
  return 0;
}
