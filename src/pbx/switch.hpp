// SPDX-License-Identifier: Apache-2.0
// The switching model: devices, calls, connections, and every operation on them, whether TAPI asks (third
// party) or a phone does (first party). It knows endpoint drivers by driver.hpp only, and TAPI by the handles
// it reports events through. One loop; no operation is O(calls).
#pragma once

#include <deque>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/log.hpp"
#include "base/loop.hpp"
#include "pbx/call.hpp"
#include "pbx/config.hpp"
#include "pbx/device.hpp"
#include "pbx/state.hpp"
#include "tsp/provider.hpp"

namespace tl::pbx {

// Data attached to a call, most bytes (LINEADDRESSCAPS.dwMaxCallDataSize).
constexpr std::size_t call_data_bytes_max = 4096;
// How long a connection shows DISCONNECTED before it goes IDLE, unless it is dropped earlier.
constexpr Duration disconnected_max = 2s;
// Provider-defined call treatment (values from 0x100 on are the provider's): the queue's announcement.
constexpr DWORD treatment_announcement = 0x100;
// Reminders of one parked call that may go unanswered; then the caller is told that nobody comes.
constexpr DWORD park_reminders_max = 10;
// One ring and its pause.
constexpr Duration ring_cycle = 5s;
// Forwarding: instructions of one station, rings before "no answer" takes effect, stations a call may be sent
// through (it is busy for the caller beyond).
constexpr std::size_t forward_entries_max = 32;
constexpr DWORD forward_rings_min = 1;
constexpr DWORD forward_rings_default = 4;
constexpr DWORD forward_rings_max = 20;
constexpr DWORD forward_hops_max = 5;
enum class Diversion : unsigned char { always, busy, no_answer };
// User-user information: bytes of one, and how many wait for one reader.
constexpr std::size_t user_info_bytes_max = 128;
constexpr std::size_t user_infos_max = 8;
constexpr std::size_t number_bytes_max = 256;
// Who may hear each other at once, the station that confers included (LINEADDRESSCAPS.dwMaxNumConference).
constexpr DWORD conference_parties_max = 32;
// How long the user of a phone off hook hears that the station he called is busy.
constexpr Duration busy_tone_max = 30s;
// lineCompleteCall: requests of one station, how long one waits for both stations to be free, and how long
// the asking one rings then.
constexpr std::size_t call_completions_max = 5;
constexpr Duration completion_wait_max = 3600s;
constexpr Duration completion_ring_max = 30s;
constexpr DWORD gather_timeout_max_ms = 60'000;
// Tones: components of one that is made, entries that are listened for at one call, and by one leg.
constexpr std::size_t generated_frequencies_max = 4;
constexpr std::size_t monitored_tones_max = 8;
constexpr std::size_t legs_listening_max = 32;
// A tone by its LINETONEMODE_; an error of lineGenerateTone.
LONG read_tone(DWORD mode, std::span<const LINEGENERATETONE> custom, std::vector<TonePart>& out);
DWORD ticks(Time at); // TAPI's tick count

// What the model needs from the TSPI side: giving and taking handles.
class CallHandles {
public:
  virtual ~CallHandles() = default;
  virtual bool announce(Connection& connection, tsp::Line& line) = 0;
  virtual void forget(Connection& connection) = 0;
  virtual Connection* find(std::uint64_t handle) = 0;
};

// Who shows on phone devices what the stations do (phone.hpp).
class PhoneWatch {
public:
  virtual ~PhoneWatch() = default;
  virtual void activity(Device& device) = 0; // of watched devices alone; look later, it is still going on
  virtual void key(Device& device, DWORD id, bool down) = 0;
};

// Limits that may change while the switch runs; they hold for what begins afterwards.
struct Tuning {
  DWORD calls_max = 0;
  Duration ring_max{};
  Duration park_reminder{};
};

class Switch final : public DriverEvents {
public:
  Switch(Loop& loop, Log& log, CallHandles& handles);
  ~Switch() override;
  Switch(const Switch&) = delete;
  Switch& operator=(const Switch&) = delete;

  // Builds devices and drivers. Once.
  Result<void> start(const Config& config, const std::map<std::string, DriverFactory>& factories,
                     std::string_view config_json);

  // ---- Devices (devices.cpp).
  std::size_t device_count() const { return devices_.size(); }
  Device& device(std::size_t index) { return *devices_[index]; }
  void line_opened(Device& device, tsp::Line& line);
  void line_closed(Device& device);

  Tuning tuning() const { return {calls_max_, ring_max_, park_reminder_}; }
  void tune(const Tuning& wanted) {
    calls_max_ = wanted.calls_max;
    ring_max_ = wanted.ring_max;
    park_reminder_ = wanted.park_reminder;
  }

