// SPDX-License-Identifier: Apache-2.0
#include "tapi_double.hpp"

#include <cstring>
#include <fmt/core.h>

#include "base/text.hpp"
#include "tsp/exports.hpp"

extern "C" int32_t TRUNKLINE_providerAttach(const trunkline_host*, char*, uint32_t);

namespace tl::pbx::test {

PbxProvider* the_provider = nullptr;
FakeDriver* the_driver = nullptr;

namespace {

TapiDouble* the_double = nullptr;

Result<std::unique_ptr<Driver>> make_fake_driver(const DriverStart& start) {
  auto driver = std::make_unique<FakeDriver>(start.events);
  the_driver = driver.get();
  return std::unique_ptr<Driver>(std::move(driver));
}

void on_completion(DRV_REQUESTID id, LONG result) {
  TL_CHECK(!the_double->replies.contains(id), "a request is completed twice");
  the_double->replies[id] = result;
  the_double->log.push_back(result == 0 ? "reply 0" : fmt::format("reply {:#x}", static_cast<DWORD>(result)));
}

void event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3) {
  the_double->on_event(line, call, message, p1, p2, p3);
}

std::string info_names(DWORD items) {
  static const std::map<DWORD, const char*> names = {{LINECALLINFOSTATE_APPSPECIFIC, "APPSPECIFIC"},
                                                     {LINECALLINFOSTATE_CALLID, "CALLID"},
                                                     {LINECALLINFOSTATE_REASON, "REASON"},
                                                     {LINECALLINFOSTATE_CALLERID, "CALLERID"},
                                                     {LINECALLINFOSTATE_CALLEDID, "CALLEDID"},
                                                     {LINECALLINFOSTATE_CONNECTEDID, "CONNECTEDID"},
                                                     {LINECALLINFOSTATE_REDIRECTIONID, "REDIRECTIONID"},
                                                     {LINECALLINFOSTATE_REDIRECTINGID, "REDIRECTINGID"},
                                                     {LINECALLINFOSTATE_TREATMENT, "TREATMENT"},
                                                     {LINECALLINFOSTATE_CALLDATA, "CALLDATA"},
                                                     {LINECALLINFOSTATE_USERUSERINFO, "USERUSERINFO"}};
  std::string out;
  for (const auto& [bit, name] : names)
    if ((items & bit) != 0) out += std::string(out.empty() ? "" : "|") + name;
  return out;
}

template <class T> std::string text_at(const T& fixed, DWORD size, DWORD offset) {
  const auto* const at = reinterpret_cast<const char16_t*>(reinterpret_cast<const char*>(&fixed) + offset);
  return size < 2 ? "" : to_utf8(std::u16string_view(at, size / 2 - 1));
}

} // namespace

std::u16string wide(const std::string& text) {
  return to_utf16(text);
}

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
  case LINECALLSTATE_ONHOLDPENDTRANSFER: return "ONHOLDPENDTRANSFER";
  case LINECALLSTATE_ONHOLDPENDCONF: return "ONHOLDPENDCONF";
  case LINECALLSTATE_CONFERENCED: return "CONFERENCED";
  case LINECALLSTATE_DISCONNECTED: return "DISCONNECTED";
  default: return fmt::format("state {:#x}", state);
  }
}

TapiDouble::TapiDouble(const std::string& config, bool open_all) : host(config) {
  the_double = this;
  char error[512] = "";
  TL_CHECK(TRUNKLINE_providerAttach(&host.host, error, sizeof(error)) == 0, error);
  DWORD lines_count = 0;
  DWORD phones = 0;
  TL_CHECK(TSPI_providerEnumDevices(7, &lines_count, &phones, nullptr, nullptr, nullptr) == 0);
  DWORD options = 0;
  TL_CHECK(TSPI_providerInit(0x00020002, 7, 100, 0, lines_count, 0, &on_completion, &options) == 0);
  TL_CHECK(options == LINETSPIOPTION_NONREENTRANT);
  for (DWORD i = 0; i < lines_count; ++i) {
    alignas(8) char buffer[2048] = {};
    auto* const caps = reinterpret_cast<LINEADDRESSCAPS*>(buffer);
    caps->dwTotalSize = sizeof(buffer);
    TL_CHECK(TSPI_lineGetAddressCaps(100 + i, 0, 0x00020002, 0, caps) == 0);
    std::string number = text_at(*caps, caps->dwAddressSize, caps->dwAddressOffset);
    if (number.empty()) { // a line without a dialable address goes by its name
      alignas(8) char line_buffer[2048] = {};
      auto* const line_caps = reinterpret_cast<LINEDEVCAPS*>(line_buffer);
      line_caps->dwTotalSize = sizeof(line_buffer);
      TL_CHECK(TSPI_lineGetDevCaps(100 + i, 0x00020002, 0, line_caps) == 0);
      number = text_at(*line_caps, line_caps->dwLineNameSize, line_caps->dwLineNameOffset);
    }
    devices[number] = 100 + i;
    names.push_back(number);
  }
  if (open_all)
    for (const std::string& name : names) open(name);
  settle();
}

