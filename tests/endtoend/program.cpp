// SPDX-License-Identifier: Apache-2.0
#include "program.hpp"

#include <fmt/core.h>

#include "base/text.hpp"
#include "tapi32/library.hpp"

namespace tl::test {
namespace {

constexpr DWORD version = 0x00020002;

std::string state_name(DWORD state) {
  switch (state) {
  case LINECALLSTATE_IDLE: return "IDLE";
  case LINECALLSTATE_OFFERING: return "OFFERING";
  case LINECALLSTATE_ACCEPTED: return "ACCEPTED";
  case LINECALLSTATE_DIALTONE: return "DIALTONE";
  case LINECALLSTATE_DIALING: return "DIALING";
  case LINECALLSTATE_RINGBACK: return "RINGBACK";
  case LINECALLSTATE_BUSY: return "BUSY";
  case LINECALLSTATE_CONNECTED: return "CONNECTED";
  case LINECALLSTATE_PROCEEDING: return "PROCEEDING";
  case LINECALLSTATE_ONHOLD: return "ONHOLD";
  case LINECALLSTATE_CONFERENCED: return "CONFERENCED";
  case LINECALLSTATE_ONHOLDPENDCONF: return "ONHOLDPENDCONF";
  case LINECALLSTATE_ONHOLDPENDTRANSFER: return "ONHOLDPENDTRANSFER";
  case LINECALLSTATE_DISCONNECTED: return "DISCONNECTED";
  case LINECALLSTATE_UNKNOWN: return "UNKNOWN";
  default: return fmt::format("state {:#x}", state);
  }
}

} // namespace

Program::Program(VirtualLoop& on, const char16_t* name) : loop(on) {
  LINEINITIALIZEEXPARAMS params{};
  params.dwTotalSize = sizeof params;
  params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
  DWORD count = 0;
  DWORD agreed = version;
  EXPECT_EQ(lineInitializeExW(&app_, nullptr, nullptr, name, &count, &agreed, &params), 0);
  for (DWORD id = 0; id < count; ++id) {
    LINEEXTENSIONID extension{};
    EXPECT_EQ(lineNegotiateAPIVersion(app_, id, version, version, &agreed, &extension), 0);
    auto& caps = *reinterpret_cast<LINEDEVCAPS*>(buffer_);
    caps.dwTotalSize = sizeof buffer_;
    EXPECT_EQ(lineGetDevCapsW(app_, id, version, 0, &caps), 0);
    std::string number =
        to_utf8(reinterpret_cast<const char16_t*>(buffer_ + caps.dwLineNameOffset)); // a trunk has no address
    auto& address = *reinterpret_cast<LINEADDRESSCAPS*>(buffer_);
    address.dwTotalSize = sizeof buffer_;
    EXPECT_EQ(lineGetAddressCapsW(app_, id, 0, version, 0, &address), 0);
    if (address.dwAddressSize > 2)
      number = to_utf8(reinterpret_cast<const char16_t*>(buffer_ + address.dwAddressOffset));
    devices_[number] = id;
  }
}

Program::~Program() {
  EXPECT_EQ(lineShutdown(app_), 0);
  loop.settle();
}

HLINE Program::open(const std::string& number, DWORD privileges) {
  HLINE line = 0;
  EXPECT_EQ(lineOpenW(app_, devices_.at(number), &line, version, 0, devices_.at(number), privileges,
                      LINEMEDIAMODE_INTERACTIVEVOICE, nullptr),
            0);
  EXPECT_EQ(lineSetStatusMessages(line,
                                  LINEDEVSTATE_MSGWAITON | LINEDEVSTATE_MSGWAITOFF | LINEDEVSTATE_COMPLCANCEL,
                                  LINEADDRESSSTATE_FORWARD),
            0);
  lines_[number] = line;
  numbers_[line] = number;
  return line;
}

LONG Program::done(LONG request) {
  EXPECT_GT(request, 0);
  if (request <= 0) return request;
  EXPECT_FALSE(replies_.contains(request)) << "the reply came before the function returned";
  loop.settle();
  read();
  EXPECT_TRUE(replies_.contains(request)) << "no reply";
  return replies_.contains(request) ? replies_.at(request) : 1;
}

void Program::command(const std::string& number, std::string json) {
  EXPECT_EQ(done(lineDevSpecific(lines_.at(number), 0, 0, json.data(), static_cast<DWORD>(json.size()))), 0);
}

void Program::number_call(HCALL call, const std::string& line) {
  calls_[call] = fmt::format("{}.{}", line, ++counts_[line]);
}

std::string Program::text_of(const LINEMESSAGE& message) {
  const HCALL call = message.hDevice;
  const auto of_call = [&](std::string text) {
    if (!calls_.contains(call))
      for (const auto& [number, id] : devices_)
        if (id == message.dwCallbackInstance) number_call(call, number);
    return calls_[call] + " " + text;
  };
  switch (message.dwMessageID) {
  case LINE_CALLSTATE: {
    const auto state = static_cast<DWORD>(message.dwParam1);
    std::string text = of_call(state_name(state));
    if (state == LINECALLSTATE_CONFERENCED) text += " " + name(static_cast<HCALL>(message.dwParam2));
    return text;
  }
  case LINE_APPNEWCALL:
    number_call(static_cast<HCALL>(message.dwParam2), numbers_.at(message.hDevice));
    return "";
  case LINE_CALLINFO: return "";
  case LINE_GENERATE: return of_call(fmt::format("generated {}", message.dwParam1));
  case LINE_MONITORDIGITS: return of_call(fmt::format("digit {}", static_cast<char>(message.dwParam1)));
  case LINE_MONITORTONE: return of_call(fmt::format("tone {}", message.dwParam1));
  case LINE_MONITORMEDIA: return of_call(fmt::format("media {:#x}", message.dwParam1));
  case LINE_LINEDEVSTATE:
    return fmt::format("{} line {:#x} {}", numbers_.at(message.hDevice), message.dwParam1, message.dwParam2);
  case LINE_ADDRESSSTATE:
    return fmt::format("{} address {:#x}", numbers_.at(message.hDevice), message.dwParam2);
  default: return fmt::format("message {}", message.dwMessageID);
  }
}

void Program::read() {
  LINEMESSAGE message{};
  while (lineGetMessage(app_, &message, 0) == 0) {
    if (message.dwMessageID == LINE_REPLY) {
      const auto id = static_cast<LONG>(message.dwParam1);
      EXPECT_FALSE(replies_.contains(id)) << "a second reply";
      replies_[id] = static_cast<LONG>(message.dwParam2);
      continue;
    }
    std::string text = text_of(message);
    if (!text.empty()) log_.push_back(std::move(text));
  }
}

std::string Program::take() {
  loop.settle();
  read();
  std::string all;
  for (const std::string& one : std::exchange(log_, {})) all += one + "\n";
  return all;
}

HCALL Program::call(const std::string& wanted) const {
  for (const auto& [call, name] : calls_)
    if (name == wanted) return call;
  ADD_FAILURE() << "no call " << wanted;
  return 0;
}

std::string Program::name(HCALL call) const {
  const auto found = calls_.find(call);
  return found == calls_.end() ? fmt::format("call {:#x}", call) : found->second;
}

DWORD Program::state(HCALL call) const {
  LINECALLSTATUS status{};
  status.dwTotalSize = sizeof status;
  EXPECT_EQ(lineGetCallStatus(call, &status), 0);
  return status.dwCallState;
}

DWORD Program::features(HCALL call) const {
  LINECALLSTATUS status{};
  status.dwTotalSize = sizeof status;
  EXPECT_EQ(lineGetCallStatus(call, &status), 0);
  return status.dwCallFeatures;
}

const LINECALLINFO& Program::info(HCALL call) {
  auto& info = *reinterpret_cast<LINECALLINFO*>(buffer_);
  info.dwTotalSize = sizeof buffer_;
  EXPECT_EQ(lineGetCallInfoW(call, &info), 0);
  return info;
}

const LINEADDRESSCAPS& Program::address_caps(const std::string& number) {
  auto& caps = *reinterpret_cast<LINEADDRESSCAPS*>(buffer_);
  caps.dwTotalSize = sizeof buffer_;
  EXPECT_EQ(lineGetAddressCapsW(app_, devices_.at(number), 0, version, 0, &caps), 0);
  return caps;
}

LINEADDRESSSTATUS Program::address_status(const std::string& number) const {
  alignas(8) char buffer[1024]{};
  auto& status = *reinterpret_cast<LINEADDRESSSTATUS*>(buffer);
  status.dwTotalSize = sizeof buffer;
  EXPECT_EQ(lineGetAddressStatusW(lines_.at(number), 0, &status), 0);
  return status;
}

std::vector<HCALL> Program::related(HCALL call, LONG expected) const {
  alignas(8) char buffer[1024]{};
  auto& list = *reinterpret_cast<LINECALLLIST*>(buffer);
  list.dwTotalSize = sizeof buffer;
  EXPECT_EQ(lineGetConfRelatedCalls(call, &list), expected);
  const auto* const first = reinterpret_cast<const HCALL*>(buffer + list.dwCallsOffset);
  return expected == 0 ? std::vector<HCALL>(first, first + list.dwCallsNumEntries) : std::vector<HCALL>{};
}

HCALL Program::talk(const std::string& from, const char16_t* to) {
  HCALL call = 0;
  EXPECT_EQ(done(lineMakeCallW(line(from), &call, to, 0, nullptr)), 0);
  loop.run_for(3s);
  EXPECT_EQ(state(call), DWORD{LINECALLSTATE_CONNECTED});
  take();
  return call;
}

Site::Site(const char* config) : server(loop, log) {
  tapi32::Library::instance().use_in_process(&server);
  const auto loaded = server.load_provider(TRUNKLINE_PBX_TSP, config);
  EXPECT_TRUE(loaded) << loaded.error().text;
  loop.settle(); // the phones register
}

Site::~Site() {
  loop.run_for(5s);
  EXPECT_EQ(server.counts().call_handles, 0U);
  server.shutdown();
  tapi32::Library::instance().use_in_process(nullptr);
}

} // namespace tl::test