  // ---- Operations of TAPI. Those that return LONG ask for nothing but their arguments; a Request is
  // completed.
  // `partial`: lineDial brings the rest of the number.
  LONG originate(Device& station, const std::string& destination, bool partial,
                 const tsp::CallOptions& options, Connection*& out);
  LONG consult(Connection& held, const tsp::CallOptions& options, Connection*& out);
  void consult_started(Connection& held, Connection& consultation, const std::string& destination);
  LONG dial(tsp::Request& request, Connection& connection, const std::string& digits, bool partial);
  LONG accept(tsp::Request& request, Connection& connection);
  void answer(tsp::Request request, Connection& connection);
  LONG drop(tsp::Request& request, Connection& connection);
  LONG hold(tsp::Request* request, Connection& connection);
  LONG unhold(tsp::Request* request, Connection& connection);
  LONG cancel_conference(tsp::Request* request, Connection& first);
  LONG swap_hold(tsp::Request& request, Connection& active, Connection& held);
  LONG redirect(tsp::Request& request, Connection& connection, const std::string& destination);
  LONG blind_transfer(tsp::Request* request, Connection& connection, const std::string& destination);
  LONG complete_transfer(tsp::Request* request, Connection& held, Connection& consultation);
  // Conferences: what is made shows its states with the ..._started function, after the reply. `first` may be
  // null: then the station's own phone rings.
  LONG setup_conference(Device& station, Connection* first, DWORD parties, const tsp::CallOptions& options,
                        Connection*& parent, Connection*& consultation);
  LONG prepare_add(Connection& parent, const tsp::CallOptions& options, Connection*& consultation);
  void conference_started(Connection& parent, Connection& consultation, const std::string& destination);
  LONG add_to_conference(tsp::Request& request, Connection& parent, Connection& added);
  LONG remove_from_conference(tsp::Request& request, Connection& member);
  LONG transfer_into_conference(Connection& held, Connection& consultation, Connection*& parent);
  void transfer_conferenced(Connection& parent, Connection& held, Connection& consultation);
  LONG complete_call(tsp::Request& request, Connection& connection, DWORD mode, DWORD& id);
  LONG uncomplete_call(tsp::Request& request, Device& station, DWORD id);
  DWORD completion_modes(const Connection& connection) const; // LINECALLCOMPLMODE_, now
  bool has_completions(const Device& station) const;
  void completion_expired(Completion& completion) { cancel_completion(completion); }
  LONG park_place(const Connection& connection, const std::string* address, std::string& place);
  void park(tsp::Request* request, Connection& connection, const std::string& place);
  LONG unpark(Device& station, const std::string& address, Connection*& out);
  LONG pick_up(Device& station, const std::string* address, const std::string* group, Connection*& out);
  LONG forward(tsp::Request& request, Device& station, std::vector<Forward> entries, DWORD rings);
  LONG set_message_waiting(tsp::Request& request, Device& station, bool on);
  LONG send_user_info(tsp::Request& request, Connection& connection, std::span<const std::byte> info);
  LONG release_user_info(tsp::Request& request, Connection& connection);
  LONG set_treatment(tsp::Request& request, Connection& connection, DWORD treatment);
  LONG set_data(tsp::Request& request, Connection& connection, std::span<const std::byte> data);
  LONG set_app_specific(Connection& connection, DWORD value);
  LONG monitor_digits(Connection& connection, DWORD modes);
  LONG gather_digits(Connection& connection, const tsp::Gather& gather);
  LONG generate_digits(Connection& connection, DWORD end_to_end, const std::string& digits, Duration each);
  // An empty tone cancels.
  LONG generate_tone(Connection& connection, DWORD end_to_end, const std::vector<TonePart>& tone,
                     Duration length);
  LONG monitor_tones(Connection& connection, DWORD list, std::vector<MonitoredTone> tones); // none: ends
  LONG monitor_media(Connection& connection, DWORD modes);
  LONG command(Device& device, std::string_view text);
  // The server has no handle any more; the call goes on.
  void closed(Connection& connection);
  void report_state(Connection& connection);

  // ---- Endpoints (endpoints.cpp).
  LegOwner* incoming(std::unique_ptr<Leg> leg, Destination::Kind from_kind, const std::string& from_device,
                     const Party& caller, const std::string& called) override;
  void station_reachable(const std::string& number, bool reachable) override;
  void phone_key(const std::string& station, unsigned id, bool down) override;
  void watch(PhoneWatch* phones) { phones_ = phones; }
  void alerting(Attachment& attachment);
  void answered(Attachment& attachment);
  void answer_refused(Attachment& attachment);
  void ended(Attachment& attachment, Cause cause);
  void held_by_phone(Attachment& attachment, bool held);
  void transferred_by_phone(Attachment& attachment, const std::string& target);
  void transferred_by_phone_to(Attachment& attachment, Leg& other);
  void digit(Attachment& attachment, char digit, Time at);
  void digits_sent(Attachment& attachment, bool complete);
  void tone(Attachment& attachment, std::size_t which, Time at);
  void expired(Call& call);

