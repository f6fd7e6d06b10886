// SPDX-License-Identifier: Apache-2.0
// A Telephony on the real TAPI library, in process, whose server is scripted: lines with capabilities, any
// event, any answer. Everything runs under a virtual loop.
#pragma once

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "../tapi32/fake_server.hpp"
#include "base/virtual_loop.hpp"
#include "tapi32/library.hpp"
#include "telephony/structure.hpp"
#include "trunkline/telephony.hpp"

namespace tl::test {

using telephony::Address;
using telephony::Call;

// A flat structure in the making: a fixed part and parts behind it.
template <class T> class Flat {
public:
  T fixed{};

  void text(DWORD T::*size, DWORD T::*offset, std::u16string_view text) {
    const std::u16string ended{text};
    part(size, offset, {reinterpret_cast<const char*>(ended.c_str()), (ended.size() + 1) * 2});
  }
  void part(DWORD T::*size, DWORD T::*offset, std::string_view bytes) {
    fixed.*size = static_cast<DWORD>(bytes.size());
    fixed.*offset = static_cast<DWORD>(sizeof(T) + tail_.size());
    tail_ += bytes;
  }
  DWORD size() const { return static_cast<DWORD>(sizeof(T) + tail_.size()); }

  // What a server answers to a program with room for so much: everything, or the fixed part alone.
  Buffer cut(std::uint32_t capacity) const {
    T head = fixed;
    head.dwNeededSize = size();
    head.dwUsedSize = size() <= capacity ? size() : static_cast<DWORD>(sizeof(T));
    Buffer bytes(head.dwUsedSize);
    std::memcpy(bytes.data(), &head, sizeof head);
    if (head.dwUsedSize > sizeof head) std::memcpy(bytes.data() + sizeof head, tail_.data(), tail_.size());
    return bytes;
  }

private:
  std::string tail_;
};

struct ScriptedLine {
  std::u16string name, number;
  DWORD flags = 0;
  DWORD calls = 1;
  DWORD features = LINEADDRFEATURE_MAKECALL;
};

struct Asked {
  Fn fn{};
  LONG id = 0;
  std::uint32_t sequence = 0;
  Buffer payload;
};

// Writes down what it hears; a hook may act on it.
class Recorder : public telephony::Events {
public:
  std::vector<std::string> log;
  std::function<void(const std::string&)> hook;
  std::function<void(Call&)> on_call; // call_appeared, call_state
  bool trace_messages = false;

  void call_appeared(Call& call) override {
    note("appeared {:x} {}", call.handle(), call.privilege());
    if (on_call) on_call(call);
  }
  void call_state(Call& call) override {
    note("{:x} {} {}", call.handle(), telephony::call_state_name(call.state()), call.mode());
    if (on_call) on_call(call);
  }
  void call_info(Call& call, DWORD what) override { note("info {:x} {:x}", call.handle(), what); }
  void call_digit(Call& call, char digit, DWORD mode) override {
    note("digit {:x} {} {}", call.handle(), digit, mode);
  }
  void call_digits_gathered(Call& call, std::string_view digits, DWORD why) override {
    note("gathered {:x} '{}' {}", call.handle(), digits, why);
  }
  void call_digits_sent(Call& call, DWORD why) override { note("sent {:x} {}", call.handle(), why); }
  void address_state(Address& address, DWORD what) override {
    note("address {} {:x}", address.number(), what);
  }
  void line_state(Address& address, DWORD what, DWORD p2, DWORD p3) override {
    note("line {} {:x} {} {}", address.number(), what, p2, p3);
  }
  void line_closed(Address& address) override { note("closed {}", address.number()); }
  void line_created(Address& address) override { note("created {}", address.number()); }
  void line_removed(Address& address) override { note("removed {}", address.number()); }
  void agent_status(Address& address, DWORD what, DWORD state) override {
    note("agent {} {} {}", address.number(), what, state);
  }
  void queue_status(Address& address, DWORD queue, DWORD what) override {
    note("queue {} {} {}", address.number(), queue, what);
  }
  void proxy_status(Address& address, DWORD what, DWORD type) override {
    note("proxy {} {} {}", address.number(), what, type);
  }
  void message(const LINEMESSAGE& message) override {
    if (trace_messages) note("message {}", message.dwMessageID);
  }
  void lost() override { note("lost"); }

protected:
  template <class... A> void note(fmt::format_string<A...> format, A&&... arguments) {
    log.push_back(fmt::format(format, std::forward<A>(arguments)...));
    if (hook) hook(log.back());
  }
};

class Site : public ::testing::Test {
protected:
  static constexpr HLINE line_base = 0x1000; // the HLINE of device n is 0x1000 + n, until it is opened again

