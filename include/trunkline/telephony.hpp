// SPDX-License-Identifier: Apache-2.0
//
// The object model of the telephony API: TAPI 3's vocabulary (Telephony, Address, Call, CallHub, Phone,
// AgentHandler) as plain C++20, without COM, over the C functions of <tapi.h>. Include this one header;
// docs/tapi3.md says which member stands for which method of TAPI 3.
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
// Coroutines: each asynchronous operation has a second form without `done` that is awaited,
// `Outcome<> answered = co_await call.answer()`, in a Task that spawn() owns or the program does. It is
// resumed where `done` would be called. What is awaited ends with an error when its line or the server goes;
// a Task may be destroyed at any time but by itself. shutdown() and the destructor first resume all that wait
// with an error, then destroy the tasks of spawn() that are still there.
//
// Lifetime: Address and Phone objects live until shutdown(). A Call lives from call_appeared() (or the
// completion that made it) until release(), until its line is closed, or, unless keep() was called, until
// call_state() with IDLE has returned: remember a CallPtr, its handle() or a context, not its address, beyond
// that.
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tapi.h>

#include "trunkline/operation.hpp"
#include "trunkline/task.hpp"
#include "trunkline/telephony_address.hpp"
#include "trunkline/telephony_agent.hpp"
#include "trunkline/telephony_call.hpp"
#include "trunkline/telephony_call_centre.hpp"
#include "trunkline/telephony_dialing.hpp"
#include "trunkline/telephony_hub.hpp"
#include "trunkline/telephony_phone.hpp"
#include "trunkline/telephony_types.hpp"

namespace tl {
class Loop;
}

namespace tl::telephony {

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
  std::vector<CallPtr> calls() const; // those with a handle, oldest first
  LONG make_call(std::string_view number, CallMade done, const CallParams& params = {});
  Operation<CallPtr> make_call(std::string number) { return place_call(std::move(number), {}); }
  template <std::same_as<CallParams> Params> // {} is the empty `done` above
  Operation<CallPtr> make_call(std::string number, Params params) {
    return place_call(std::move(number), std::move(params));
  }
  // The next call that came in and that no next_call() has given yet, oldest first; at once when one is
  // there.
  LONG next_call(std::chrono::milliseconds timeout, CallMade done);
  Operation<CallPtr> next_call(std::chrono::milliseconds timeout = no_timeout);
  LONG unpark(std::string_view number, CallMade done);
  Operation<CallPtr> unpark(std::string number);
  // The call that rings at `number`, or in the pickup group; both empty: the one that rings in the own group.
  LONG pickup(std::string_view number, std::string_view group, CallMade done);
  Operation<CallPtr> pickup(std::string number, std::string group = {});
  LONG uncomplete_call(DWORD completion_id, Completion done);
  Operation<> uncomplete_call(DWORD completion_id);

  LONG capabilities(AddressCapabilities& out);
  LONG status(AddressStatus& out);
  // Which LINEDEVSTATE_ and LINEADDRESSSTATE_ are told.
  LONG set_status_messages(DWORD line_states, DWORD address_states);
  LONG status_messages(DWORD& line_states, DWORD& address_states);
  // LINEDEVSTATUS: LINEDEVSTATUSFLAGS_ of the open line.
  LONG device_status(DWORD& flags);
  // LINEDEVSTATUSFLAGS_, on or off.
  LONG set_device_status(DWORD flags, bool on, Completion done);
  Operation<> set_device_status(DWORD flags, bool on);
  LONG in_service(bool& out);
  LONG message_waiting(bool& out);
  LONG set_message_waiting(bool on, Completion done);
  Operation<> set_message_waiting(bool on);
  // Replaces all forwarding; empty: none.
  LONG forward(const ForwardInformation& how, Completion done);
  Operation<> forward(ForwardInformation how);
  LONG forwarding(ForwardInformation& out);
  // Calls are refused: forwarding of all calls to nowhere. Off cancels all forwarding.
  LONG set_do_not_disturb(bool on, Completion done);
  Operation<> set_do_not_disturb(bool on);
  LONG do_not_disturb(bool& out);
  LONG set_rings(DWORD rings); // before a call is answered here: advice to answering programs
  LONG rings(DWORD& out);
  LONG set_terminal(DWORD terminal_modes, DWORD terminal, bool enable, Completion done);

  // --- Dialling. ---
  // A number in canonical form as it is dialled here; `card` 0: the location's.
  LONG translate(std::string_view number, TranslatedAddress& out, DWORD card = 0,
                 DWORD options = 0 /*LINETRANSLATEOPTION_*/);
  LONG set_toll_list(std::string_view number, DWORD option /*LINETOLLLISTOPTION_*/);
  LONG translate_dialog(std::string_view number);

