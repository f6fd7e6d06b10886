// SPDX-License-Identifier: Apache-2.0
// A program written against tapi.h, beside the real server and pbx.tsp with simulated phones, in one process
// under the virtual clock. What it is told is kept as text: "1001.2 CONFERENCED 1001.1", calls numbered per
// line in the order in which the program came to know them.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "base/virtual_loop.hpp"
#include "server/server.hpp"
#include "tapi.h"

namespace tl::test {

class Program {
public:
  Program(VirtualLoop& loop, const char16_t* name);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  HLINE open(const std::string& number,
             DWORD privileges = DWORD{LINECALLPRIVILEGE_OWNER} | DWORD{LINECALLPRIVILEGE_MONITOR});
  HLINE line(const std::string& number) const { return lines_.at(number); }
  DWORD device(const std::string& number) const { return devices_.at(number); }

  // The result in the LINE_REPLY of a request that was accepted; exactly one, never before the function
  // returned.
  LONG done(LONG request);
  // What a simulated phone or caller is told (src/pbx/sim/README.md).
  void command(const std::string& number, std::string json);
  // Messages since the last time, one a line, without replies.
  std::string take();
  // By its name in the log.
  HCALL call(const std::string& name) const;
  std::string name(HCALL call) const;
  DWORD state(HCALL call) const;
  DWORD features(HCALL call) const;
  const LINECALLINFO& info(HCALL call); // valid until the next
  const LINEADDRESSCAPS& address_caps(const std::string& number);
  LINEADDRESSSTATUS address_status(const std::string& number) const;
  std::vector<HCALL> related(HCALL call, LONG expected = 0) const; // lineGetConfRelatedCalls
  // A call from one station to another, both of which answer by themselves; its handle at the first.
  HCALL talk(const std::string& from, const char16_t* to);

  VirtualLoop& loop;

private:
  void read();
  std::string text_of(const LINEMESSAGE& message);
  void number_call(HCALL call, const std::string& line);

  HLINEAPP app_ = 0;
  std::map<std::string, DWORD> devices_;
  std::map<std::string, HLINE> lines_;
  std::map<HLINE, std::string> numbers_;
  std::map<HCALL, std::string> calls_;
  std::map<std::string, int> counts_;
  std::map<LONG, LONG> replies_;
  std::vector<std::string> log_;
  alignas(8) char buffer_[16384]{};
};

// Server, switch and one program.
class Site : public ::testing::Test {
protected:
  explicit Site(const char* config);
  ~Site() override;

  VirtualLoop loop;
  NullLog log;
  server::Server server;
};

} // namespace tl::test
