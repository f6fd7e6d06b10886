// SPDX-License-Identifier: Apache-2.0
#include "pbx/sip/config.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tspi.h"

namespace tl::pbx::sip_driver {
namespace {

using nlohmann::json;

// Thrown and caught in this file: reading is a straight line, its failures are one sentence each.
struct Wrong {
  std::string text;
};

[[noreturn]] void wrong(const std::string& key, const std::string& value, std::string_view expected) {
  throw Wrong{fmt::format("{}: {}: {} was expected", key, value, expected)};
}

const json& part(const json& object, const char* name) {
  static const json none = json::object();
  const auto found = object.find(name);
  if (found == object.end()) return none;
  if (!found->is_object()) wrong(name, found->dump(), "a table");
  return *found;
}

std::string text(const json& object, const std::string& path, const char* name,
                 const std::string& otherwise = {}) {
  const auto found = object.find(name);
  if (found == object.end()) return otherwise;
  if (!found->is_string()) wrong(path + "." + name, found->dump(), "a text in quotes");
  return found->get<std::string>();
}

std::uint32_t number(const json& object, const std::string& path, const char* name, std::uint32_t otherwise,
                     std::uint32_t low, std::uint32_t high) {
  const auto found = object.find(name);
  if (found == object.end()) return otherwise;
  if (!found->is_number_integer() || *found < low || *found > high)
    wrong(path + "." + name, found->dump(), fmt::format("a whole number from {} to {}", low, high));
  return found->get<std::uint32_t>();
}

// One text or a list of texts.
std::vector<std::string> texts(const json& object, const std::string& path, const char* name) {
  std::vector<std::string> out;
  const auto found = object.find(name);
  if (found == object.end()) return out;
  if (found->is_string()) return {found->get<std::string>()};
  if (!found->is_array()) wrong(path + "." + name, found->dump(), "a text or a list of texts");
  for (const json& one : *found) {
    if (!one.is_string()) wrong(path + "." + name, one.dump(), "a text in quotes");
    out.push_back(one.get<std::string>());
  }
  return out;
}

std::vector<sip::Address> listeners(const json& object, const char* name) {
  std::vector<sip::Address> out;
  for (const std::string& one : texts(object, "sip", name)) {
    const auto address = sip::Address::parse(one);
    if (!address)
      wrong(std::string("sip.") + name, json(one).dump(),
            "an IP address and a port, as in \"127.0.0.1:5060\"");
    out.push_back(*address);
  }
  return out;
}

void read_sip(const json& root, Settings& out) {
  const json& in = part(root, "sip");
  out.udp = listeners(in, "udp");
  out.tcp = listeners(in, "tcp");
  out.realm = text(in, "sip", "realm", out.realm);
  out.agent.user_agent = text(in, "sip", "user_agent", "Trunkline");
  out.agent.calls_max = number(in, "sip", "calls_max", 20'000, 1, 1'000'000);
  out.agent.session_expires_s = number(in, "sip", "session_expires_s", 1800, 0, 86'400);
  if (out.agent.session_expires_s != 0 && out.agent.session_expires_s < out.agent.session_min_s)
    wrong("sip.session_expires_s", std::to_string(out.agent.session_expires_s),
          "0 (none) or at least 90 seconds (RFC 4028)");
  const auto algorithms = texts(in, "sip", "auth_algorithms");
  if (algorithms.empty()) return;
  out.algorithms.clear();
  for (const std::string& one : algorithms) {
    if (one == "MD5")
      out.algorithms.push_back(sip::DigestAlgorithm::md5);
    else if (one == "SHA-256")
      out.algorithms.push_back(sip::DigestAlgorithm::sha256);
    else
      wrong("sip.auth_algorithms", json(one).dump(), "\"MD5\" or \"SHA-256\"");
  }
}

void read_media(const json& root, Settings& out) {
  const json& in = part(root, "media");
  std::string host = "127.0.0.1";
  if (!out.udp.empty() || !out.tcp.empty()) {
    host.clear();
    const sip::Address& first = out.udp.empty() ? out.tcp.front() : out.udp.front();
    sip::put_host(host, first);
    if (first.v6) host = host.substr(1, host.size() - 2);
  }
  out.media.address = text(in, "media", "address", host);
  if (!sip::Address::parse_host(out.media.address, 0))
    wrong("media.address", json(out.media.address).dump(), "an IP address of this machine");
  out.media.music_file = text(in, "media", "music");
  const auto anchor = in.find("anchor");
  if (anchor != in.end()) {
    if (!anchor->is_boolean()) wrong("media.anchor", anchor->dump(), "true or false");
    out.anchor = anchor->get<bool>();
  }
  const auto ports = in.find("ports");
  if (ports == in.end()) return;
  const bool pair = ports->is_array() && ports->size() == 2 && (*ports)[0].is_number_unsigned() &&
                    (*ports)[1].is_number_unsigned();
  if (!pair || (*ports)[0] < 1024 || (*ports)[1] > 65535 || (*ports)[0] >= (*ports)[1])
    wrong("media.ports", ports->dump(),
          "two ports from 1024 to 65535, the lower one first, as in [20000, 29999]");
  out.media.port_first = (*ports)[0].get<std::uint16_t>();
  out.media.port_last = (*ports)[1].get<std::uint16_t>();
}

template <class Body> void each(const json& root, const char* name, Body&& body) {
  const auto found = root.find(name);
  if (found == root.end()) return;
  if (!found->is_array()) wrong(name, found->dump(), std::string("a list of tables ([[") + name + "]])");
  std::size_t index = 0;
  for (const json& one : *found) {
    const std::string path = fmt::format("{}[{}]", name, index++);
    if (!one.is_object()) wrong(path, one.dump(), "a table");
    body(one, path);
  }
}

// "host:port" becomes a URI.
std::string to_uri(const std::string& given, const std::string& key) {
  const std::string uri = given.find("sip:") == 0 ? given : "sip:" + given;
  const auto parsed = sip::Uri::parse(uri);
  if (!parsed || !sip::Address::parse_host(parsed->host, 1))
    wrong(key, json(given).dump(),
          "an IP address with its port, or a SIP URI with one, as in \"sip:192.0.2.1:5060\"");
  return uri;
}

void read_stations(const json& root, Settings& out) {
  each(root, "station", [&](const json& in, const std::string& path) {
    if (text(in, path, "driver", "sip") != "sip") return;
    Station station;
    station.number = text(in, path, "number");
    station.name = text(in, path, "name");
    station.password = text(in, path, "password");
    station.contact = text(in, path, "contact");
    if (station.number.empty()) wrong(path + ".number", "\"\"", "a number that is not empty");
    if (!station.contact.empty()) station.contact = to_uri(station.contact, path + ".contact");
    out.stations[station.number] = station;
  });
}

void read_trunks(const json& root, Settings& out) {
  each(root, "trunk", [&](const json& in, const std::string& path) {
    if (text(in, path, "driver", "sip") != "sip") return;
    Trunk trunk;
    trunk.name = text(in, path, "name");
    for (const std::string& peer : texts(in, path, "peers")) {
      const auto network = sip::Network::parse(peer);
      if (!network)
        wrong(path + ".peers", json(peer).dump(), "an IP address or a network, as in \"192.0.2.0/24\"");
      trunk.peers.push_back(*network);
    }
    trunk.proxy = text(in, path, "proxy");
    if (!trunk.proxy.empty()) trunk.proxy = to_uri(trunk.proxy, path + ".proxy");
    trunk.calls_max = number(in, path, "calls_max", trunk.calls_max, 1, 1'000'000);
    const std::string user = text(in, path, "user");
    if (!user.empty())
      trunk.credentials =
          std::make_shared<sip::Credentials>(sip::Credentials{user, text(in, path, "password")});
    out.trunks.push_back(std::move(trunk));
  });
}

void read_sounds(const json& root, Settings& out) {
  each(root, "queue", [&](const json& in, const std::string& path) {
    for (const char* name : {"music", "announcement"}) {
      const std::string file = text(in, path, name);
      if (!file.empty()) out.sounds.push_back(file);
    }
  });
}

} // namespace

Result<Settings> read_settings(std::string_view document) {
  const json root = json::parse(document, nullptr, false);
  if (root.is_discarded() || !root.is_object())
    return Error{LINEERR_INIFILECORRUPT, "configuration: not JSON; an object was expected"};
  try {
    Settings settings;
    read_sip(root, settings);
    read_media(root, settings);
    read_stations(root, settings);
    read_trunks(root, settings);
    read_sounds(root, settings);
    return settings;
  } catch (const Wrong& failure) {
    return Error{LINEERR_INIFILECORRUPT, failure.text};
  }
}

} // namespace tl::pbx::sip_driver