TapiDouble::~TapiDouble() {
  TSPI_providerShutdown(0x00020002, 7);
  TL_CHECK(host.timers == 0, "a provider left a timer behind");
  the_double = nullptr;
}

void TapiDouble::open(const std::string& number) {
  HDRVLINE handle = nullptr;
  const DWORD device = devices.at(number);
  const LONG result = TSPI_lineOpen(device, reinterpret_cast<HTAPILINE>(static_cast<DWORD_PTR>(device)),
                                    &handle, 0x00020002, &event);
  TL_CHECK(result == 0, fmt::format("open {}: {:#x}", number, static_cast<DWORD>(result)));
  lines[number] = handle;
}

void TapiDouble::close(const std::string& number) {
  TL_CHECK(TSPI_lineClose(lines.at(number)) == 0);
  lines.erase(number);
  for (const auto& one : calls)
    if (one->line == number) one->closed = true;
}

void TapiDouble::on_event(HTAPILINE server, HTAPICALL call, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                          DWORD_PTR p3) {
  const std::string& name = names.at(reinterpret_cast<DWORD_PTR>(server) - 100);
  TL_CHECK(lines.contains(name), "an event for a closed line");
  CallRecord* const record =
      call != nullptr ? calls.at(reinterpret_cast<DWORD_PTR>(call) - 1).get() : nullptr;
  if (record != nullptr) {
    TL_CHECK(!record->closed, "an event for a closed call");
    TL_CHECK(record->line == name, "an event with a call of another line");
    TL_CHECK(record->state != LINECALLSTATE_IDLE || message == LINE_GENERATE, "an event after IDLE");
  }
  switch (message) {
  case LINE_NEWCALL: {
    if (refuse_new_calls) return;
    calls.push_back(std::make_unique<CallRecord>(CallRecord{name, reinterpret_cast<HDRVCALL>(p1)}));
    *reinterpret_cast<HTAPICALL*>(p2) = reinterpret_cast<HTAPICALL>(calls.size());
    log.push_back(name + " new");
    return;
  }
  case LINE_CALLSTATE: {
    static const std::map<DWORD, const char*> modes = {
        {LINEDISCONNECTMODE_NORMAL, "NORMAL"},         {LINEDISCONNECTMODE_BUSY, "BUSY"},
        {LINEDISCONNECTMODE_REJECT, "REJECT"},         {LINEDISCONNECTMODE_NOANSWER, "NOANSWER"},
        {LINEDISCONNECTMODE_CANCELLED, "CANCELLED"},   {LINEDISCONNECTMODE_UNREACHABLE, "UNREACHABLE"},
        {LINEDISCONNECTMODE_CONGESTION, "CONGESTION"}, {LINEDISCONNECTMODE_BADADDRESS, "BADADDRESS"}};
    record->state = static_cast<DWORD>(p1);
    record->mode = static_cast<DWORD>(p2);
    const bool gone = record->state == LINECALLSTATE_DISCONNECTED;
    const auto mode = modes.find(record->mode);
    record->conference = nullptr;
    if (record->state == LINECALLSTATE_CONFERENCED) {
      TL_CHECK(p2 > 0 && p2 <= calls.size(), "a member of an unknown conference");
      record->conference = calls[p2 - 1].get();
      TL_CHECK(record->conference->line == name && !record->conference->closed);
    }
    log.push_back(name + " " + state_name(record->state) +
                  (gone ? std::string(" ") + (mode != modes.end() ? mode->second : "?") : ""));
    return;
  }
  case LINE_CALLINFO: log.push_back(name + " info " + info_names(static_cast<DWORD>(p1))); return;
  case LINE_MONITORDIGITS: log.push_back(fmt::format("{} digit {}", name, static_cast<char>(p1))); return;
  case LINE_MONITORTONE: log.push_back(fmt::format("{} tone {} list {}", name, p1, p2)); return;
  case LINE_MONITORMEDIA: log.push_back(fmt::format("{} media {:#x}", name, p1)); return;
  case LINE_GATHERDIGITS: log.push_back(fmt::format("{} gathered reason {} id {}", name, p1, p2)); return;
  case LINE_GENERATE: log.push_back(fmt::format("{} generated reason {} id {}", name, p1, p2)); return;
  case LINE_LINEDEVSTATE:
    if (p1 == LINEDEVSTATE_RINGING)
      return log.push_back(fmt::format("{} ring mode {} count {}", name, p2, p3));
    log.push_back(fmt::format("{} line {:#x}", name, p1));
    return;
  case LINE_ADDRESSSTATE: log.push_back(fmt::format("{} address {:#x}", name, p2)); return;
  default: TL_CHECK(false, fmt::format("message {}", message));
  }
}

