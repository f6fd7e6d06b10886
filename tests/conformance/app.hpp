// SPDX-License-Identifier: Apache-2.0
// One use of the line functions and one of the phone functions, with their messages. The destructors shut
// down.
#pragma once

#include <string>

#include "inbox.hpp"

namespace conformance {

inline constexpr DWORD version_2_2 = 0x00020002;
// Given to lineOpen and phoneOpen, plus the device's id.
inline constexpr DWORD_PTR instance_base = 0x5000;
inline constexpr DWORD_PTR monitor_instance_base = 0x6000;

class App {
public:
  explicit App(const char* name, DWORD version = version_2_2);
  ~App();
  App(const App&) = delete;

  // 0 with `error` told, else a line.
  HLINE open(DWORD device, DWORD privileges, DWORD version = version_2_2,
             DWORD media = LINEMEDIAMODE_INTERACTIVEVOICE, DWORD_PTR instance = instance_base);
  bool ready() const { return handle != 0; }

  HLINEAPP handle = 0;
  LONG error = 0;
  DWORD version = 0; // that lineInitializeEx granted
  DWORD lines = 0;
  Inbox inbox;
};

class PhoneApp {
public:
  explicit PhoneApp(const char* name, DWORD version = version_2_2);
  ~PhoneApp();
  PhoneApp(const PhoneApp&) = delete;

  HPHONE open(DWORD device, DWORD privilege, DWORD version = version_2_2);

  HPHONEAPP handle = 0;
  LONG error = 0;
  DWORD phones = 0;
  Inbox inbox;
};

} // namespace conformance
