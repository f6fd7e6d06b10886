// SPDX-License-Identifier: Apache-2.0
// What the cases work with: a program with lines and phones open, and calls in every state the site can make.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "app.hpp"
#include "case.hpp"
#include "memory.hpp"
#include "site.hpp"
#include "tables.hpp"

namespace conformance {

class AgentHandler;

// A line device, open twice: its calls are owned through one handle and watched through the other.
struct Line {
  std::string number;
  DWORD device = 0;
  HLINE owner = 0;
  HLINE monitor = 0;
};

// A held call, or a conference, with its consultation call.
struct Pair {
  HCALL first = 0;
  HCALL consult = 0;
};

class World {
public:
  World(const Tables& tables, Site& site);
  ~World();

  const Tables& tables;
  Site& site;

  // --- programs, opened when they are first asked for ---
  App& app();
  PhoneApp& phones();
  Line& desk();
  Line& called();
  Line& other();
  DWORD device(const std::string& number); // the line with this dialable address
  DWORD phone_device();                    // of `called`
  HPHONE phone();                          // its owner
  HPHONE phone_monitor();
  AgentHandler& agents(); // on the line of that name
  Line& agent_line();
  void stop(); // ends them all

  // --- calls ---
  // A call of this program's in that state; not applicable where the site cannot make it.
  HCALL call_in(DWORD state);
  Pair transfer();           // ONHOLDPENDTRANSFER and a connected consultation call
  Pair conference();         // ONHOLDPENDCONF and a connected consultation call
  HCALL joined_conference(); // a CONNECTED conference of two and this program
  HCALL make_call(Line& from, const std::string& number);
  HCALL incoming(Line& at, DWORD state = LINECALLSTATE_OFFERING); // from the desk
  // The handle by which the monitor of the call's line knows it.
  HCALL monitor_of(HCALL call);
  // The owner's handle of the other end, for a call between two lines of this program.
  HCALL peer_of(HCALL call);
  DWORD state_of(HCALL call);
  Message wait_state(HCALL call, DWORD state);
  // Drops what stands and forgets every message.
  void clean();

  // --- requests ---
  // The result of an asynchronous function: its own when it is negative, else that of its one reply.
  LONG result(LONG id);
  LONG phone_result(LONG id);
  // The same, where nothing but success will do.
  void ok(LONG id, const char* what);
  // Memory that lives as long as the world: replies may write to it late.
  Block& block(std::size_t size);
  Block& text(const std::string& text, bool wide); // with its terminating zero

  // What no case may leave behind: replies that nobody waits for.
  void check_leftovers();

private:
  Line open_line(const std::string& number);
  HCALL build(DWORD state);
  HCALL handle_of(HLINE line, DWORD call_id);
  LINECALLINFO info(HCALL call);

  std::unique_ptr<App> app_;
  std::unique_ptr<PhoneApp> phones_;
  std::unique_ptr<AgentHandler> agents_;
  std::optional<Line> desk_, called_, other_, agent_line_;
  HPHONE phone_ = 0, phone_monitor_ = 0;
  std::map<DWORD, HCALL> made_;
  std::map<DWORD, std::string> impossible_; // states that the site cannot make, and why
  std::optional<Pair> transfer_, conference_;
  HCALL joined_ = 0;
  std::deque<Block> blocks_;
};

} // namespace conformance
