// SPDX-License-Identifier: Apache-2.0
// The seam between the switching model and the drivers of its endpoints (sip/, sim/). A Leg is one endpoint's half
// of a conversation: a SIP dialog, a simulated phone off hook. Calls join legs; drivers know nothing of calls,
// lines or queues, the model knows nothing of SIP. All on the provider's loop.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace tl {
class Log;
class Loop;
} // namespace tl

namespace tl::pbx {

// Why a leg ended or was never answered. Each has a LINEDISCONNECTMODE_ and a SIP status.
enum class Cause { normal, busy, no_answer, rejected, unreachable, bad_address, congestion, cancelled, failed };

struct Party {
  std::string number;
  std::string name;
};

// One component of a tone: on and off in turns; never off: steady.
struct TonePart {
  double frequency_hz = 0;
  Duration on{}, off{};
  double level_dbfs = 0;
};

// A tone to be found when it has lasted so long; no frequency at all: silence.
struct ToneWatch {
  std::array<double, 3> frequencies_hz{}; // 0: none
  Duration lasting{};
  bool operator==(const ToneWatch&) const = default;
};

// What a leg hears when it is joined to nobody.
struct Treatment {
  enum class Kind { silence, ringback, busy, music, announcement } kind = Kind::silence;
  std::string file; // WAV, for music and announcement; empty: the site's default music
};

class Leg {
public:
  virtual ~Leg() = default; // still alive: hangs up with Cause::normal and reports nothing

  // An inbound leg before it is answered: alert the caller (180), answer (200), or refuse. Refusing ends the leg
  // without leg_ended().
  virtual void ring() = 0;
  virtual void answer() = 0;
  // Ends the leg in any state (CANCEL, BYE, error response); no leg_ended() follows.
  virtual void hangup(Cause cause) = 0;
  // Asks an alerting phone to go off hook by itself (NOTIFY Event: talk). The outcome is leg_answered(), or
  // leg_answer_refused() when the phone cannot.
  virtual void request_answer() = 0;

  // Sound. A leg is joined to one other leg of the same driver's media, or in a room with several, or hears a
  // treatment; each ends what was before.
  // Legs of two drivers (a simulated caller, a SIP phone) are joined by a call on each: then `other` is
  // foreign.
  virtual void join(Leg& other) = 0; // both ways; replaces earlier joins and treatments of both
  // Hears the sum of the other legs of this driver in the room, and is heard by them. A room is there while
  // somebody is in it.
  virtual void confer(std::uint32_t room) = 0;
  virtual void treat(const Treatment& treatment) = 0; // ends a join; the other one hears silence until told more
  virtual void send_digits(std::string_view digits, Duration each) = 0; // ends with leg_digits_sent()
  // In the place of digits, and ends as they do; `length` 0: until it is replaced.
  virtual void send_tone(const std::vector<TonePart>& tone, Duration length) = 0;
  virtual void listen_for(const std::vector<ToneWatch>& tones) = 0; // reported by leg_tone(); replaces
};

// The model's side of a leg. `leg` is valid during the call; after leg_ended() its owner destroys it, then or later.
class LegOwner {
public:
  virtual ~LegOwner() = default;
  virtual void leg_alerting(Leg& leg) = 0; // 180 or 183
  virtual void leg_answered(Leg& leg) = 0;
  virtual void leg_answer_refused(Leg& leg) = 0;
  virtual void leg_ended(Leg& leg, Cause cause) = 0;
  virtual void leg_held(Leg& leg, bool held) = 0;                             // by the phone's own hold key
  virtual void leg_transfer(Leg& leg, const std::string& target) = 0;         // REFER: blind
  virtual void leg_transfer_to(Leg& leg, Leg& other) = 0;                     // REFER with Replaces: consulted
  virtual void leg_digit(Leg& leg, char digit, Time at) = 0;                  // RFC 4733 or in band
  virtual void leg_digits_sent(Leg& leg, bool complete) = 0;
  virtual void leg_tone(Leg& leg, std::size_t which, Time at) = 0; // of listen_for()
};

// Where an outbound leg goes.
struct Destination {
  enum class Kind { station, trunk } kind = Kind::station;
  std::string device; // station number or trunk name, as configured
  std::string number; // dialled number, for a trunk
  Party from;
};

// What a driver tells about its devices and offers to the model.
class DriverEvents {
public:
  virtual ~DriverEvents() = default;
  // A call arrives from a station (its number) or a trunk (its name). The model takes the leg and returns its
  // owner; it may answer, ring or hang up before returning.
  virtual LegOwner* incoming(std::unique_ptr<Leg> leg, Destination::Kind from_kind, const std::string& from_device,
                             const Party& caller, const std::string& called) = 0;
  // Registration appeared or went away.
  virtual void station_reachable(const std::string& number, bool reachable) = 0;
  // A button of a whole phone goes down or up: 0-9 the digits, 10 *, 11 #, from 12 its own.
  virtual void phone_key(const std::string& /*station*/, unsigned /*id*/, bool /*down*/) {}
};

class Driver {
public:
  virtual ~Driver() = default;
  // Starts an outbound leg. Never reports to `owner` before it has returned; an attempt that fails at once
  // ends by leg_ended() on a later turn.
  virtual std::unique_ptr<Leg> place(const Destination& to, LegOwner& owner) = 0;
  // Whether every part of its stations' phones is at hand (phone.hpp), not only their calls. Such a driver knows
  // the commands {"answer": true} and {"hangup": true}.
  virtual bool whole_phones() const { return false; }
  // lineDevSpecific on a device of this driver, in the driver's own language.
  virtual Result<void> command(Destination::Kind kind, const std::string& device, std::string_view text);
};

// What a driver is made from. `config_json` is the provider's whole part of the site file: a driver reads its own
// tables and those [[station]]s and [[trunk]]s whose "driver" names it (none: "sip"). It starts at once, reports
// nothing to `events` before its factory has returned, and names key, value and what was expected when it fails.
struct DriverStart {
  Loop& loop;
  Log& log;
  DriverEvents& events;
  std::string_view config_json;
};

using DriverFactory = Result<std::unique_ptr<Driver>> (*)(const DriverStart& start);

// src/pbx/sim (target trunkline_pbx_sim) and src/pbx/sip (target trunkline_pbx_sip).
Result<std::unique_ptr<Driver>> make_sim_driver(const DriverStart& start);
Result<std::unique_ptr<Driver>> make_sip_driver(const DriverStart& start);

} // namespace tl::pbx
