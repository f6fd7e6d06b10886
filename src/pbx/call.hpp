// SPDX-License-Identifier: Apache-2.0
// Calls, their connections to devices, and the legs that carry them. Two parties to a call: side 0 is the one
// that called (or was left by a transfer), side 1 the one called; a side is empty while its party is being
// replaced.
#pragma once

#include <array>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "base/timer.hpp"
#include "pbx/device.hpp"
#include "pbx/driver.hpp"
#include "tsp/request.hpp"

namespace tl::pbx {

class Switch;
struct Attachment;
struct Call;
struct Completion;
struct DigitGather;
struct Conference;

// Where parked calls wait: a number that is no device.
struct ParkOrbit {
  std::string number;
  Call* call = nullptr;
};

// What linePickup asked for: a station, or any station of a group.
struct Pickup {
  Device* device = nullptr;
  const std::vector<Device*>* group = nullptr;
};

// A tone that an application listens for: one entry of a list, or the sign of a medium.
struct MonitoredTone {
  DWORD list = 0; // dwToneListID
  DWORD app_specific = 0;
  DWORD media = 0; // LINEMEDIAMODE_, for lineMonitorMedia
  ToneWatch watch;
  bool operator==(const MonitoredTone&) const = default;
};

struct Listening {
  std::uint64_t connection = 0; // its handle
  MonitoredTone tone;
  bool operator==(const Listening&) const = default;
};

// A call on one line: what TAPI has a handle for.
struct Connection : tsp::Call {
  Connection(pbx::Call& of, Device& at) : call(&of), device(&at) {}
  ~Connection();

  pbx::Call* call;
  Device* device;
  Attachment* attachment = nullptr; // none at route points and queues, and when the party is gone
  Connection* previous = nullptr;   // in the device's list
  Connection* next = nullptr;

  DWORD state = 0;
  DWORD mode = 0;
  Time since{};
  DWORD origin = 0;
  DWORD reason = 0;
  DWORD related_id = 0;
  DWORD app_specific = 0;
  DWORD monitored_digits = 0; // LINEDIGITMODE_
  std::vector<MonitoredTone> tones;
  bool called = false;        // the destination of its call: unanswered, it can refuse
  bool alerting = false;
  Completion* completion = nullptr; // whose asking station rings by this
  DWORD completion_id = 0;
  Conference* conference = nullptr; // its parent, a member, or who may become one

  Party party;                        // who is at the far side of a trunk
  std::string redirecting;            // number that sent the call here
  std::string redirection;            // number the call was sent to from here
  std::vector<std::string> user_info; // received, oldest first, until released
  tsp::Request pending;               // lineAnswer until the phone is off hook
  std::unique_ptr<DigitGather> gather;
  Attachment* generates_on = nullptr; // the leg that sends this line's digits (its `generating` is this)

  bool live() const { return state != LINECALLSTATE_IDLE && state != LINECALLSTATE_DISCONNECTED; }
  Connection* peer() const;
  // Somebody is there to be talked to: a leg that is up, or a conference.
  bool hears() const;
};

struct Call {
  Call(Switch& owner, Loop& loop, std::uint32_t number);

  std::uint32_t id; // dwCallID
  std::array<Connection*, 2> side{};
  std::vector<std::unique_ptr<Connection>> connections; // both sides and what TAPI still holds
  std::list<Call>::iterator self;

  Party caller;
  std::string called;   // as first dialled
  bool partial = false; // more of the number follows (it ended in ';')
  std::string data;     // lineSetCallData
  // What a waiting party hears, and the queue whose music that is; a phone that refuses gives the call back
  // to it.
  DWORD treatment = LINECALLTREATMENT_RINGBACK;
  Device* queue = nullptr;
  Duration no_answer{}; // 0: the switch's own limit
  Timer timer;          // ringing, a route point's patience, or the reminder of a parked call: one at a time