  // ---- What may be done now, and who takes part (info.cpp).
  DWORD features(const Connection& connection) const;
  DWORD features2(const Connection& connection) const;
  Party identity(const Connection& connection) const;
  bool can_make_call(const Device& device) const;
  bool can_consult(const Connection& connection) const;
  bool can_set_up_conference(const Device& device) const;
  DWORD address_features(const Device& device, bool now) const;
  bool can_send_user_info(const Connection& connection) const;
  bool can_park(const Connection& connection) const;
  bool has_orbits() const { return !orbits_.empty(); }
  bool has_parked() const { return free_orbits_.size() < orbits_.size(); }
  bool has_pickup_groups() const { return !pickup_groups_.empty(); }

  // For tests: calls that are alive, objects kept, and whether all links between them agree (aborts if not).
  std::size_t live_calls() const { return live_calls_; }
  std::size_t kept_calls() const { return calls_.size(); }
  std::size_t kept_attachments() const { return attachments_.size(); }
  std::size_t kept_conferences() const { return conferences_.size(); }
  void check() const;

private:
  struct Target {
    Device* device = nullptr;
    std::string number;
    explicit operator bool() const { return device != nullptr; }
  };
  // The way of a call through forwarding stations.
  struct Way {
    Target target;
    DWORD reason = 0;        // 0: it was not forwarded
    std::string redirecting; // the last station that forwarded it
    DWORD hops = 0;
    std::optional<Cause> obstacle;
    bool do_not_disturb = false;
  };

  // devices.cpp
  Device& add_device(DeviceKind kind, const std::string& number, const std::string& name);
  void add_endpoints(const Config& config);
  void add_waiting_places(const Config& config);
  Target resolve(const std::string& number) const;
  void notify_line_state(Device& device, DWORD states);

  void touch(Device& device) {
    if (device.awaited > 0) awaited_changed(device);
    if (device.watched && phones_ != nullptr) phones_->activity(device);
  }

  // connections.cpp: birth, state and death of connections
  Call& new_call();
  Connection& connect_device(Call& call, int side, Device& device, DWORD state, DWORD origin, DWORD reason);
  Attachment& new_attachment(Device& device, bool inbound);
  void place(Connection& connection, const Destination& destination);
  void show(Connection& connection);
  bool step(Connection& connection, Event event, DWORD mode = 0);
  void count(Device& device, DWORD before, DWORD after);
  void report_info(Connection& connection, DWORD items);
  void end(Connection& connection, Event event, DWORD mode, Cause cause);
  void vacate(Connection& connection);
  void detach(Connection& connection, Cause cause);
  void hang_up(Attachment& attachment, Cause cause);
  void release(Connection& connection, Cause cause);
  void linger(Connection& connection);
  void end_lingering();
  void bury(Connection& connection);
  void bury(Attachment& attachment);
  void sweep_later();

  // operations.cpp
  LONG may_ring_own_phone(const Device& station) const;
  Connection& ring_own_phone(Device& station, const std::string& called, const Party& shown,
                             const tsp::CallOptions& options);
  bool can_be_dialled(const std::string& number) { return resolve(number) || orbit(number) != nullptr; }

  // park.cpp, pickup.cpp
  void add_orbits(const Config& config);
  ParkOrbit* orbit(const std::string& number);
  void leave_orbit(Call& call);
  void remind(Call& call);
  void back_to_orbit(Connection& reminder, Cause cause);
  bool fetch(Connection& connection);
  void take(Connection& connection, Call& call, DWORD reason);
  Connection* find_alerting(const Pickup& from, const Device& by) const;

  // forward.cpp, lamp.cpp
  Way way_to(Target target, const Device* from, const std::string& caller, bool forwards) const;
  bool divert(Connection& destination, Cause cause, Cause to_leg);
  Duration rings_until_forwarded(const Call& call, const Device& station) const;
  void start_ring_cycles(Device& station);
  void ring_cycle_over(Device& station);

  // routing.cpp: where calls go
  std::optional<Cause> admit(const Target& target) const;
  void send(Call& call, const Target& target, DWORD reason, const std::string& redirecting);
  void enter_queue(Call& call, Device& queue, DWORD reason, const std::string& redirecting);
  void dial_now(Connection& connection);
  void not_through(Connection& caller, DWORD mode, Cause cause, Device* to);
  void start_ringing(Call& call, Duration most = Duration::max());
  void route_by_default(Connection& route_point);
  void refused(Connection& destination, Cause cause);
  void joined(Connection& destination);
  LONG move(tsp::Request* request, Connection& connection, const std::string& destination, DWORD reason);

