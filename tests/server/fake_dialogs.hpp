// SPDX-License-Identifier: Apache-2.0
// The functions of FakeProvider's user interface and of its media service providers. What they are told
// stands in its log: "data 1 7 hello" is a block about the line 7 (TUISPIDLL_OBJECT_LINEID).
#pragma once

#include <string>

#include "fake_provider.hpp"

namespace tl::server::test {

void add_dialog_functions(ProviderTable& table);
void add_msp_functions(ProviderTable& table);

struct FakeDialogs {
  std::u16string module = u"/opt/fake/fake.tui.so"; // a full name, as the page has it
  std::string answer;                               // written over the block
  DWORD msp_address = 0;
  HTAPIMSPLINE msp = 0; // the latest instance
};
extern FakeDialogs fake_dialogs;

// LINE_CREATEDIALOGINSTANCE for a request; the dialog's number is its HDRVDIALOGINSTANCE. 0: refused.
HTAPIDIALOGINSTANCE create_dialog(DRV_REQUESTID request, DWORD number, const std::string& parameters,
                                  LPCWSTR module = u"/opt/fake/fake.tui.so");
void send_dialog_data(HTAPIDIALOGINSTANCE dialog, const char* data); // NULL: close
void send_msp_data(DWORD line, HTAPIMSPLINE msp, const std::string& data, DWORD call = 0);

} // namespace tl::server::test
