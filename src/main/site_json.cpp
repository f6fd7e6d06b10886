// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "main/site.hpp"

namespace tl::program {

using nlohmann::json;

namespace {

void add_sim(json& object, const std::string& habits) {
  if (!habits.empty()) object["sim"] = json::parse(habits);
}

} // namespace

std::string switch_json(const Site& site) {
  json out = {{"site", {{"name", site.name}, {"tenant", site.tenant}}},
              {"sip",
               {{"udp", site.sip.udp},
                {"tcp", site.sip.tcp},
                {"realm", site.sip.realm},
                {"calls_max", site.sip.calls_max},
                {"user_agent", site.sip.user_agent},
                {"auth_algorithms", site.sip.auth_algorithms},
                {"session_expires_s", site.sip.session_expires_s}}},
              {"media",
               {{"ports", {site.media.port_min, site.media.port_max}},
                {"anchor", site.media.anchor},
                {"music", site.media.music}}},
              {"pbx",
               {{"calls_max", site.pbx.calls_max ? site.pbx.calls_max : site.sip.calls_max},
                {"station_calls_max", site.pbx.station_calls_max},
                {"ring_max_ms", site.pbx.ring_max_ms},
                {"park_orbits", site.pbx.park_orbits},
                {"park_reminder_ms", site.pbx.park_reminder_ms}}},
              {"station", json::array()},
              {"trunk", json::array()},
              {"route_point", json::array()},
              {"queue", json::array()}};
  if (!site.media.address.empty()) out["media"]["address"] = site.media.address;
  add_sim(out, site.sim_json);
  for (const StationEntry& one : site.stations) {
    out["station"].push_back({{"number", one.number},
                              {"name", one.name},
                              {"password", one.password},
                              {"driver", one.driver},
                              {"contact", one.contact},
                              {"pickup_group", one.pickup_group}});
    add_sim(out["station"].back(), one.sim_json);
  }
  for (const TrunkEntry& one : site.trunks) {
    out["trunk"].push_back({{"name", one.name},
                            {"peers", one.peers},
                            {"proxy", one.proxy},
                            {"user", one.user},
                            {"password", one.password},
                            {"calls_max", one.calls_max},
                            {"prefix", one.prefix},
                            {"driver", one.driver}});
    add_sim(out["trunk"].back(), one.sim_json);
  }
  for (const RoutePointEntry& one : site.route_points)
    out["route_point"].push_back({{"number", one.number},
                                  {"name", one.name},
                                  {"queue", one.queue},
                                  {"default_routing_timeout_ms", one.default_routing_timeout_ms}});
  for (const QueueEntry& one : site.queues)
    out["queue"].push_back({{"name", one.name},
                            {"number", one.number},
                            {"treatment", one.treatment},
                            {"music", one.music},
                            {"announcement", one.announcement},
                            {"length_max", one.length_max}});
  return out.dump();
}

} // namespace tl::program