  // While it is parked, also while the reminder rings.
  ParkOrbit* orbit = nullptr;
  Device* parker = nullptr;
  DWORD reminders = 0;
  DWORD hops = 0; // times it was forwarded
  Device* busy = nullptr; // the station that was, while its caller hears that
  Pickup pickup;  // an own phone that rings for a call elsewhere
};

inline Connection* Connection::peer() const {
  return call->side[0] == this ? call->side[1] : call->side[0];
}

// Several calls of one station that hear each other. The parent, a call of its own without another party, has
// the station's leg; members have none: their other parties hear, and are heard, through the room (room.cpp).
struct Conference {
  std::uint32_t id = 0;
  Connection* parent = nullptr;
  std::vector<Connection*> members; // in LINECALLSTATE_CONFERENCED, oldest first
  // Who may become the next member: a consultation call on the parent's leg, or (LINECALLPARAMFLAGS_
  // NOHOLDCONFERENCE) a call without a leg here, which joins as soon as it is answered.
  Connection* consultation = nullptr;
  bool joins_itself = false;
  Connection* first = nullptr; // goes on by itself until that one joins
  bool complete = false;       // somebody was added
  std::list<Conference>::iterator self;
};

// A call that did not get through and is made again when both stations are free (lineCompleteCall).
struct Completion {
  Completion(Switch& owner, Loop& loop, DWORD number);

  DWORD id; // dwCompletionID
  Device* asking = nullptr;
  Device* target = nullptr;
  bool due = false;              // as soon as both are free
  Connection* ringing = nullptr; // at the asking station
  Timer timer;
};

// One leg and the connections it carries: a consultation call shares the leg of the call it holds.
struct Attachment final : LegOwner {
  Attachment(Switch& of, Device& at, bool from_outside) : owner(of), device(&at), inbound(from_outside) {}

  Switch& owner;
  Device* device;
  std::unique_ptr<Leg> leg;
  std::list<Attachment>::iterator self;
  std::array<Connection*, 2> connections{};
  Connection* active = nullptr; // the one whose sound the leg has

  // What the leg was last told to hear.
  Attachment* joined = nullptr;
  std::uint32_t room = 0;
  DWORD heard = 0;
  Device* heard_queue = nullptr;

  std::vector<Listening> listening;

  Connection* generating = nullptr; // lineGenerateDigits or -Tone in progress through this leg
  DWORD generation_id = 0;

  bool inbound;
  bool answered = false;
  bool ringing = false;
  bool over = false; // ended, or told to

  void add(Connection& connection);
  void remove(Connection& connection);
  Connection* any() const { return connections[0] != nullptr ? connections[0] : connections[1]; }
  bool shared() const { return connections[0] != nullptr && connections[1] != nullptr; }

  void leg_alerting(Leg& leg) override;
  void leg_answered(Leg& leg) override;
  void leg_answer_refused(Leg& leg) override;
  void leg_ended(Leg& leg, Cause cause) override;
  void leg_held(Leg& leg, bool held) override;
  void leg_transfer(Leg& leg, const std::string& target) override;
  void leg_transfer_to(Leg& leg, Leg& other) override;
  void leg_digit(Leg& leg, char digit, Time at) override;
  void leg_digits_sent(Leg& leg, bool complete) override;
  void leg_tone(Leg& leg, std::size_t which, Time at) override;
};

// Speaks and hears on its leg now.
bool talks(const Connection& connection);

inline bool Connection::hears() const {
  return attachment != nullptr ? attachment->answered : conference != nullptr;
}

// Digits being collected for lineGatherDigits.
struct DigitGather {
  DigitGather(Loop& loop, Timer::Handler expired) : timer(loop, std::move(expired)) {}
  DWORD end_to_end_id = 0;
  WCHAR* buffer = nullptr;
  DWORD digits_max = 0;
  DWORD count = 0;
  std::string terminators;
  Duration inter_digit{};
  Timer timer;
};

} // namespace tl::pbx