  // transfer.cpp
  bool transfer_on_hook(Attachment& attachment);
  void merge(Connection& held, Connection& consultation);
  void move_to(Call& call, Connection& connection);

  // completion.cpp
  Device* completion_target(const Connection& connection) const;
  bool can_intrude(const Connection& connection, const Device& target) const;
  Completion* find_completion(DWORD id);
  void forget_completion(Completion& completion);
  void cancel_completion(Completion& completion);
  void awaited_changed(Device& station);
  void completions_later();
  bool may_ring_back(const Completion& completion) const;
  void ring_back(Completion& completion);
  void completed(Connection& connection);
  void not_completed(Connection& connection);
  void intrude(Connection& connection, Device& target);

  // conference.cpp
  Conference& new_conference(Device& station, DWORD state);
  Connection& new_consultation(Device& station, const tsp::CallOptions& options, const Call& related);
  LONG may_consult(const Connection& held, const tsp::CallOptions& options) const;
  LONG may_join_itself(const tsp::CallOptions& options) const;
  void add_member(Conference& conference, Connection& connection);
  void join_by_itself(Connection& consultation);
  void left_conference(Connection& connection);
  void settle(Conference& conference, bool member_left);
  void dissolve(Conference& conference);
  void end_members(Conference& conference);
  void retire(Conference& conference);
  bool one_leg(Connection& parent, Connection& added) const;
  void bring_to_one_leg(Connection& parent, Connection& added);
  void check_conferences() const;

  // room.cpp: who hears whom in a conference, and in those it is connected with
  struct Room {
    std::uint32_t id = 0;
    std::vector<Conference*> conferences;
    std::vector<Connection*> present; // parents, and the other parties of members
    std::vector<Attachment*> talking;
  };
  Room room_of(Conference& conference) const;
  Conference* conference_of(const Call& call) const;
  DWORD parties(const Connection& connection) const;
  void apply_room(Conference& conference);
  void confer(Attachment& attachment, std::uint32_t room);

  // sound.cpp
  void apply_sound(Call& call);
  void sound_for(Connection& connection, Connection* peer);
  void treat(Attachment& attachment, DWORD treatment, Device* queue);
  void join(Attachment& one, Attachment& other);
  void unjoin(Attachment& attachment);

  // digits.cpp
  void gather_digit(Connection& connection, char digit, Time at);
  void end_gather(Connection& connection, DWORD reason, Time at);
  void end_digits(Connection& connection);
  void begin_generation(Connection& connection, const std::vector<Attachment*>& targets, DWORD end_to_end,
                        bool cancels);
  void end_generation(Attachment& attachment, DWORD reason);
  void stop_generation(Connection& connection);
  std::vector<Attachment*> sound_targets(const Connection& connection) const;

  // tones.cpp
  void apply_listening(const Call& call);
  void listen(Attachment& attachment, const std::vector<Listening>& wanted);

  Loop& loop_;
  Log& log_;
  CallHandles& handles_;
  PhoneWatch* phones_ = nullptr;
  std::vector<std::unique_ptr<Device>> devices_;
  std::unordered_map<std::string, Device*> numbers_; // stations, route points, queues
  std::unordered_map<std::string, Device*> trunks_;
  std::vector<Device*> prefixes_; // trunks with one, longest first
  std::unordered_map<std::string, std::vector<Device*>> pickup_groups_;
  struct ByNumber {
    bool operator()(const std::string* a, const std::string* b) const { return *a < *b; }
  };
  std::map<std::string, ParkOrbit> orbits_;
  std::set<const std::string*, ByNumber> free_orbits_;
  Duration park_reminder_{};
  Duration ring_max_{};
  DWORD calls_max_ = 0;

  std::list<Call> calls_;
  std::list<Attachment> attachments_;
  std::list<Conference> conferences_;
  std::size_t live_calls_ = 0;
  std::uint32_t last_call_id_ = 0;
  std::uint32_t last_conference_id_ = 0;
  std::list<Completion> completions_;
  DWORD last_completion_id_ = 0;
  bool completing_ = false;

  struct Lingering {
    std::uint64_t handle;
    Time until;
  };
  std::deque<Lingering> lingering_;
  Timer linger_timer_;

  // Ended objects wait here for the next turn: whoever is being called back may still hold them.
  std::list<Call> dead_calls_;
  std::vector<std::unique_ptr<Connection>> dead_connections_;
  std::list<Attachment> dead_attachments_;
  std::list<Conference> dead_conferences_;
  bool sweeping_ = false;

  // Last: drivers end first, while everything they may call is alive.
  std::map<std::string, std::unique_ptr<Driver>> drivers_;
};

} // namespace tl::pbx
