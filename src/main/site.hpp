// SPDX-License-Identifier: Apache-2.0
// The site file (TOML): what one server is made of. Reading it checks every key, value and reference, so that
// what starts from a Site can rely on it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.hpp"
#include "base/result.hpp"

namespace tl::program {

struct ProviderEntry {
  std::string file = "pbx.tsp"; // a bare name is looked up beside the program
  std::string config_json;      // its own `config` table; empty: the provider gets the switch's sections
};

struct StationEntry {
  std::string number;
  std::string name;
  std::string password; // empty: generated and kept in the state directory, unless `contact` is given
  std::string driver = "sip";
  std::string contact;      // a fixed SIP URI for a phone that does not register
  std::string pickup_group; // whose ringing calls are picked up by the group's name; empty: none
  std::string sim_json;     // habits of a simulated phone (src/pbx/sim/README.md)
};

struct TrunkEntry {
  std::string name;
  std::vector<std::string> peers; // networks calls are accepted from, CIDR
  std::string proxy;              // SIP URI where outbound calls go
  std::string user;
  std::string password;
  std::int64_t calls_max = 1000;
  std::string prefix; // dialled digits that choose this trunk
  std::string driver = "sip";
  std::string sim_json;
};

struct RoutePointEntry {
  std::string number;
  std::string name;
  std::string queue; // name of the default queue
  std::int64_t default_routing_timeout_ms = 4000;
};

struct QueueEntry {
  std::string name;
  std::string number;
  std::string group;
  std::string strategy = "longest-idle";
  std::int64_t ring_timeout_s = 20;
  std::int64_t wrapup_s = 10;
  std::int64_t overflow_after_s = 0; // 0: never
  std::string overflow_to;           // a number
  std::string treatment = "music";
  std::string music;        // WAV; empty: the site's
  std::string announcement; // WAV, for treatment "announcement"
  std::string no_answer =
      "not-ready"; // what becomes of an agent who lets a call ring: "not-ready" or "ready"
  std::int64_t service_level_s = 20;
  std::int64_t length_max = 1000;
};

struct GroupEntry {
  std::string name;
  std::string id; // GUID; empty: derived from tenant and name
  std::vector<std::string> agents;
};

struct AgentEntry {
  std::string id;
  std::string name;
  std::string pin;
  std::string station;
};

// Whose programs may use the server, and what they see of it (server/access.hpp).
struct UserEntry {
  std::string name;
  std::string password; // its hash (main/password_hash.hpp); empty: not from other machines
  bool administrator = false;
  std::vector<std::string> control, monitor; // lines and phones, "20*" is all that begin so
};

struct Site {
  std::string file; // as named in messages

  std::string name = "trunkline";
  std::string tenant = "default";

  std::string store_path; // empty: trunkline.db in the state directory
  std::int64_t store_events_queued_max = 100'000;
  std::int64_t store_size_max_mb = 0; // 0: as much as the disk has
  std::string tapi_socket;            // empty: the default place
  Level log_level = Level::info;

  struct Sip {
    std::vector<std::string> udp; // "address:port" each; none: off
    std::vector<std::string> tcp;
    std::string realm = "trunkline";
    std::int64_t calls_max = 10'000;
    std::int64_t session_expires_s = 1800;
    std::string user_agent = "Trunkline";
    // In order of preference. Phones with libre 1 (baresip in Debian 12) give up when SHA-256 is offered at
    // all, so a site whose phones know RFC 8760 asks for it: ["SHA-256", "MD5"].
    std::vector<std::string> auth_algorithms = {"MD5"};
  } sip;

  struct Media {
    std::string address; // in SDP; empty: the address SIP listens on
    std::int64_t port_min = 20000;
    std::int64_t port_max = 29999;
    bool anchor = true;
    std::string music; // WAV; empty: the built-in music
  } media;

  struct Pbx {
    std::int64_t calls_max = 0; // 0: sip.calls_max
    std::int64_t station_calls_max = 4;
    std::int64_t ring_max_ms = 180'000;
    std::string park_orbits = "700-719"; // where calls are parked; empty: nowhere
    std::int64_t park_reminder_ms = 60'000;
  } pbx;

  // Where the site's telephones are, for address translation (server/settings.hpp).
  struct Location {
    std::string name;         // empty: the site's
    std::int64_t country = 0; // country code; 0: not said, numbers are dialled in full with "+"
    std::string area_code;
    std::string local_access, long_distance_access; // for an outside line
    std::string cancel_call_waiting;
    bool pulse = false;
  } location;

  // Where programs on other machines come in; nowhere without `listen`.
  struct Remote {
    std::string listen;           // "address:port"
    std::string certificate, key; // PEM files
    std::string ca;               // whose certificates clients must have; empty: none
  } remote;

  std::string sim_json; // default habits of simulated devices

  std::vector<ProviderEntry> providers;
  std::vector<StationEntry> stations;
  std::vector<TrunkEntry> trunks;
  std::vector<RoutePointEntry> route_points;
  std::vector<QueueEntry> queues;
  std::vector<GroupEntry> groups;
  std::vector<AgentEntry> agents;
  std::vector<UserEntry> users;
};

// The error's text has one line per problem, "file:line: key: value: what was expected; remedy", in the
// file's order.
Result<Site> parse_site(std::string_view text, const std::string& file);
Result<Site> load_site(const std::string& file);

// The site that is built into the program (share/default-site.toml).
std::string_view default_site_text();

// The switch's sections for a provider, as JSON with the site file's own keys and every default written out.
std::string switch_json(const Site& site);

} // namespace tl::program
