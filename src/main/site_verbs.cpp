// SPDX-License-Identifier: Apache-2.0
#include "main/site_verbs.hpp"

#include <cstdio>
#include <fmt/core.h>
#include <fstream>
#include <nlohmann/json.hpp>

#include "main/passwords.hpp"
#include "main/paths.hpp"
#include "main/site.hpp"

namespace tl::program {

namespace {

std::string password_file(const std::string& state) {
  return (state.empty() ? default_state_folder() : state) + "/passwords";
}

} // namespace

int print_site() {
  fmt::print("{}", default_site_text());
  return 0;
}

int check_site_file(const SiteOptions& options) {
  Result<Site> site = load_site(options.file);
  if (!site) {
    fmt::print(stderr, "{}\n", site.error().text);
    return 1;
  }
  fmt::print("{}: good: {} stations, {} trunks, {} route points, {} queues, {} agents\n", options.file,
             site->stations.size(), site->trunks.size(), site->route_points.size(), site->queues.size(),
             site->agents.size());
  return 0;
}

int print_passwords(const SiteOptions& options) {
  std::string file = password_file(options.state);
  Result<Passwords> passwords = read_passwords(file);
  if (!passwords) {
    fmt::print(stderr, "trunkline: {}\n", passwords.error().text);
    return 1;
  }
  if (passwords->empty()) {
    fmt::print(stderr,
               "trunkline: {}: no generated passwords; the first \"trunkline serve\" makes them (its --state "
               "DIR?)\n",
               file);
    return 1;
  }
  for (const auto& [number, password] : *passwords) fmt::print("{} {}\n", number, password);
  return 0;
}

std::string known_password(const std::string& number, const std::string& state) {
  Result<Passwords> passwords = read_passwords(password_file(state));
  if (!passwords) return {};
  auto found = passwords->find(number);
  return found == passwords->end() ? std::string{} : found->second;
}

std::string known_server(const std::string& state) {
  std::ifstream note((state.empty() ? default_state_folder() : state) + "/ready.json");
  auto said = nlohmann::json::parse(note, nullptr, false);
  const nlohmann::json* udp = said.is_object() && said.contains("sip") ? &said["sip"]["udp"] : nullptr;
  if (!udp || !udp->is_array() || udp->empty() || !(*udp)[0].is_string()) return "127.0.0.1:5060";
  return (*udp)[0].get<std::string>();
}

} // namespace tl::program
