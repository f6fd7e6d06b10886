// SPDX-License-Identifier: Apache-2.0
#include "app.hpp"

namespace conformance {
namespace {
template <class M> Message message(const M& from) {
  return {from.hDevice,  from.dwMessageID, from.dwCallbackInstance,
          from.dwParam1, from.dwParam2,    from.dwParam3};
}
} // namespace

App::App(const char* name, DWORD wanted) : version(wanted) {
  LINEINITIALIZEEXPARAMS params{};
  params.dwTotalSize = sizeof params;
  params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
  error = lineInitializeExA(&handle, nullptr, nullptr, name, &lines, &version, &params);
  if (error != 0) handle = 0;
  inbox.take = [this](Message& out, DWORD wait_ms) {
    LINEMESSAGE taken{};
    if (lineGetMessage(handle, &taken, wait_ms) != 0) return false;
    out = message(taken);
    return true;
  };
}

App::~App() {
  if (handle != 0) lineShutdown(handle);
}

HLINE App::open(DWORD device, DWORD privileges, DWORD asked, DWORD media, DWORD_PTR instance) {
  HLINE line = 0;
  DWORD negotiated = 0;
  LINEEXTENSIONID extension{};
  error = lineNegotiateAPIVersion(handle, device, 0x00010003, asked, &negotiated, &extension);
  if (error == 0)
    error = lineOpenA(handle, device, &line, negotiated, 0, instance + device, privileges, media, nullptr);
  return error == 0 ? line : 0;
}

PhoneApp::PhoneApp(const char* name, DWORD version) {
  PHONEINITIALIZEEXPARAMS params{};
  params.dwTotalSize = sizeof params;
  params.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT;
  error = phoneInitializeExA(&handle, nullptr, nullptr, name, &phones, &version, &params);
  if (error != 0) handle = 0;
  inbox.take = [this](Message& out, DWORD wait_ms) {
    PHONEMESSAGE taken{};
    if (phoneGetMessage(handle, &taken, wait_ms) != 0) return false;
    out = message(taken);
    return true;
  };
}

PhoneApp::~PhoneApp() {
  if (handle != 0) phoneShutdown(handle);
}

HPHONE PhoneApp::open(DWORD device, DWORD privilege, DWORD version) {
  HPHONE phone = 0;
  DWORD negotiated = 0;
  PHONEEXTENSIONID extension{};
  error = phoneNegotiateAPIVersion(handle, device, 0x00010003, version, &negotiated, &extension);
  if (error == 0) error = phoneOpen(handle, device, &phone, negotiated, 0, instance_base + device, privilege);
  return error == 0 ? phone : 0;
}

} // namespace conformance
