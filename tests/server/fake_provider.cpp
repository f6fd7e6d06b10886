// SPDX-License-Identifier: Apache-2.0
#include "fake_provider.hpp"

#include <algorithm>
#include <cstring>

namespace tl::server::test {

FakeProvider* fake = nullptr;

namespace {

HDRVLINE line_handle(DWORD line) {
  return reinterpret_cast<HDRVLINE>(DWORD_PTR{line} + 1000);
}
DWORD number(HDRVLINE line) {
  return static_cast<DWORD>(reinterpret_cast<DWORD_PTR>(line) - 1000);
}
HDRVCALL call_handle(DWORD call) {
  return reinterpret_cast<HDRVCALL>(DWORD_PTR{call});
}
DWORD number(HDRVCALL call) {
  return static_cast<DWORD>(reinterpret_cast<DWORD_PTR>(call));
}
std::string name(HDRVCALL call) {
  return "c" + std::to_string(number(call));
}
std::string name(HDRVLINE line) {
  return std::to_string(number(line));
}
FakeCall& call_of(HDRVCALL call) {
  return fake->calls.at(number(call));
}

std::string text(LPCWSTR wide) {
  std::string narrow;
  for (; wide && *wide; ++wide) narrow.push_back(static_cast<char>(*wide));
  return wide ? narrow : "(null)";
}

template <class T> void whole(T* structure) {
  structure->dwNeededSize = structure->dwUsedSize = std::min<DWORD>(structure->dwTotalSize, sizeof(T));
}

int32_t attach(const trunkline_host* host, char* error, uint32_t size) {
  fake->host = host;
  fake->log.push_back(std::string("attach ") + host->config_json(host->host));
  if (fake->attach_result != 0) std::strncpy(error, "key 'x': a number was expected", size - 1);
  return fake->attach_result;
}

LONG negotiate(DWORD id, DWORD, DWORD, LPDWORD version) {
  *version = fake->version;
  return fake->sync("lineNegotiateTSPIVersion", id == INITIALIZE_NEGOTIATION ? "init" : std::to_string(id));
}
LONG enum_devices(DWORD, LPDWORD lines, LPDWORD phones, HPROVIDER server, LINEEVENT create,
                  PHONEEVENT create_phone) {
  *lines = fake->next_line = fake->line_count;
  *phones = fake->phone_count;
  fake->create_phone = create_phone;
  fake->create = create;
  fake->server_name = server;
  return fake->sync("providerEnumDevices", "");
}
LONG init(DWORD, DWORD, DWORD base, DWORD phone_base, DWORD_PTR, DWORD_PTR, ASYNC_COMPLETION completion,
          LPDWORD) {
  fake->base = base;
  fake->phone_base = phone_base;
  fake->completion = completion;
  return fake->sync("providerInit", "");
}
LONG shut_down(DWORD, DWORD) {
  return fake->sync("providerShutdown", "");
}
LONG create_device(DWORD_PTR temporary, DWORD id) {
  return fake->sync("providerCreateLineDevice", std::to_string(temporary) + " as " + std::to_string(id));
}

LONG open(DWORD id, HTAPILINE server, LPHDRVLINE line, DWORD, LINEEVENT procedure) {
  const DWORD at = id - fake->base;
  *line = line_handle(at);
  const LONG result = fake->sync("lineOpen", std::to_string(at));
  if (result == 0) fake->lines[at] = {server, procedure};
  return result;
}
LONG close(HDRVLINE line) {
  fake->lines.erase(number(line));
  return fake->sync("lineClose", name(line));
}
LONG close_call(HDRVCALL call) {
  call_of(call).open = false;
  return fake->sync("lineCloseCall", name(call));
}
LONG set_media(HDRVLINE line, DWORD media) {
  fake->lines[number(line)].media = media;
  return fake->sync("lineSetDefaultMediaDetection", name(line));
}
LONG set_states(HDRVLINE line, DWORD line_states, DWORD address_states) {
  fake->lines[number(line)].line_states = line_states;
  fake->lines[number(line)].address_states = address_states;
  return fake->sync("lineSetStatusMessages", name(line));
}

// Puts a text behind the fixed part, if there is room.
template <class T>
void append(T* out, DWORD T::*size, DWORD T::*offset, const std::vector<std::u16string>& texts, DWORD line) {
  if (line >= texts.size()) return;
  const auto bytes = static_cast<DWORD>((texts[line].size() + 1) * sizeof(char16_t));
  out->dwNeededSize += bytes;
  if (out->dwTotalSize < sizeof(T) + bytes) return;
  std::memcpy(reinterpret_cast<std::byte*>(out) + sizeof(T), texts[line].c_str(), bytes);
  out->*size = bytes;
  out->*offset = sizeof(T);
  out->dwUsedSize += bytes;
}

LONG dev_caps(DWORD id, DWORD, DWORD, LPLINEDEVCAPS caps) {
  whole(caps);
  append(caps, &LINEDEVCAPS::dwLineNameSize, &LINEDEVCAPS::dwLineNameOffset, fake->line_names,
         id - fake->base);
  caps->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
  caps->dwNumAddresses = 2;
  if (fake->fill_dev_caps) fake->fill_dev_caps(*caps);
  return fake->sync("lineGetDevCaps", "");
}
LONG address_caps(DWORD id, DWORD address, DWORD, DWORD, LPLINEADDRESSCAPS caps) {
  whole(caps);
  append(caps, &LINEADDRESSCAPS::dwAddressSize, &LINEADDRESSCAPS::dwAddressOffset, fake->addresses,
         id - fake->base);
  return address < 2 ? fake->sync("lineGetAddressCaps", "") : LINEERR_INVALADDRESSID;
}
LONG address_status(HDRVLINE, DWORD, LPLINEADDRESSSTATUS status) {
  whole(status);
  status->dwNumActiveCalls = 7;
  return fake->sync("lineGetAddressStatus", "");
}
LONG address_id(HDRVLINE, LPDWORD id, DWORD, LPCWSTR address, DWORD) {
  *id = 1;
  return fake->sync("lineGetAddressID", text(address));
}
LONG num_addresses(HDRVLINE, LPDWORD count) {
  *count = 2;
  return 0;
}
LONG line_status(HDRVLINE, LPLINEDEVSTATUS status) {
  whole(status);
  return fake->sync("lineGetLineDevStatus", "");
}
LONG call_address(HDRVCALL call, LPDWORD address) {
  *address = call_of(call).address;
  return 0;
}
LONG call_info(HDRVCALL call, LPLINECALLINFO info) {
  whole(info);
  info->dwCallID = 4711;
  info->dwAppSpecific = call_of(call).app_specific;
  if (fake->fill_call_info) fake->fill_call_info(*info);
  return fake->sync("lineGetCallInfo", name(call));
}
LONG call_status(HDRVCALL call, LPLINECALLSTATUS status) {
  whole(status);
  status->dwCallFeatures = LINECALLFEATURE_DROP;
  return fake->sync("lineGetCallStatus", name(call));
}
LONG get_id(HDRVLINE, DWORD, HDRVCALL, DWORD, LPVARSTRING id, LPCWSTR device_class, HANDLE) {
  whole(id);
  return fake->sync("lineGetID", text(device_class));
}
LONG set_app_specific(HDRVCALL call, DWORD value) {
  call_of(call).app_specific = value;
  return fake->sync("lineSetAppSpecific", name(call));
}

LONG make_call(DRV_REQUESTID id, HDRVLINE line, HTAPICALL server, LPHDRVCALL call, LPCWSTR address, DWORD,
               LPLINECALLPARAMS const params) {
  *call = call_handle(fake->add_call(number(line), server));
  std::string said = text(address);
  if (params && params->dwCallDataSize)
    said += " data " + std::string(reinterpret_cast<const char*>(params) + params->dwCallDataOffset,
                                   params->dwCallDataSize);
  return fake->async("lineMakeCall", said, id);
}
LONG setup_transfer(DRV_REQUESTID id, HDRVCALL call, HTAPICALL server, LPHDRVCALL consult,
                    LPLINECALLPARAMS const) {
  *consult = call_handle(fake->add_call(call_of(call).line, server));
  return fake->async("lineSetupTransfer", name(call), id);
}
LONG complete_transfer(DRV_REQUESTID id, HDRVCALL call, HDRVCALL consult, HTAPICALL server,
                       LPHDRVCALL conference, DWORD) {
  if (conference) *conference = call_handle(fake->add_call(call_of(call).line, server));
  return fake->async("lineCompleteTransfer", name(call) + " " + name(consult), id);
}
LONG setup_conference(DRV_REQUESTID id, HDRVCALL call, HDRVLINE line, HTAPICALL parent_server,
                      LPHDRVCALL parent, HTAPICALL consult_server, LPHDRVCALL consult, DWORD,
                      LPLINECALLPARAMS const) {
  *parent = call_handle(fake->add_call(number(line), parent_server));
  *consult = call_handle(fake->add_call(number(line), consult_server));
  return fake->async("lineSetupConference", name(call), id);
}
LONG forward(DRV_REQUESTID id, HDRVLINE line, DWORD, DWORD, LPLINEFORWARDLIST const list, DWORD, HTAPICALL,
             LPHDRVCALL consult, LPLINECALLPARAMS const) {
  *consult = nullptr;
  fake->forwarded.clear();
  for (DWORD i = 0; list && i < list->dwNumEntries; ++i) {
    const LINEFORWARD& entry = list->ForwardList[i];
    const auto* const at = reinterpret_cast<const char*>(list) + entry.dwDestAddressOffset;
    fake->forwarded.push_back(entry.dwDestAddressSize ? text(reinterpret_cast<LPCWSTR>(at)) : "");
  }
  return fake->async("lineForward", name(line) + " entries " + std::to_string(list ? list->dwNumEntries : 0),
                     id);
}
LONG dial(DRV_REQUESTID id, HDRVCALL call, LPCWSTR address, DWORD) {
  return fake->async("lineDial", name(call) + " " + text(address), id);
}
LONG accept(DRV_REQUESTID id, HDRVCALL call, LPCSTR, DWORD) {
  return fake->async("lineAccept", name(call), id);
}
LONG answer(DRV_REQUESTID id, HDRVCALL call, LPCSTR, DWORD) {
  return fake->async("lineAnswer", name(call), id);
}
LONG drop(DRV_REQUESTID id, HDRVCALL call, LPCSTR, DWORD) {
  return fake->async("lineDrop", name(call), id);
}
LONG hold(DRV_REQUESTID id, HDRVCALL call) {
  return fake->async("lineHold", name(call), id);
}
LONG unhold(DRV_REQUESTID id, HDRVCALL call) {
  return fake->async("lineUnhold", name(call), id);
}
LONG swap_hold(DRV_REQUESTID id, HDRVCALL active, HDRVCALL held) {
  return fake->async("lineSwapHold", name(active) + " " + name(held), id);
}
LONG blind_transfer(DRV_REQUESTID id, HDRVCALL call, LPCWSTR address, DWORD) {
  return fake->async("lineBlindTransfer", name(call) + " " + text(address), id);
}
LONG redirect(DRV_REQUESTID id, HDRVCALL call, LPCWSTR address, DWORD) {
  return fake->async("lineRedirect", name(call) + " " + text(address), id);
}
LONG treatment(DRV_REQUESTID id, HDRVCALL call, DWORD value) {
  return fake->async("lineSetCallTreatment", name(call) + " " + std::to_string(value), id);
}
LONG complete_call(DRV_REQUESTID id, HDRVCALL call, LPDWORD completion, DWORD, DWORD) {
  *completion = 99;
  return fake->async("lineCompleteCall", name(call), id);
}
LONG dev_specific(DRV_REQUESTID id, HDRVLINE, DWORD, HDRVCALL, LPVOID params, DWORD size) {
  if (size >= fake->written.size() && !fake->written.empty())
    std::memcpy(params, fake->written.data(), fake->written.size());
  return fake->async("lineDevSpecific", std::to_string(size), id);
}
LONG park(DRV_REQUESTID id, HDRVCALL call, DWORD, LPCWSTR, LPVARSTRING address) {
  if (address) whole(address);
  return fake->async("linePark", name(call), id);
}

LONG add_to_conference(DRV_REQUESTID id, HDRVCALL conference, HDRVCALL added) {
  return fake->async("lineAddToConference", name(conference) + " " + name(added), id);
}
LONG remove_from_conference(DRV_REQUESTID id, HDRVCALL call) {
  return fake->async("lineRemoveFromConference", name(call), id);
}
LONG prepare_add(DRV_REQUESTID id, HDRVCALL conference, HTAPICALL server, LPHDRVCALL call,
                 LPLINECALLPARAMS const) {
  *call = call_handle(fake->add_call(call_of(conference).line, server));
  return fake->async("linePrepareAddToConference", name(conference), id);
}
LONG pickup(DRV_REQUESTID id, HDRVLINE line, DWORD, HTAPICALL server, LPHDRVCALL call, LPCWSTR address,
            LPCWSTR group) {
  *call = call_handle(fake->add_call(number(line), server));
  return fake->async("linePickup", text(address) + " " + text(group), id);
}
LONG unpark(DRV_REQUESTID id, HDRVLINE line, DWORD, HTAPICALL server, LPHDRVCALL call, LPCWSTR address) {
  *call = call_handle(fake->add_call(number(line), server));
  return fake->async("lineUnpark", text(address), id);
}
LONG set_call_data(DRV_REQUESTID id, HDRVCALL call, LPVOID data, DWORD size) {
  return fake->async("lineSetCallData", name(call) + " " + std::string(static_cast<const char*>(data), size),
                     id);
}
LONG set_call_params(DRV_REQUESTID id, HDRVCALL call, DWORD bearer, DWORD, DWORD,
                     LPLINEDIALPARAMS const dialling) {
  return fake->async("lineSetCallParams",
                     name(call) + " " + std::to_string(bearer) + (dialling ? " with" : " without"), id);
}
LONG send_user_info(DRV_REQUESTID id, HDRVCALL call, LPCSTR info, DWORD size) {
  return fake->async("lineSendUserUserInfo", name(call) + " " + (info ? std::string(info, size) : "(null)"),
                     id);
}
LONG set_terminal(DRV_REQUESTID id, HDRVLINE line, DWORD, HDRVCALL call, DWORD select, DWORD, DWORD terminal,
                  DWORD) {
  return fake->async(
      "lineSetTerminal",
      call ? name(call) : name(line) + " " + std::to_string(select) + " " + std::to_string(terminal), id);
}
LONG set_dev_status(DRV_REQUESTID id, HDRVLINE line, DWORD status, DWORD on) {
  return fake->async("lineSetLineDevStatus",
                     name(line) + " " + std::to_string(status) + " " + std::to_string(on), id);
}
LONG feature(DRV_REQUESTID id, HDRVLINE line, DWORD code, LPVOID, DWORD size) {
  return fake->async("lineDevSpecificFeature",
                     name(line) + " " + std::to_string(code) + " " + std::to_string(size), id);
}
LONG uncomplete(DRV_REQUESTID id, HDRVLINE line, DWORD completion) {
  return fake->async("lineUncompleteCall", name(line) + " " + std::to_string(completion), id);
}
LONG media_control(HDRVLINE, DWORD, HDRVCALL, DWORD, LPLINEMEDIACONTROLDIGIT const, DWORD digits,
                   LPLINEMEDIACONTROLMEDIA const, DWORD, LPLINEMEDIACONTROLTONE const, DWORD,
                   LPLINEMEDIACONTROLCALLSTATE const, DWORD) {
  return fake->sync("lineSetMediaControl", std::to_string(digits));
}
LONG generate_tone(HDRVCALL call, DWORD, DWORD mode, DWORD, DWORD count, LPLINEGENERATETONE const) {
  return fake->sync("lineGenerateTone",
                    name(call) + " " + std::to_string(mode) + " " + std::to_string(count));
}
LONG monitor_media(HDRVCALL call, DWORD modes) {
  return fake->sync("lineMonitorMedia", name(call) + " " + std::to_string(modes));
}
LONG get_config(DWORD, LPVARSTRING config, LPCWSTR device_class) {
  whole(config);
  return fake->sync("lineGetDevConfig", text(device_class));
}
LONG set_config(DWORD, LPVOID const, DWORD size, LPCWSTR device_class) {
  return fake->sync("lineSetDevConfig", text(device_class) + " " + std::to_string(size));
}

LONG monitor_digits(HDRVCALL call, DWORD modes) {
  return fake->sync("lineMonitorDigits", name(call) + " " + std::to_string(modes));
}
LONG monitor_tones(HDRVCALL call, DWORD list, LPLINEMONITORTONE const, DWORD count) {
  return fake->sync("lineMonitorTones",
                    name(call) + " " + std::to_string(list) + " " + std::to_string(count));
}
LONG gather(HDRVCALL call, DWORD id, DWORD, LPWSTR digits, DWORD count, LPCWSTR, DWORD, DWORD) {
  const LONG result = fake->sync("lineGatherDigits", name(call) + " " + std::to_string(count));
  if (result != 0) return result;
  fake->digits = digits;
  fake->digits_id = id;
  return 0;
}
LONG generate(HDRVCALL call, DWORD id, DWORD, LPCWSTR digits, DWORD) {
  if (fake->generate_id) fake->event(number(call), LINE_GENERATE, LINEGENERATETERM_CANCEL, fake->generate_id);
  fake->generate_id = digits ? id : 0;
  return fake->sync("lineGenerateDigits", name(call) + " " + text(digits));
}
LONG set_media_mode(HDRVCALL call, DWORD modes) {
  return fake->sync("lineSetMediaMode", name(call) + " " + std::to_string(modes));
}

} // namespace

FakeProvider::FakeProvider() {
  fake = this;
}
FakeProvider::~FakeProvider() {
  fake = nullptr;
}

ProviderTable FakeProvider::table() const {
  ProviderTable t;
  t.attach = &attach;
  t.lineNegotiateTSPIVersion = &negotiate;
  t.providerEnumDevices = &enum_devices;
  t.providerInit = &init;
  t.providerShutdown = &shut_down;
  t.providerCreateLineDevice = &create_device;
  t.lineOpen = &open;
  t.lineClose = &close;
  t.lineCloseCall = &close_call;
  t.lineSetDefaultMediaDetection = &set_media;
  t.lineSetStatusMessages = &set_states;
  t.lineGetDevCaps = &dev_caps;
  t.lineGetAddressCaps = &address_caps;
  t.lineGetAddressStatus = &address_status;
  t.lineGetAddressID = &address_id;
  t.lineGetNumAddressIDs = &num_addresses;
  t.lineGetLineDevStatus = &line_status;
  t.lineGetCallAddressID = &call_address;
  t.lineGetCallInfo = &call_info;
  t.lineGetCallStatus = &call_status;
  t.lineGetID = &get_id;
  t.lineSetAppSpecific = &set_app_specific;
  t.lineMakeCall = &make_call;
  t.lineSetupTransfer = &setup_transfer;
  t.lineCompleteTransfer = &complete_transfer;
  t.lineSetupConference = &setup_conference;
  t.lineForward = &forward;
  t.lineDial = &dial;
  t.lineAccept = &accept;
  t.lineAnswer = &answer;
  t.lineDrop = &drop;
  t.lineHold = &hold;
  t.lineUnhold = &unhold;
  t.lineSwapHold = &swap_hold;
  t.lineBlindTransfer = &blind_transfer;
  t.lineRedirect = &redirect;
  t.lineSetCallTreatment = &treatment;
  t.lineCompleteCall = &complete_call;
  t.lineDevSpecific = &dev_specific;
  t.linePark = &park;
  t.lineMonitorDigits = &monitor_digits;
  t.lineMonitorTones = &monitor_tones;
  t.lineGatherDigits = &gather;
  t.lineGenerateDigits = &generate;
  t.lineSetMediaMode = &set_media_mode;
  t.lineAddToConference = &add_to_conference;
  t.lineRemoveFromConference = &remove_from_conference;
  t.linePrepareAddToConference = &prepare_add;
  t.linePickup = &pickup;
  t.lineUnpark = &unpark;
  t.lineSetCallData = &set_call_data;
  t.lineSetCallParams = &set_call_params;
  t.lineSendUserUserInfo = &send_user_info;
  t.lineSetTerminal = &set_terminal;
  t.lineSetLineDevStatus = &set_dev_status;
  t.lineDevSpecificFeature = &feature;
  t.lineUncompleteCall = &uncomplete;
  t.lineSetMediaControl = &media_control;
  t.lineGenerateTone = &generate_tone;
  t.lineMonitorMedia = &monitor_media;
  t.lineGetDevConfig = &get_config;
  t.lineSetDevConfig = &set_config;
  return t;
}

bool FakeProvider::did(const std::string& what) const {
  return count(what) != 0;
}
std::size_t FakeProvider::count(const std::string& what) const {
  return static_cast<std::size_t>(std::count(log.begin(), log.end(), what));
}

void FakeProvider::complete(LONG result) {
  const DRV_REQUESTID id = waiting.front();
  waiting.pop_front();
  completion(id, result);
}

DWORD FakeProvider::add_call(DWORD line, HTAPICALL server) {
  calls.push_back({server, line, 0, 0, true});
  return static_cast<DWORD>(calls.size() - 1);
}

DWORD FakeProvider::new_call(DWORD line, DWORD address) {
  const DWORD call = add_call(line, nullptr);
  calls[call].address = address;
  HTAPICALL server = nullptr;
  lines[line].procedure(lines[line].server, nullptr, LINE_NEWCALL,
                        reinterpret_cast<DWORD_PTR>(call_handle(call)), reinterpret_cast<DWORD_PTR>(&server),
                        0);
  calls[call].server = server;
  return server ? call : 0;
}

DWORD FakeProvider::offer(DWORD line, DWORD first_state, DWORD media, DWORD address) {
  const DWORD call = new_call(line, address);
  if (call)
    state(call, first_state, first_state == LINECALLSTATE_OFFERING ? LINEOFFERINGMODE_ACTIVE : 0, media);
  return call;
}

void FakeProvider::state(DWORD call, DWORD new_state, DWORD_PTR mode, DWORD media) {
  event(call, LINE_CALLSTATE, new_state, mode, media);
}

void FakeProvider::event(DWORD call, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3) {
  Line& line = lines[calls.at(call).line];
  if (line.procedure) line.procedure(line.server, calls[call].server, message, p1, p2, p3);
}

void FakeProvider::line_event(DWORD at, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3) {
  lines[at].procedure(lines[at].server, nullptr, message, p1, p2, p3);
}

void FakeProvider::create_line() {
  create(nullptr, nullptr, LINE_CREATE, reinterpret_cast<DWORD_PTR>(server_name), 555, 0);
}

LONG FakeProvider::sync(const std::string& function, const std::string& argument, LONG result) {
  log.push_back(argument.empty() ? function : function + " " + argument);
  if (const auto action = during.find(function); action != during.end()) action->second();
  const auto scripted = results.find(function);
  return scripted == results.end() ? result : scripted->second;
}

LONG FakeProvider::async(const std::string& function, const std::string& argument, DRV_REQUESTID id) {
  log.push_back(function + " " + argument);
  if (const auto action = during.find(function); action != during.end()) action->second();
  if (const auto scripted = results.find(function); scripted != results.end()) return scripted->second;
  if (complete_at_once)
    completion(id, 0);
  else
    waiting.push_back(id);
  return static_cast<LONG>(id);
}

} // namespace tl::server::test
