// SPDX-License-Identifier: Apache-2.0
#include "main/ready.hpp"

#include <filesystem>
#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "main/paths.hpp"

namespace tl::program {
namespace {

constexpr std::size_t named_max = 8; // more are counted, not named

std::string listeners(const Site& site) {
  std::string out;
  for (const std::string& one : site.sip.udp) out += (out.empty() ? "udp " : ", udp ") + one;
  for (const std::string& one : site.sip.tcp) out += (out.empty() ? "tcp " : ", tcp ") + one;
  return out.empty() ? "off" : out;
}

template <class List, class Text> std::string names(const List& list, Text text) {
  std::string out;
  for (std::size_t i = 0; i < list.size() && i < named_max; ++i) out += (i ? ", " : "") + text(list[i]);
  if (list.size() > named_max) out += fmt::format(" and {} more", list.size() - named_max);
  return out.empty() ? "none" : out;
}

// How this program is called from here.
std::string own_command() {
  std::filesystem::path program = std::filesystem::path(program_folder()) / "trunkline";
  std::error_code error;
  std::filesystem::path near =
      std::filesystem::relative(program, std::filesystem::current_path(error), error);
  bool below = !error && !near.empty() && *near.begin() != "..";
  return below ? near.string() : program.string();
}

std::string next_steps(const Ready& ready) {
  std::string command = own_command();
  std::vector<std::pair<std::string, std::string>> steps;
  // A program that does not look there by itself is told.
  if (socket_to_find(default_state_folder()) != ready.socket)
    steps.push_back({"export TRUNKLINE_SOCKET=" + ready.socket, "so that programs find this server"});
  if (!ready.site.route_points.empty() && !ready.site.stations.empty()) {
    const std::string& station = ready.site.stations[0].number;
    steps.push_back({"./run demo", "a caller, two agents, hold and transfer, step by step"});
    steps.push_back({command + " phone " + station, "a phone in the terminal"});
    steps.push_back({command + " agent login " + station + " --ready", "its agent takes calls"});
    if (!ready.site.sip.udp.empty())
      steps.push_back({"call sip:" + ready.site.route_points[0].number + "@" + ready.site.sip.udp[0],
                       "from any SIP phone on this machine"});
    steps.push_back({command + " site passwords", "what a SIP phone needs to register"});
  }
  steps.push_back({command + " watch", "every event, one line each"});
  std::size_t width = 0;
  for (const auto& [what, why] : steps) width = std::max(width, what.size());
  std::string out = "Try next, in another terminal:\n";
  for (const auto& [what, why] : steps) out += fmt::format("  {:<{}}  {}\n", what, width, why);
  return out;
}

} // namespace

std::string ready_text(const Ready& ready) {
  const Site& site = ready.site;
  std::string out = fmt::format("Trunkline is ready: site \"{}\" from {}\n", site.name, site.file);
  out += fmt::format("  SIP       {}\n", listeners(site));
  out += fmt::format("  programs  {}{}{}\n", ready.socket, ready.remote.empty() ? "" : ", ", ready.remote);
  out +=
      fmt::format("  stations  {}\n",
                  names(site.stations, [](const StationEntry& one) { return one.number + " " + one.name; }));
  out += fmt::format("  queues    {}\n", names(site.route_points, [](const RoutePointEntry& one) {
                       return one.number + " -> " + one.queue;
                     }));
  out += fmt::format("  history   {}\n", ready.store);
  return out + next_steps(ready) + "Ctrl-C ends it.\n";
}

std::string ready_json(const Ready& ready) {
  nlohmann::json out = {{"event", "ready"},
                        {"site", ready.site.name},
                        {"sip", {{"udp", ready.site.sip.udp}, {"tcp", ready.site.sip.tcp}}},
                        {"socket", ready.socket},
                        {"remote", ready.remote},
                        {"state", ready.state},
                        {"store", ready.store}};
  return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

} // namespace tl::program
