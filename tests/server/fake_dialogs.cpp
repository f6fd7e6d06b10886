// SPDX-License-Identifier: Apache-2.0
#include "fake_dialogs.hpp"

#include <algorithm>
#include <cstring>

namespace tl::server::test {

FakeDialogs fake_dialogs;

namespace {

template <class Handle> std::string number(Handle handle) {
  return std::to_string(reinterpret_cast<DWORD_PTR>(handle));
}
std::string text(const void* data, DWORD size) {
  return data ? std::string(static_cast<const char*>(data), size) : "(null)";
}

LONG identify(LPWSTR name) {
  std::copy_n(fake_dialogs.module.c_str(), fake_dialogs.module.size() + 1, name);
  return fake->sync("providerUIIdentify", "");
}
LONG data(DWORD_PTR id, DWORD type, LPVOID parameters, DWORD size) {
  const LONG result =
      fake->sync("data", std::to_string(type) + " " + std::to_string(id) + " " + text(parameters, size));
  if (parameters)
    std::memcpy(parameters, fake_dialogs.answer.data(),
                std::min<std::size_t>(size, fake_dialogs.answer.size()));
  return result;
}
LONG free_dialog(HDRVDIALOGINSTANCE dialog) {
  return fake->sync("free", number(dialog));
}

LONG msp_identify(DWORD, GUID* id) {
  *id = {0x11223344, 0x5566, 0x7788, {1, 2, 3, 4, 5, 6, 7, 8}};
  return fake->sync("lineMSPIdentify", "");
}
LONG msp_create(HDRVLINE, DWORD address, HTAPIMSPLINE server, LPHDRVMSPLINE msp) {
  fake_dialogs.msp_address = address;
  fake_dialogs.msp = server;
  *msp = reinterpret_cast<HDRVMSPLINE>(DWORD_PTR{server} + 5000);
  return fake->sync("lineCreateMSPInstance", std::to_string(address));
}
LONG msp_close(HDRVMSPLINE) {
  return fake->sync("lineCloseMSPInstance", "");
}
// Says what it heard to where it came from.
LONG msp_receive(HDRVLINE line, HDRVCALL call, HDRVMSPLINE msp, LPVOID data, DWORD size) {
  const auto at = static_cast<DWORD>(reinterpret_cast<DWORD_PTR>(line) - 1000);
  const auto from = static_cast<HTAPIMSPLINE>(reinterpret_cast<DWORD_PTR>(msp) - 5000);
  send_msp_data(at, from, "echo " + text(data, size), static_cast<DWORD>(reinterpret_cast<DWORD_PTR>(call)));
  return fake->sync("lineReceiveMSPData", number(call) + " " + std::to_string(size));
}

} // namespace

void add_dialog_functions(ProviderTable& t) {
  t.providerUIIdentify = &identify;
  t.providerGenericDialogData = &data;
  t.providerFreeDialogInstance = &free_dialog;
}

void add_msp_functions(ProviderTable& t) {
  t.lineMSPIdentify = &msp_identify;
  t.lineCreateMSPInstance = &msp_create;
  t.lineCloseMSPInstance = &msp_close;
  t.lineReceiveMSPData = &msp_receive;
}

HTAPIDIALOGINSTANCE create_dialog(DRV_REQUESTID request, DWORD number, const std::string& parameters,
                                  LPCWSTR module) {
  std::string copy = parameters;
  TUISPICREATEDIALOGINSTANCEPARAMS wanted{
      request,     reinterpret_cast<HDRVDIALOGINSTANCE>(DWORD_PTR{number}),
      77,          module,
      copy.data(), static_cast<DWORD>(copy.size())};
  fake->create(reinterpret_cast<HTAPILINE>(fake->server_name), nullptr, LINE_CREATEDIALOGINSTANCE,
               reinterpret_cast<DWORD_PTR>(&wanted), 0, 0);
  return wanted.htDlgInst;
}

void send_dialog_data(HTAPIDIALOGINSTANCE dialog, const char* data) {
  fake->create(reinterpret_cast<HTAPILINE>(DWORD_PTR{dialog}), nullptr, LINE_SENDDIALOGINSTANCEDATA,
               reinterpret_cast<DWORD_PTR>(data), data ? std::strlen(data) : 0, 0);
}

void send_msp_data(DWORD line, HTAPIMSPLINE msp, const std::string& data, DWORD call) {
  const auto& at = fake->lines[line];
  at.procedure(at.server, call != 0 ? fake->calls.at(call).server : nullptr, LINE_SENDMSPDATA, msp,
               reinterpret_cast<DWORD_PTR>(data.data()), data.size());
}

} // namespace tl::server::test