bool TapiDouble::has_call(const std::string& number) const {
  for (const auto& one : calls)
    if (one->line == number && !one->closed) return true;
  return false;
}

CallRecord& TapiDouble::call(const std::string& number) {
  for (auto it = calls.rbegin(); it != calls.rend(); ++it)
    if ((*it)->line == number && !(*it)->closed) return **it;
  TL_CHECK(false, number + " has no call");
}

CallRecord& TapiDouble::call_in(const std::string& number, DWORD state) {
  for (auto it = calls.rbegin(); it != calls.rend(); ++it)
    if ((*it)->line == number && !(*it)->closed && (*it)->state == state) return **it;
  TL_CHECK(false, number + " has no call in " + state_name(state));
}

void TapiDouble::close_call(CallRecord& record) {
  TL_CHECK(TSPI_lineCloseCall(record.driver) == 0);
  record.closed = true;
}

void TapiDouble::close_finished() {
  for (const auto& one : calls)
    if (!one->closed && one->state == LINECALLSTATE_IDLE) close_call(*one);
}

LONG TapiDouble::reply(LONG result) const {
  if (result <= 0) return result;
  const auto found = replies.find(static_cast<DRV_REQUESTID>(result));
  return found == replies.end() ? 1 : found->second;
}

LONG TapiDouble::make_call(const std::string& number, const std::string& destination) {
  calls.push_back(std::make_unique<CallRecord>(CallRecord{number}));
  CallRecord& record = *calls.back();
  const LONG result = TSPI_lineMakeCall(request(), line(number), reinterpret_cast<HTAPICALL>(calls.size()),
                                        &record.driver, wide(destination).c_str(), 0, nullptr);
  if (result < 0) record.closed = true; // a handle that never was
  return reply(result);
}

LONG TapiDouble::drop(const std::string& number) {
  return reply(TSPI_lineDrop(request(), hd(number), nullptr, 0));
}
LONG TapiDouble::answer(const std::string& number) {
  return reply(TSPI_lineAnswer(request(), hd(number), nullptr, 0));
}
LONG TapiDouble::redirect(const std::string& number, const std::string& destination) {
  return reply(TSPI_lineRedirect(request(), hd(number), wide(destination).c_str(), 0));
}
LONG TapiDouble::blind_transfer(const std::string& number, const std::string& destination) {
  return reply(TSPI_lineBlindTransfer(request(), hd(number), wide(destination).c_str(), 0));
}

LONG TapiDouble::setup_transfer(const std::string& number, CallRecord*& consult) {
  const HDRVCALL held = hd(number);
  calls.push_back(std::make_unique<CallRecord>(CallRecord{number}));
  consult = calls.back().get();
  const LONG result = TSPI_lineSetupTransfer(request(), held, reinterpret_cast<HTAPICALL>(calls.size()),
                                             &consult->driver, nullptr);
  if (result < 0) consult->closed = true;
  return reply(result);
}

LONG TapiDouble::complete_transfer(CallRecord& held, CallRecord& consult) {
  return reply(TSPI_lineCompleteTransfer(request(), held.driver, consult.driver, nullptr, nullptr,
                                         LINETRANSFERMODE_TRANSFER));
}