  // --- Devices behind it. ---
  // The phones that belong to it (device class tapi/phone); after Telephony::start_phones().
  std::vector<Phone*> phones();
  LONG device_id(std::string_view device_class, std::string& out); // lineGetID
  LONG device_config(std::string_view device_class, std::string& out);
  LONG set_device_config(std::string_view device_class, std::string_view config);
  LONG config_dialog(std::string_view device_class);
  LONG config_dialog_edit(std::string_view device_class, std::string_view config, std::string& out);
  // lineDevSpecific, of one of its calls or of the address: `done` gets what came back, of the same size.
  LONG device_specific(std::string block, std::function<void(LONG, std::string_view)> done,
                       const Call* call = nullptr);
  Operation<std::string> device_specific(std::string block);
  LONG device_specific_feature(DWORD feature, std::string block,
                               std::function<void(LONG, std::string_view)> done);
  LONG negotiate_extension_version(DWORD low, DWORD high, DWORD& out);

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
  friend class Phone;
  Operation<CallPtr> place_call(std::string number, CallParams params);
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
  virtual void call_tone(Call&, DWORD /*DetectTone::app_specific*/) {} // after monitor_tones()
  virtual void call_media(Call&, DWORD /*LINEMEDIAMODE_*/) {}          // after monitor_media()
  virtual void call_hub(CallHub&, HubEvent, Call*) {}                  // after track_call_hubs()
  // LINE_DEVSPECIFIC, LINE_DEVSPECIFICFEATURE; `call` when it is about one.
  virtual void device_specific(Address&, Call* /*call*/, DWORD, DWORD, DWORD) {}
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
  // LINE_REQUEST: fetch it with get_request(). `instance` is what register_requests() was given.
  virtual void request(DWORD /*LINEREQUESTMODE_*/, DWORD /*instance*/) {}
  virtual void phone_state(Phone&, const PhoneChange&) {}
  virtual void phone_button(Phone&, const ButtonPress&) {}
  virtual void phone_device_specific(Phone&, DWORD, DWORD, DWORD) {}
  virtual void phone_closed(Phone&) {}  // PHONE_CLOSE
  virtual void phone_created(Phone&) {} // PHONE_CREATE
  virtual void phone_removed(Phone&) {} // PHONE_REMOVE: it stays in phones(), closed
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
  // Waits have no time limit then.
  LONG initialize();
  int descriptor() const { return descriptor_; }
  int phone_descriptor() const { return phone_descriptor_; } // after start_phones()
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

  // --- Phones: none before start_phones() (phoneInitializeEx). ---
  LONG start_phones();
  const std::vector<std::unique_ptr<Phone>>& phones() const { return phones_; }
  Phone* phone_by_device(DWORD device_id) const;
  HPHONEAPP phone_app() const { return phone_app_; }

  // --- Call hubs: which calls belong together. Costs a question for each call. ---
  LONG track_call_hubs(bool on);
  std::vector<CallHub*> call_hubs() const;
  CallHub* call_hub(DWORD call_id) const;

  // --- Dialling rules, assisted telephony, the order of applications. ---
  LONG dialing_rules(DialingRules& out);
  LONG set_current_location(DWORD location_id);
  LONG countries(std::vector<Country>& out, DWORD country_id = 0); // 0: all
  // Takes part in (or leaves) the handling of requests of other programs.
  LONG register_requests(bool on, DWORD instance = 0, DWORD modes = LINEREQUESTMODE_MAKECALL);
  LONG get_request(MakeCallRequest& out); // LINEERR_NOREQUEST when none waits
  LONG next_request(std::chrono::milliseconds timeout,
                    std::function<void(LONG, const MakeCallRequest&)> done);
  Operation<MakeCallRequest> next_request(std::chrono::milliseconds timeout = no_timeout);
  // This program's place among those for a medium, or, with media_mode 0, for LINEREQUESTMODE_MAKECALL; 1 is
  // first, 0 takes it off the list.
  LONG set_priority(DWORD media_mode, DWORD priority);
  LONG priority(DWORD media_mode, DWORD& out);

  // --- Coroutines. ---
  // Starts a task and owns it until it has ended, or until shutdown().
  void spawn(Task<> task);
  Operation<> sleep(std::chrono::milliseconds time);
  // Ends a wait (when(), next_call() ...) by the id it returned: its `done` is called with
  // LINEERR_USERCANCELLED.
  void cancel_wait(LONG id);

private:
  friend class Address;
  friend class Call;
  friend class CallCentre;
  friend struct AgentCalls;
  friend class CallHub;
  friend class CallPtr;
  friend class Phone;
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
  void deliver_device_specific(const LINEMESSAGE& message);
  void deliver_phone(const PHONEMESSAGE& message);
  Phone& add_phone(DWORD device_id);

  std::string application_;
  Events& events_;
  CallCentre* call_centre_ = nullptr; // hears of agents, if the program made one
  HLINEAPP app_ = 0;
  int descriptor_ = -1;
  HPHONEAPP phone_app_ = 0;
  int phone_descriptor_ = -1;
  std::vector<std::unique_ptr<Address>> addresses_;
  std::vector<std::unique_ptr<Phone>> phones_;
  std::shared_ptr<State> state_; // shared with the tasks it posts, which may outlive it
};

} // namespace tl::telephony
