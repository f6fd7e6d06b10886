// SPDX-License-Identifier: Apache-2.0
//
// The object model of the telephony API: TAPI 3's vocabulary (Telephony, Address, Call, AgentHandler) as
// plain C++20, without COM, over the C functions of <tapi.h>. Include this one header.
//
// Threads: an object belongs to the loop (or thread) that called Telephony::initialize; every function is
// called and every event arrives there. Nothing blocks but initialize() on a socket.
//
// Results are TAPI's: 0 or positive is success, negative is a LINEERR_ code (error_name() gives its text). An
// asynchronous operation returns a positive request id, and `done` is called exactly once with 0 or a
// LINEERR_ code: on a later turn, or, with LINEERR_OPERATIONFAILED, before a close() or shutdown() that ends
// the line returns. When it returns a negative code nothing was started and `done` is not called. A `done`
// may be empty.
//
// Lifetime: Address objects live until shutdown(). A Call lives from call_appeared() (or the completion that
// made it) until release(), until its line is closed, or, unless keep() was called, until call_state() with
// IDLE has returned: remember its handle() or a context, not its address, beyond that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tapi.h>

#include "trunkline/telephony_agent.hpp"
#include "trunkline/telephony_call.hpp"
#include "trunkline/telephony_call_centre.hpp"

namespace tl {
class Loop;
}

namespace tl::telephony {

// "LINEERR_INVALCALLHANDLE" for its value, "0" for success, the number in hexadecimal for an unknown code.
std::string error_name(LONG result);
// "CONNECTED" for LINECALLSTATE_CONNECTED.
const char* call_state_name(DWORD state);
// "READY" for LINEAGENTSTATE_READY.
const char* agent_state_name(DWORD state);

// What a line is, by LINEADDRESSCAPS: LINEADDRCAPFLAGS_QUEUE, LINEADDRCAPFLAGS_ROUTEPOINT. Of the others a
// device that takes several calls is a trunk if it has no dialable address, or if programs cannot make calls
// from it (LINEADDRFEATURE_MAKECALL).
enum class AddressKind { station, trunk, route_point, queue };
const char* to_string(AddressKind kind);

struct OpenOptions {
  bool owner = false;   // candidate for ownership of new calls (LINECALLPRIVILEGE_OWNER)
  bool monitor = false; // sees every call (LINECALLPRIVILEGE_MONITOR); neither: may only make calls
  DWORD media_modes = LINEMEDIAMODE_INTERACTIVEVOICE;
  std::vector<DWORD> proxy_requests; // LINEPROXYREQUEST_ types to serve (LINEOPENOPTION_PROXY)
};

// LINEADDRESSSTATUS, the counts.
struct AddressStatus {
  DWORD in_use = 0; // stations that use the address now
  DWORD active_calls = 0;
  DWORD held_calls = 0;
  DWORD hold_pending_calls = 0;
  DWORD features = 0; // LINEADDRFEATURE_ possible now
};

class Telephony;

// Address 0 of one line device: every device of the switch (station, trunk, route point, queue) is one.
class Address {
public:
  Address(Telephony& telephony, DWORD device_id);
  ~Address();
  Address(const Address&) = delete;
  Address& operator=(const Address&) = delete;

  Telephony& telephony() const { return telephony_; }
  DWORD device_id() const { return device_id_; }
  const std::string& name() const { return name_; }     // LINEDEVCAPS line name
  const std::string& number() const { return number_; } // dialable address; a trunk may have none
  AddressKind kind() const { return kind_; }
  DWORD api_version() const { return api_version_; }
  DWORD permanent_id() const { return permanent_id_; }

  LONG open(const OpenOptions& options);
  // Ends every Call of this line and completes what is outstanding with LINEERR_OPERATIONFAILED. Calls that
  // this program alone owns are dropped by the server (lineClose); release() them first to leave them alone.
  void close();
  bool is_open() const { return line_ != 0; }
  HLINE line() const { return line_; }

  // Calls that existed before open(), as monitored calls (lineGetNewCalls): call_appeared() and call_state()
  // for each, before it returns. 0 or a LINEERR_.
  LONG find_calls();
  LONG make_call(std::string_view number, CallMade done, const CallParams& params = {});
  LONG status(AddressStatus& out);
  LONG set_status_messages(DWORD line_states, DWORD address_states);
  // LINEDEVSTATUS: LINEDEVSTATUSFLAGS_ of the open line.
  LONG device_status(DWORD& flags);

  // --- Agent on this address, client side (TAPI 2.0). The line is open with any privilege. ---
  LONG get_agent_status(std::function<void(LONG, const AgentStatus&)> done);
  LONG get_agent_caps(std::function<void(LONG, const AgentCaps&)> done);
  LONG get_agent_groups(std::function<void(LONG, const std::vector<AgentGroup>&)> done); // those it may join
  LONG get_agent_activities(std::function<void(LONG, const std::vector<AgentActivity>&)> done);
  // Logs in to exactly these groups; an empty list logs out.
  LONG set_agent_groups(std::span<const GroupId> groups, Completion done);
  LONG set_agent_state(DWORD state, DWORD next_state, Completion done); // LINEAGENTSTATE_ or 0 = unchanged
  LONG set_agent_activity(DWORD activity, Completion done);
  // A private block to the agent handler; `done` gets what came back.
  LONG agent_specific(DWORD extension_index, std::string block,
                      std::function<void(LONG, std::string_view)> done);

  // --- Groups and queues, client side (TAPI 2.2), on any line whose handler serves them. ---
  LONG get_groups(std::function<void(LONG, const std::vector<AgentGroup>&)> done);
  LONG get_queues(const GroupId& group, std::function<void(LONG, const std::vector<QueueEntry>&)> done);
  LONG get_queue_info(DWORD queue_id, std::function<void(LONG, const QueueInfo&)> done);
  LONG set_queue_measurement_period(DWORD queue_id, DWORD seconds, Completion done);

