// SPDX-License-Identifier: Apache-2.0
// A service provider that does what a test says: it notes every call of the server, completes requests at
// once, on demand or never, and reports what it is told to report. One exists at a time: TSPI's functions
// have no context.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "server/tspi_table.hpp"

namespace tl::server::test {

struct FakeCall {
  HTAPICALL server = nullptr;
  DWORD line = 0;
  DWORD address = 0;
  DWORD app_specific = 0;
  bool open = false; // the server has not closed it
};

class FakeProvider {
public:
  FakeProvider();
  ~FakeProvider();

  ProviderTable table() const;

  // ---- Script ----
  DWORD line_count = 2;
  DWORD phone_count = 0; // with the functions of fake_phones.hpp
  DWORD version = 0x00020002;
  bool complete_at_once = true;                        // inside the function, before it returns
  std::map<std::string, LONG> results;                 // what a function returns instead
  std::map<std::string, std::function<void()>> during; // runs inside a function, before it completes
  std::function<void(LINECALLINFO&)> fill_call_info;   // after the fixed part
  std::function<void(LINEDEVCAPS&)> fill_dev_caps;
  std::vector<std::u16string> line_names, addresses; // per line; what is beyond has none
  LONG attach_result = 0;

  // ---- What the server did: "lineOpen 0", "lineDrop c1", ... ----
  std::deque<std::string> log;
  bool did(const std::string& what) const;
  std::size_t count(const std::string& what) const;
  // Requests accepted and not completed, oldest first.
  std::deque<DRV_REQUESTID> waiting;
  void complete(LONG result = 0); // the oldest
  void complete_id(DRV_REQUESTID id, LONG result) { completion(id, result); }

  // ---- Reports ----
  // A new call with its first state; its number (1, 2 ...) is its HDRVCALL.
  DWORD offer(DWORD line, DWORD state = LINECALLSTATE_OFFERING, DWORD media = LINEMEDIAMODE_INTERACTIVEVOICE,
              DWORD address = 0);
  DWORD new_call(DWORD line, DWORD address = 0); // LINE_NEWCALL alone
  void state(DWORD call, DWORD state, DWORD_PTR mode = 0, DWORD media = 0);
  void event(DWORD call, DWORD message, DWORD_PTR p1 = 0, DWORD_PTR p2 = 0, DWORD_PTR p3 = 0);
  void line_event(DWORD line, DWORD message, DWORD_PTR p1 = 0, DWORD_PTR p2 = 0, DWORD_PTR p3 = 0);
  void create_line();

  // ---- State ----
  struct Line {
    HTAPILINE server = nullptr;
    LINEEVENT procedure = nullptr;
    DWORD media = 0, line_states = 0, address_states = 0;
  };
  std::map<DWORD, Line> lines; // open ones, counted from 0 within the provider
  std::vector<FakeCall> calls{1};
  ASYNC_COMPLETION completion = nullptr;
  LINEEVENT create = nullptr;
  PHONEEVENT create_phone = nullptr;
  HPROVIDER server_name = nullptr;
  DWORD base = 0, phone_base = 0;
  DWORD next_line = 0;
  const trunkline_host* host = nullptr;
  WCHAR* digits = nullptr; // of the gathering in progress
  DWORD digits_id = 0, generate_id = 0;
  std::vector<std::string> forwarded; // destinations of the last lineForward
  std::vector<std::byte> written;     // into lineDevSpecific's block at completion

  // ---- For the functions ----
  LONG sync(const std::string& name, const std::string& argument, LONG result = 0);
  LONG async(const std::string& name, const std::string& argument, DRV_REQUESTID id);
  DWORD add_call(DWORD line, HTAPICALL server);
};

extern FakeProvider* fake;

} // namespace tl::server::test