HTAPICALL TapiDouble::add_record(const std::string& number, CallRecord*& record) {
  calls.push_back(std::make_unique<CallRecord>(CallRecord{number}));
  record = calls.back().get();
  return reinterpret_cast<HTAPICALL>(calls.size());
}

LONG TapiDouble::setup_conference(HDRVCALL first, const std::string& number, CallRecord*& parent,
                                  CallRecord*& consult, DWORD parties, LINECALLPARAMS* parameters) {
  const HTAPICALL one = add_record(number, parent);
  const HTAPICALL other = add_record(number, consult);
  const LONG result = TSPI_lineSetupConference(request(), first, line(number), one, &parent->driver, other,
                                               &consult->driver, parties, parameters);
  if (result < 0) parent->closed = consult->closed = true;
  return reply(result);
}

LONG TapiDouble::prepare_add(CallRecord& parent, CallRecord*& consult, LINECALLPARAMS* parameters) {
  const HTAPICALL server = add_record(parent.line, consult);
  const LONG result =
      TSPI_linePrepareAddToConference(request(), parent.driver, server, &consult->driver, parameters);
  if (result < 0) consult->closed = true;
  return reply(result);
}

LONG TapiDouble::add_to_conference(CallRecord& parent, CallRecord& added) {
  return reply(TSPI_lineAddToConference(request(), parent.driver, added.driver));
}

LONG TapiDouble::transfer_into_conference(CallRecord& held, CallRecord& consult, CallRecord*& parent) {
  const HTAPICALL server = add_record(held.line, parent);
  const LONG result = TSPI_lineCompleteTransfer(request(), held.driver, consult.driver, server,
                                                &parent->driver, LINETRANSFERMODE_CONFERENCE);
  if (result < 0) parent->closed = true;
  return reply(result);
}

LONG TapiDouble::park(HDRVCALL call, std::string& place) {
  alignas(8) char buffer[64] = {};
  auto* const chosen = reinterpret_cast<VARSTRING*>(buffer);
  chosen->dwTotalSize = sizeof(buffer);
  if (!place.empty())
    return reply(TSPI_linePark(request(), call, LINEPARKMODE_DIRECTED, wide(place).c_str(), nullptr));
  const LONG result = reply(TSPI_linePark(request(), call, LINEPARKMODE_NONDIRECTED, nullptr, chosen));
  place = text_at(*chosen, chosen->dwStringSize, chosen->dwStringOffset);
  return result;
}

LONG TapiDouble::unpark(const std::string& number, const std::string& place) {
  calls.push_back(std::make_unique<CallRecord>(CallRecord{number}));
  CallRecord& record = *calls.back();
  const LONG result = TSPI_lineUnpark(request(), line(number), 0, reinterpret_cast<HTAPICALL>(calls.size()),
                                      &record.driver, wide(place).c_str());
  if (result < 0) record.closed = true;
  return reply(result);
}

LONG TapiDouble::pickup(const std::string& number, const char* address, const char* group) {
  calls.push_back(std::make_unique<CallRecord>(CallRecord{number}));
  CallRecord& record = *calls.back();
  const std::u16string from = wide(address != nullptr ? address : "");
  const std::u16string of = wide(group != nullptr ? group : "");
  const LONG result =
      TSPI_linePickup(request(), line(number), 0, reinterpret_cast<HTAPICALL>(calls.size()), &record.driver,
                      address != nullptr ? from.c_str() : nullptr, group != nullptr ? of.c_str() : nullptr);
  if (result < 0) record.closed = true;
  return reply(result);
}

LONG TapiDouble::forward(const std::string& number, const std::vector<Forwarding>& wanted, DWORD rings) {
  alignas(8) char buffer[4096] = {};
  auto* const list = reinterpret_cast<LINEFORWARDLIST*>(buffer);
  list->dwTotalSize = sizeof(buffer);
  list->dwNumEntries = static_cast<DWORD>(wanted.size());
  DWORD at = static_cast<DWORD>(offsetof(LINEFORWARDLIST, ForwardList) + wanted.size() * sizeof(LINEFORWARD));
  const auto put = [&](const std::string& text, DWORD& size, DWORD& offset) {
    if (text.empty()) return;
    const std::u16string to = wide(text);
    size = static_cast<DWORD>((to.size() + 1) * 2);
    offset = at;
    std::memcpy(buffer + at, to.c_str(), size);
    at += size;
  };
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    LINEFORWARD entry{};
    entry.dwForwardMode = wanted[i].mode;
    put(wanted[i].caller, entry.dwCallerAddressSize, entry.dwCallerAddressOffset);
    put(wanted[i].destination, entry.dwDestAddressSize, entry.dwDestAddressOffset);
    std::memcpy(&list->ForwardList[i], &entry, sizeof(entry));
  }
  HDRVCALL consultation = nullptr;
  return reply(TSPI_lineForward(request(), line(number), 1, 0, wanted.empty() ? nullptr : list, rings,
                                nullptr, &consultation, nullptr));
}