  Site() {
    tapi32::Library::instance().use_in_process(&server);
    lines = {{u"Anna Ångström", u"201", 0, 1},
             {u"Berlin trunk", u"", 0, 30},
             {u"Welcome", u"2000", LINEADDRCAPFLAGS_ROUTEPOINT, 100},
             {u"Sales", u"3000", LINEADDRCAPFLAGS_QUEUE, 100}};
    script_lines();
    script_requests();
  }
  ~Site() override {
    telephony.shutdown();
    EXPECT_EQ(server.open, 0) << "the connection ends with shutdown()";
    tapi32::Library::instance().use_in_process(nullptr);
  }

  // Opens device 0 ("201"), with owner privilege.
  Address& begin() {
    EXPECT_EQ(telephony.initialize(loop), 0);
    Address& address = *telephony.addresses().front();
    EXPECT_EQ(address.open({.owner = true, .monitor = true}), 0);
    return address;
  }

  void message(WORD id, DWORD device, DWORD p1, DWORD p2 = 0, DWORD p3 = 0, DWORD instance = 0) {
    server.emit({.message = id,
                 .sequence = 0,
                 .app = server.app,
                 .device = device,
                 .instance = instance,
                 .param1 = p1,
                 .param2 = p2,
                 .param3 = p3});
  }
  void new_call(const Address& address, HCALL handle, DWORD privilege = LINECALLPRIVILEGE_OWNER,
                DWORD state = LINECALLSTATE_OFFERING) {
    message(LINE_APPNEWCALL, address.line(), 0, handle, privilege, address.device_id());
    message(LINE_CALLSTATE, handle, state, 0, privilege, address.device_id());
  }
  void state(HCALL handle, DWORD call_state, DWORD mode = 0) {
    message(LINE_CALLSTATE, handle, call_state, mode);
  }

  // The LINE_REPLY of an asked request, on the line of device 0.
  void reply(const Asked& to, LONG result, const std::function<void(wire::Writer&)>& write = {},
             HLINE line = line_base) {
    Buffer answers;
    wire::Writer writer{answers};
    if (write) write(writer);
    server.emit({.message = LINE_REPLY,
                 .sequence = to.sequence,
                 .app = server.app,
                 .device = line,
                 .instance = 0,
                 .param1 = static_cast<std::uint64_t>(to.id),
                 .param2 = static_cast<std::uint64_t>(std::int64_t{result}),
                 .extra = answers});
  }
  template <class T>
  void reply_structure(const Asked& to, const Flat<T>& flat, std::uint32_t capacity, HLINE line = line_base) {
    const Buffer bytes = flat.cut(capacity);
    reply(
        to, 0, [&](wire::Writer& writer) { writer.data(Bytes{bytes}); }, line);
  }

  std::size_t count(Fn fn) const {
    return static_cast<std::size_t>(std::count(synchronous.begin(), synchronous.end(), fn));
  }
  void settle() { loop.settle(); }
  std::vector<std::string> take_log() { return std::exchange(events.log, {}); }
  telephony::Completion into(std::vector<LONG>& results) {
    return [&results](LONG result) { results.push_back(result); };
  }

  VirtualLoop loop;
  FakeServer server;
  Recorder events;
  telephony::Telephony telephony{"site test", events};
  std::vector<ScriptedLine> lines;
  std::vector<Asked> asked;     // asynchronous requests, as they came
  std::vector<Fn> synchronous;  // others that are counted
  Flat<LINECALLINFO> call_info; // the same for every call
  Flat<LINECALLSTATUS> call_status;
  std::vector<HCALL> new_calls; // for lineGetNewCalls
  LONG next_id = 0;
  HLINE next_line = 0; // added to the handle of the next lineOpen

private:
  using Request = FakeServer::Request;

  template <Fn F> void async() {
    server.on(F, [this](const Request& request, wire::ReplyWriter& answer) {
      asked.push_back({F, ++next_id, request.sequence, request.payload});
      answer.set_result(next_id);
    });
  }
  template <Fn F> void plain() {
    server.on(F, [this](const Request&, wire::ReplyWriter&) { synchronous.push_back(F); });
  }
  template <Fn F, class T> void structure(const Flat<T>& flat) {
    server.on(F, [this, &flat](const Request& request, wire::ReplyWriter& answer) {
      synchronous.push_back(F);
      const auto arguments = server.arguments<F>(request);
      const Buffer bytes = flat.cut(std::get<wire::Capacity>(arguments).bytes);
      wire::encode_answers<F>(answer, Bytes{bytes});
    });
  }

