// SPDX-License-Identifier: Apache-2.0
#include "main/site.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/core.h>
#include <fstream>

#include "main/site_check.hpp"
#include "main/site_reader.hpp"

namespace tl::program {
namespace {

constexpr std::uintmax_t file_bytes_max = 64 * 1024 * 1024;
constexpr std::int64_t calls_limit = 1'000'000;
constexpr std::int64_t day_s = 24 * 3600;

std::string indexed(const char* section, std::size_t index) {
  return std::string(section) + "[" + std::to_string(index) + "]";
}

// A file named in the site file, relative to the site file's own folder.
std::string beside(const std::string& site_file, const std::string& named) {
  std::filesystem::path path(named);
  if (named.empty() || path.is_absolute()) return named;
  return (std::filesystem::path(site_file).parent_path() / path).string();
}

// A file that must be there.
void read_file(Reader& in, const char* key, std::string& out, const std::string& site_file) {
  if (!in.text(key, out) || out.empty()) return;
  out = beside(site_file, out);
  if (!std::ifstream(out))
    in.problem(key, fmt::format("{}: cannot be read: {}", in_quotes(out), std::strerror(errno)));
}

void read_level(Reader& in, Level& out) {
  std::string name;
  if (!in.choice("level", name, {"debug", "info", "warning", "error"})) return;
  out = name == "debug"     ? Level::debug
        : name == "info"    ? Level::info
        : name == "warning" ? Level::warn
                            : Level::error;
}

void read_fixed_sections(Reader& file, Site& site, Problems& problems) {
  if (const toml::table* table = file.table("site")) {
    Reader in(*table, "site", problems);
    in.text("name", site.name, Need::required);
    in.text("tenant", site.tenant);
  }
  if (const toml::table* table = file.table("store")) {
    Reader in(*table, "store", problems);
    in.text("path", site.store_path);
    in.number("events_queued_max", site.store_events_queued_max, 100, 100'000'000);
    in.number("size_max_mb", site.store_size_max_mb, 0, 1'000'000'000);
  }
  if (const toml::table* table = file.table("tapi")) {
    Reader in(*table, "tapi", problems);
    in.text("socket", site.tapi_socket);
  }
  if (const toml::table* table = file.table("log")) {
    Reader in(*table, "log", problems);
    read_level(in, site.log_level);
  }
  if (const toml::table* table = file.table("sip")) {
    Reader in(*table, "sip", problems);
    in.texts("udp", site.sip.udp, true);
    in.texts("tcp", site.sip.tcp, true);
    in.text("user_agent", site.sip.user_agent);
    in.texts("auth_algorithms", site.sip.auth_algorithms);
    in.text("realm", site.sip.realm);
    in.number("calls_max", site.sip.calls_max, 1, calls_limit);
    in.number("session_expires_s", site.sip.session_expires_s, 0, day_s);
  }
  if (const toml::table* table = file.table("media")) {
    Reader in(*table, "media", problems);
    std::vector<std::int64_t> ports;
    in.text("address", site.media.address);
    if (in.numbers("ports", ports, 2, 1024, 65535)) {
      site.media.port_min = ports[0];
      site.media.port_max = ports[1];
    }
    in.flag("anchor", site.media.anchor);
    read_file(in, "music", site.media.music, site.file);
  }
  if (const toml::table* table = file.table("pbx")) {
    Reader in(*table, "pbx", problems);
    in.number("calls_max", site.pbx.calls_max, 1, calls_limit);
    in.number("station_calls_max", site.pbx.station_calls_max, 1, 100);
    in.number("ring_max_ms", site.pbx.ring_max_ms, 1, 3'600'000);
    in.text("park_orbits", site.pbx.park_orbits);
    in.number("park_reminder_ms", site.pbx.park_reminder_ms, 1, 3'600'000);
  }
}

bool made_of(std::string_view text, std::string_view signs) {
  return text.find_first_not_of(signs) == std::string_view::npos;
}

void read_location(Reader& file, Site::Location& location, Problems& problems) {
  constexpr std::size_t area_code_digits_max = 7; // what tapiGetLocationInfo can tell
  constexpr std::int64_t country_code_max = 999;
  const toml::table* const table = file.table("location");
  if (!table) return;
  Reader in(*table, "location", problems);
  in.text("name", location.name);
  in.number("country", location.country, 0, country_code_max);
  in.text("area_code", location.area_code);
  in.text("local_access", location.local_access);
  in.text("long_distance_access", location.long_distance_access);
  in.text("cancel_call_waiting", location.cancel_call_waiting);
  in.flag("pulse", location.pulse);
  if (location.area_code.size() > area_code_digits_max || !made_of(location.area_code, "0123456789"))
    problems.add_at("location.area_code", in_quotes(location.area_code) + ": expected at most 7 digits");
  for (const auto& [key, value] : {std::pair{"location.local_access", &location.local_access},
                                   std::pair{"location.long_distance_access", &location.long_distance_access},
                                   std::pair{"location.cancel_call_waiting", &location.cancel_call_waiting}})
    if (!made_of(*value, "0123456789ABCD*#,!Ww"))
      problems.add_at(key, in_quotes(*value) + ": expected what is dialled: 0-9 A-D * # , ! W");
}

void read_remote(Reader& file, Site& site, Problems& problems) {
  const toml::table* const table = file.table("remote");
  if (!table) return;
  Reader in(*table, "remote", problems);
  in.text("listen", site.remote.listen);
  read_file(in, "certificate", site.remote.certificate, site.file);
  read_file(in, "key", site.remote.key, site.file);
  read_file(in, "ca", site.remote.ca, site.file);
}

void read_users(Reader& file, Site& site, Problems& problems) {
  std::size_t index = 0;
  for (const toml::table* table : file.tables("user")) {
    Reader in(*table, indexed("user", index++), problems);
    UserEntry one;
    in.text("name", one.name, Need::required);
    in.secret("password", one.password);
    in.flag("administrator", one.administrator);
    in.texts("control", one.control);
    in.texts("monitor", one.monitor);
    site.users.push_back(std::move(one));
  }
}

void read_providers(Reader& file, Site& site, Problems& problems) {
  std::size_t index = 0;
  for (const toml::table* table : file.tables("provider")) {
    Reader in(*table, indexed("provider", index++), problems);
    ProviderEntry one;
    in.text("file", one.file);
    in.json("config", one.config_json);
    site.providers.push_back(std::move(one));
  }
  if (site.providers.empty()) site.providers.emplace_back();
}

void read_stations(Reader& file, Site& site, Problems& problems) {
  std::size_t index = 0;
  for (const toml::table* table : file.tables("station")) {
    Reader in(*table, indexed("station", index++), problems);
    StationEntry one;
    in.text("number", one.number, Need::required);
    in.text("name", one.name);
    in.secret("password", one.password);
    in.choice("driver", one.driver, {"sip", "sim"});
    in.text("contact", one.contact);
    in.text("pickup_group", one.pickup_group);
    in.json("sim", one.sim_json);
    site.stations.push_back(std::move(one));
  }
}

void read_trunks(Reader& file, Site& site, Problems& problems) {
  std::size_t index = 0;
  for (const toml::table* table : file.tables("trunk")) {
    Reader in(*table, indexed("trunk", index++), problems);
    TrunkEntry one;
    in.text("name", one.name, Need::required);
    in.texts("peers", one.peers);
    in.text("proxy", one.proxy);
    in.text("user", one.user);
    in.secret("password", one.password);
    in.number("calls_max", one.calls_max, 1, calls_limit);
    in.text("prefix", one.prefix);
    in.choice("driver", one.driver, {"sip", "sim"});
    in.json("sim", one.sim_json);
    site.trunks.push_back(std::move(one));
  }
}

void read_route_points(Reader& file, Site& site, Problems& problems) {
  std::size_t index = 0;
  for (const toml::table* table : file.tables("route_point")) {
    Reader in(*table, indexed("route_point", index++), problems);
    RoutePointEntry one;
    in.text("number", one.number, Need::required);
    in.text("name", one.name);
    in.text("queue", one.queue);
    in.number("default_routing_timeout_ms", one.default_routing_timeout_ms, 0, 600'000);
    site.route_points.push_back(std::move(one));
  }
}

void read_queues(Reader& file, Site& site, Problems& problems) {
  std::size_t index = 0;
  for (const toml::table* table : file.tables("queue")) {
    Reader in(*table, indexed("queue", index++), problems);
    QueueEntry one;
    in.text("name", one.name, Need::required);
    in.text("number", one.number, Need::required);
    in.text("group", one.group, Need::required);
    in.choice("strategy", one.strategy, {"longest-idle"});
    in.number("ring_timeout_s", one.ring_timeout_s, 1, 600);
    in.number("wrapup_s", one.wrapup_s, 0, day_s);
    in.number("overflow_after_s", one.overflow_after_s, 0, day_s);
    in.text("overflow_to", one.overflow_to);
    in.choice("no_answer", one.no_answer, {"not-ready", "ready"});
    in.choice("treatment", one.treatment, {"music", "ringback", "silence", "announcement"});
    read_file(in, "music", one.music, site.file);
    read_file(in, "announcement", one.announcement, site.file);
    in.number("service_level_s", one.service_level_s, 1, day_s);
    in.number("length_max", one.length_max, 1, calls_limit);
    site.queues.push_back(std::move(one));
  }
}

void read_groups(Reader& file, Site& site, Problems& problems) {
  std::size_t index = 0;
  for (const toml::table* table : file.tables("group")) {
    Reader in(*table, indexed("group", index++), problems);
    GroupEntry one;
    in.text("name", one.name, Need::required);
    in.text("id", one.id);
    in.texts("agents", one.agents);
    site.groups.push_back(std::move(one));
  }
}

void read_agents(Reader& file, Site& site, Problems& problems) {
  std::size_t index = 0;
  for (const toml::table* table : file.tables("agent")) {
    Reader in(*table, indexed("agent", index++), problems);
    AgentEntry one;
    in.text("id", one.id, Need::required);
    in.text("name", one.name);
    in.secret("pin", one.pin);
    in.text("station", one.station);
    site.agents.push_back(std::move(one));
  }
}

} // namespace

Result<Site> parse_site(std::string_view text, const std::string& file) {
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return Error{EINVAL, fmt::format("{}:{}: not TOML: {} (column {})", file, error.source().begin.line,
                                     printable(error.description()), error.source().begin.column)};
  }
  Site site;
  site.file = file;
  Problems problems(file);
  {
    Reader in(table, "", problems);
    read_fixed_sections(in, site, problems);
    in.json("sim", site.sim_json);
    read_location(in, site.location, problems);
    read_remote(in, site, problems);
    read_users(in, site, problems);
    read_providers(in, site, problems);
    read_stations(in, site, problems);
    read_trunks(in, site, problems);
    read_route_points(in, site, problems);
    read_queues(in, site, problems);
    read_groups(in, site, problems);
    read_agents(in, site, problems);
  }
  check_site(site, problems);
  if (!problems.empty()) return Error{EINVAL, problems.text()};
  return site;
}

Result<Site> load_site(const std::string& file) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error))
    return Error{EISDIR, file + ": is a folder; expected a site file (TOML)"};
  std::ifstream in(file, std::ios::binary);
  if (!in)
    return Error{
        errno,
        fmt::format("{}: site file cannot be read: {}; \"trunkline site print\" shows one to start from",
                    file, std::strerror(errno))};
  if (std::filesystem::file_size(file, error) > file_bytes_max && !error)
    return Error{EFBIG,
                 fmt::format("{}: larger than {} bytes; expected a site file (TOML)", file, file_bytes_max)};
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  return parse_site(text, file);
}

} // namespace tl::program
