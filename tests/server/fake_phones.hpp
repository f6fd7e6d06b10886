// SPDX-License-Identifier: Apache-2.0
// The phones of the scripted provider: they note what the server asks, and remember what was set.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "fake_provider.hpp"

namespace tl::server::test {

struct FakePhone {
  HTAPIPHONE server = nullptr;
  PHONEEVENT procedure = nullptr;
  DWORD version = 0;
  DWORD states = 0, modes = 0, button_states = 0; // wanted by the server
  std::map<std::string, DWORD> values;            // by function and device or lamp
  std::vector<std::byte> data;                    // phoneSetData, phoneSetDisplay
  std::u16string button_text;
};

class FakePhones {
public:
  FakePhones();
  ~FakePhones();

  // Adds the phone functions.
  void add_to(ProviderTable& table) const;
  void event(DWORD phone, DWORD message, DWORD_PTR p1 = 0, DWORD_PTR p2 = 0, DWORD_PTR p3 = 0);

  DWORD version = 0x00020002;
  std::map<DWORD, std::u16string> names; // of those that are not "Desk"
  std::map<DWORD, FakePhone> phones; // open ones, counted from 0 within the provider
};

extern FakePhones* fake_phones;

} // namespace tl::server::test