  void script_lines() {
    server.on(Fn::lineInitializeEx, [this](const Request&, wire::ReplyWriter& answer) {
      server.app = 0x101;
      wire::encode_answers<Fn::lineInitializeEx>(answer, server.app, static_cast<std::uint32_t>(lines.size()),
                                                 0x00020002u);
    });
    server.on(Fn::lineNegotiateAPIVersion, [](const Request&, wire::ReplyWriter& answer) {
      const LINEEXTENSIONID none{};
      wire::encode_answers<Fn::lineNegotiateAPIVersion>(answer, 0x00020002u,
                                                        std::as_bytes(std::span{&none, 1}));
    });
    server.on(Fn::lineGetDevCaps, [this](const Request& request, wire::ReplyWriter& answer) {
      const auto [app, device, version, extension, capacity] = server.arguments<Fn::lineGetDevCaps>(request);
      Flat<LINEDEVCAPS> flat;
      flat.fixed.dwPermanentLineID = 7000 + device;
      flat.text(&LINEDEVCAPS::dwLineNameSize, &LINEDEVCAPS::dwLineNameOffset, lines.at(device).name);
      const Buffer bytes = flat.cut(capacity.bytes);
      wire::encode_answers<Fn::lineGetDevCaps>(answer, Bytes{bytes});
    });
    server.on(Fn::lineGetAddressCaps, [this](const Request& request, wire::ReplyWriter& answer) {
      const auto [app, device, address, version, extension, capacity] =
          server.arguments<Fn::lineGetAddressCaps>(request);
      Flat<LINEADDRESSCAPS> flat;
      flat.fixed.dwAddrCapFlags = lines.at(device).flags;
      flat.fixed.dwMaxNumActiveCalls = lines.at(device).calls;
      flat.fixed.dwAddressFeatures = lines.at(device).features;
      flat.text(&LINEADDRESSCAPS::dwAddressSize, &LINEADDRESSCAPS::dwAddressOffset, lines.at(device).number);
      const Buffer bytes = flat.cut(capacity.bytes);
      wire::encode_answers<Fn::lineGetAddressCaps>(answer, Bytes{bytes});
    });
    server.on(Fn::lineOpen, [this](const Request& request, wire::ReplyWriter& answer) {
      const auto arguments = server.arguments<Fn::lineOpen>(request);
      wire::encode_answers<Fn::lineOpen>(answer, line_base + std::get<1>(arguments) + next_line);
    });
    server.on(Fn::lineGetNewCalls, [this](const Request& request, wire::ReplyWriter& answer) {
      Flat<LINECALLLIST> flat;
      flat.fixed.dwCallsNumEntries = static_cast<DWORD>(new_calls.size());
      flat.part(&LINECALLLIST::dwCallsSize, &LINECALLLIST::dwCallsOffset,
                {reinterpret_cast<const char*>(new_calls.data()), new_calls.size() * sizeof(HCALL)});
      const auto arguments = server.arguments<Fn::lineGetNewCalls>(request);
      const Buffer bytes = flat.cut(std::get<wire::Capacity>(arguments).bytes);
      wire::encode_answers<Fn::lineGetNewCalls>(answer, Bytes{bytes});
    });
  }

  void script_requests() {
    structure<Fn::lineGetCallInfo>(call_info);
    structure<Fn::lineGetCallStatus>(call_status);
    plain<Fn::lineDeallocateCall>();
    plain<Fn::lineClose>();
    plain<Fn::lineGatherDigits>();
    plain<Fn::lineSetCallPrivilege>();
    plain<Fn::lineProxyResponse>();
    async<Fn::lineDrop>();
    async<Fn::lineAnswer>();
    async<Fn::lineRedirect>();
    async<Fn::lineMakeCall>();
    async<Fn::lineSetupTransfer>();
    async<Fn::lineCompleteTransfer>();
    async<Fn::lineSetAgentGroup>();
    async<Fn::lineSetAgentState>();
    async<Fn::lineGetAgentStatus>();
    async<Fn::lineGetAgentGroupList>();
    async<Fn::lineGetQueueInfo>();
    async<Fn::lineAgentSpecific>();
  }
};

} // namespace tl::test