  // --- Agent handler side (the proxy). ---
  // Answers a request exactly once (lineProxyResponse); `request` must not be touched afterwards.
  LONG respond(LINEPROXYREQUEST& request, LONG result);
  // Tells everybody who has this line open: LINE_AGENTSTATUS, LINE_QUEUESTATUS ... (lineProxyMessage).
  LONG proxy_message(DWORD message, DWORD param1, DWORD param2, DWORD param3);

  void* context = nullptr; // the application's own

private:
  friend class Telephony;
  friend class Call;
  LONG load();
  void reload();
  void end(bool closed);

  Telephony& telephony_;
  DWORD device_id_;
  DWORD api_version_ = 0;
  DWORD permanent_id_ = 0;
  HLINE line_ = 0;
  HLINE last_line_ = 0;        // for proxy requests that outlive their line
  Call* first_call_ = nullptr; // the line's calls, as they appeared
  Call* last_call_ = nullptr;
  AddressKind kind_ = AddressKind::station;
  std::string name_;
  std::string number_;
};

// What the application hears; every function is optional. Any of them may call any operation, close lines and
// release calls; shutdown() is not allowed inside one.
class Events {
public:
  virtual ~Events() = default;
  // A new handle (LINE_APPNEWCALL); call_state() with its real state follows at once.
  virtual void call_appeared(Call&) {}
  // LINE_CALLSTATE; call.state(), mode() and privilege() are the new ones.
  virtual void call_state(Call&) {}
  virtual void call_info(Call&, DWORD /*LINECALLINFOSTATE_*/) {}
  virtual void call_digit(Call&, char /*digit*/, DWORD /*LINEDIGITMODE_*/) {} // after monitor_digits()
  virtual void call_digits_gathered(Call&, std::string_view, DWORD /*LINEGATHERTERM_*/) {
  }                                                                    // after gather_digits()
  virtual void call_digits_sent(Call&, DWORD /*LINEGENERATETERM_*/) {} // after generate_digits()
  virtual void address_state(Address&, DWORD /*LINEADDRESSSTATE_*/) {}
  virtual void line_state(Address&, DWORD /*LINEDEVSTATE_*/, DWORD, DWORD) {}
  virtual void line_closed(Address&) {}  // LINE_CLOSE: its calls are gone
  virtual void line_created(Address&) {} // LINE_CREATE
  virtual void line_removed(Address&) {} // LINE_REMOVE: it stays in addresses(), closed
  virtual void agent_status(Address&, DWORD /*LINEAGENTSTATUS_*/, DWORD /*LINEAGENTSTATE_ if STATE*/) {}
  virtual void queue_status(Address&, DWORD /*queue id*/, DWORD /*LINEQUEUESTATUS_*/) {}
  virtual void proxy_status(Address&, DWORD /*LINEPROXYSTATUS_*/, DWORD /*LINEPROXYREQUEST_*/) {}
  // Answer with address.respond(), now or later, exactly once.
  virtual void proxy_request(Address& address, LINEPROXYREQUEST& request);
  // Every message as it came, before the functions above (for tracing).
  virtual void message(const LINEMESSAGE&) {}
  // The server is gone; nothing works any more but shutdown(). What was outstanding has been completed with
  // LINEERR_OPERATIONFAILED.
  virtual void lost() {}
};

// One program's use of telephony (ITTAPI, HLINEAPP).
class Telephony {
public:
  // `application` is the friendly name that others see.
  Telephony(std::string application, Events& events);
  ~Telephony(); // as shutdown()
  Telephony(const Telephony&) = delete;
  Telephony& operator=(const Telephony&) = delete;

  // Connects to the server (in process when the library was given the server, else over its socket) and reads
  // every line's capabilities. Events are delivered on `loop`.
  LONG initialize(Loop& loop);
  // The same for a program with a loop of its own: poll descriptor() for reading and call dispatch() then.
  LONG initialize();
  int descriptor() const { return descriptor_; }
  void dispatch();
  void shutdown();
  bool running() const { return app_ != 0; }
  HLINEAPP app() const { return app_; }

  const std::vector<std::unique_ptr<Address>>& addresses() const { return addresses_; }
  Address* address_by_device(DWORD device_id) const;
  Address* address_by_number(std::string_view number) const; // O(1); route points, queues and stations
  Address* address_by_name(std::string_view name) const;     // O(1); trunks too
  // The Call of a handle, or nullptr; O(1).
  Call* call(HCALL handle) const;
  std::size_t call_count() const;

private:
  friend class Address;
  friend class Call;
  friend class CallCentre;
  friend struct AgentCalls;
  struct State;

  LONG start(Loop* loop);
  Address& add_line(DWORD device_id);
  Address* line_of(const LINEMESSAGE& message) const;
  void deliver(const LINEMESSAGE& message);
  void deliver_line(Address& address, const LINEMESSAGE& message);
  void deliver_call(const LINEMESSAGE& message);
  void deliver_gathered(HCALL handle, DWORD reason);
  void deliver_remove(DWORD device_id);
  void deliver_lost();
  void deliver_proxy_request(const LINEMESSAGE& message);

  std::string application_;
  Events& events_;
  CallCentre* call_centre_ = nullptr; // hears of agents, if the program made one
  HLINEAPP app_ = 0;
  int descriptor_ = -1;
  std::vector<std::unique_ptr<Address>> addresses_;
  std::shared_ptr<State> state_; // shared with the tasks it posts, which may outlive it
};

} // namespace tl::telephony