std::vector<TapiDouble::Forwarding> TapiDouble::forwarding(const std::string& number) {
  alignas(8) char buffer[4096] = {};
  auto* const raw = reinterpret_cast<LINEADDRESSSTATUS*>(buffer);
  raw->dwTotalSize = sizeof(buffer);
  TL_CHECK(TSPI_lineGetAddressStatus(line(number), 0, raw) == 0);
  std::vector<Forwarding> out;
  for (DWORD i = 0; i < raw->dwForwardNumEntries; ++i) {
    LINEFORWARD entry{};
    std::memcpy(&entry, buffer + raw->dwForwardOffset + i * sizeof(entry), sizeof(entry));
    out.push_back({entry.dwForwardMode, text_at(*raw, entry.dwDestAddressSize, entry.dwDestAddressOffset),
                   text_at(*raw, entry.dwCallerAddressSize, entry.dwCallerAddressOffset)});
  }
  return out;
}

LONG TapiDouble::command(const std::string& number, const std::string& json) {
  std::string bytes = json;
  return reply(TSPI_lineDevSpecific(request(), line(number), 0, nullptr, bytes.data(),
                                    static_cast<DWORD>(bytes.size())));
}

TapiDouble::Info TapiDouble::info(HDRVCALL call) {
  alignas(8) char buffer[8192] = {};
  auto* const raw = reinterpret_cast<LINECALLINFO*>(buffer);
  raw->dwTotalSize = sizeof(buffer);
  const LONG result = TSPI_lineGetCallInfo(call, raw);
  TL_CHECK(result == 0, fmt::format("call info: {:#x}", static_cast<DWORD>(result)));
  TL_CHECK(raw->dwNeededSize == raw->dwUsedSize && raw->dwUsedSize <= sizeof(buffer));
  Info out{raw->dwCallID,
           raw->dwRelatedCallID,
           raw->dwReason,
           raw->dwOrigin,
           raw->dwCallTreatment,
           {},
           {},
           {},
           {},
           {},
           {},
           {}};
  out.caller = text_at(*raw, raw->dwCallerIDSize, raw->dwCallerIDOffset);
  out.caller_name = text_at(*raw, raw->dwCallerIDNameSize, raw->dwCallerIDNameOffset);
  out.called = text_at(*raw, raw->dwCalledIDSize, raw->dwCalledIDOffset);
  out.connected = text_at(*raw, raw->dwConnectedIDSize, raw->dwConnectedIDOffset);
  out.redirection = text_at(*raw, raw->dwRedirectionIDSize, raw->dwRedirectionIDOffset);
  out.redirecting = text_at(*raw, raw->dwRedirectingIDSize, raw->dwRedirectingIDOffset);
  out.data.assign(buffer + raw->dwCallDataOffset, raw->dwCallDataSize);
  return out;
}

LINECALLSTATUS TapiDouble::status(HDRVCALL call) {
  LINECALLSTATUS out{};
  out.dwTotalSize = sizeof(out);
  const LONG result = TSPI_lineGetCallStatus(call, &out);
  TL_CHECK(result == 0, fmt::format("call status: {:#x}", static_cast<DWORD>(result)));
  return out;
}

std::string TapiDouble::take() {
  std::string out;
  for (const std::string& line : log) out += line + "\n";
  log.clear();
  return out;
}

} // namespace tl::pbx::test

namespace tl::tsp {

std::unique_ptr<Provider> make_provider() {
  std::map<std::string, pbx::DriverFactory> drivers;
  drivers["sim"] = &pbx::make_sim_driver;
  drivers["sip"] = &pbx::test::make_fake_driver;
  auto provider = std::make_unique<pbx::PbxProvider>(std::move(drivers));
  pbx::test::the_provider = provider.get();
  return provider;
}

} // namespace tl::tsp
