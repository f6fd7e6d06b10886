// SPDX-License-Identifier: Apache-2.0
// The server's place above a provider: calls its TSPI functions and writes down, in order, every reply and
// event as one line of text ("reply 0", "2000 OFFERING", "2000 info REDIRECTIONID").
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "fake_driver.hpp"
#include "pbx/provider.hpp"
#include "tsp/virtual_host.hpp"

namespace tl::pbx::test {

// The provider that TRUNKLINE_providerAttach made last, and its driver for driver = "sip".
extern PbxProvider* the_provider;
extern FakeDriver* the_driver;

struct CallRecord {
  std::string line;
  HDRVCALL driver = nullptr;
  DWORD state = 0;
  DWORD mode = 0;
  bool closed = false;
  CallRecord* conference = nullptr; // of a member: the parent it was told of
};

class TapiDouble {
public:
  explicit TapiDouble(const std::string& config, bool open_all = true);
  ~TapiDouble();

  VirtualLoop& loop() { return host.loop; }
  Switch& model() { return the_provider->model(); }
  FakeDriver& network() { return *the_driver; }
  void settle() { host.loop.settle(); }
  void run(Duration span) { host.loop.run_for(span); }

  void open(const std::string& number);
  void close(const std::string& number);
  // The newest call of a line that was not closed.
  CallRecord& call(const std::string& line);
  CallRecord& call_in(const std::string& line, DWORD state);
  bool has_call(const std::string& line) const;
  DWORD state(const std::string& line) { return call(line).state; }
  HDRVCALL hd(const std::string& line) { return call(line).driver; }
  void close_call(CallRecord& record);
  void close_finished(); // every IDLE call

  // Asynchronous functions give their result at once or by ASYNC_COMPLETION; both end up here.
  LONG make_call(const std::string& line, const std::string& destination);
  LONG drop(const std::string& line);
  LONG answer(const std::string& line);
  LONG redirect(const std::string& line, const std::string& destination);
  LONG blind_transfer(const std::string& line, const std::string& destination);
  LONG setup_transfer(const std::string& line, CallRecord*& consult);
  LONG complete_transfer(CallRecord& held, CallRecord& consult);
  // `first` may be null.
  LONG setup_conference(HDRVCALL first, const std::string& line, CallRecord*& parent, CallRecord*& consult,
                        DWORD parties = 3, LINECALLPARAMS* parameters = nullptr);
  LONG prepare_add(CallRecord& parent, CallRecord*& consult, LINECALLPARAMS* parameters = nullptr);
  LONG add_to_conference(CallRecord& parent, CallRecord& added);
  LONG transfer_into_conference(CallRecord& held, CallRecord& consult, CallRecord*& parent);
  // `place`: the orbit; empty: the switch chooses and writes it there.
  LONG park(HDRVCALL call, std::string& place);
  LONG unpark(const std::string& line, const std::string& place);
  LONG pickup(const std::string& line, const char* address, const char* group);
  struct Forwarding {
    DWORD mode = 0;
    std::string destination;
    std::string caller = {};
    bool operator==(const Forwarding&) const = default;
  };
  LONG forward(const std::string& line, const std::vector<Forwarding>& list, DWORD rings = 0);
  std::vector<Forwarding> forwarding(const std::string& line);
  LONG command(const std::string& line, const std::string& json);
  // Waits for nothing: the reply of that request, or 1 while there is none.
  LONG reply(LONG result) const;

  struct Info {
    DWORD id = 0, related = 0, reason = 0, origin = 0, treatment = 0;
    std::string caller, caller_name, called, connected, redirection, redirecting, data;
  };
  Info info(HDRVCALL call);
  Info info(const std::string& line) { return info(hd(line)); }
  LINECALLSTATUS status(HDRVCALL call);

  std::string take(); // the log so far, one event a line; starts a new one
  HTAPICALL add_record(const std::string& line, CallRecord*& record);
  DRV_REQUESTID request() { return ++last_request; }
  HDRVLINE line(const std::string& number) { return lines.at(number); }

  tl::test::VirtualHost host;
  std::vector<std::string> log;
  std::map<DRV_REQUESTID, LONG> replies;
  std::map<std::string, DWORD> devices; // by address
  std::map<std::string, HDRVLINE> lines;
  std::vector<std::string> names;
  std::vector<std::unique_ptr<CallRecord>> calls; // HTAPICALL is index + 1
  DRV_REQUESTID last_request = 0;
  bool refuse_new_calls = false;
  HTAPICALL pending_call = nullptr;

  void on_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3);
};

std::string state_name(DWORD state);
std::u16string wide(const std::string& text);

} // namespace tl::pbx::test
