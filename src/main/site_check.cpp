// SPDX-License-Identifier: Apache-2.0
#include "main/site_check.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <fmt/core.h>
#include <map>
#include <optional>

#include "main/password_hash.hpp"

namespace tl::program {
namespace {

std::optional<int> whole(std::string_view text, int least, int most) {
  int value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < least || value > most)
    return std::nullopt;
  return value;
}

bool is_address(const std::string& text, int family) {
  unsigned char bytes[sizeof(in6_addr)];
  return inet_pton(family, text.c_str(), bytes) == 1;
}

// What can be dialled and stand in a SIP URI's user part unescaped.
bool is_number(std::string_view text) {
  constexpr std::size_t number_max = 64;
  return !text.empty() && text.size() <= number_max && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("*+#._-").find(c) != std::string_view::npos;
  });
}

bool is_sip_uri(std::string_view text) {
  bool clean = std::all_of(text.begin(), text.end(),
                           [](char c) { return c > ' ' && c < 0x7f && c != '<' && c != '>' && c != '"'; });
  return clean && text.size() > 4 && (text.substr(0, 4) == "sip:" || text.substr(0, 5) == "sips:");
}

// 8-4-4-4-12 hexadecimal digits.
bool is_guid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !std::isxdigit(static_cast<unsigned char>(text[i]))) return false;
  }
  return true;
}

constexpr std::size_t user_name_max_bytes = 64; // wire/frame.hpp: what a hello may name

class Check {
public:
  Check(const Site& site, Problems& problems) : site_(site), problems_(problems) {}

  void run() {
    listeners();
    media();
    orbits();
    numbers();
    unique("trunk", "name", site_.trunks, &TrunkEntry::name);
    unique("queue", "name", site_.queues, &QueueEntry::name);
    unique("group", "name", site_.groups, &GroupEntry::name);
    unique("group", "id", site_.groups, &GroupEntry::id);
    unique("agent", "id", site_.agents, &AgentEntry::id);
    unique("user", "name", site_.users, &UserEntry::name);
    stations();
    trunks();
    references();
    remote();
    users();
  }

private:
  static std::string path(const char* section, std::size_t i, const char* key) {
    return fmt::format("{}[{}].{}", section, i, key);
  }

  void listeners() {
    for (auto [key, list] : {std::pair{"sip.udp", &site_.sip.udp}, std::pair{"sip.tcp", &site_.sip.tcp}})
      for (std::size_t i = 0; i < list->size(); ++i)
        if (!is_endpoint((*list)[i]))
          problems_.add_at(fmt::format("{}[{}]", key, i), in_quotes((*list)[i]) +
                                                              ": expected a numeric address and a port, "
                                                              "like \"127.0.0.1:5060\", or \"\" for off");
    for (std::size_t i = 0; i < site_.sip.auth_algorithms.size(); ++i)
      if (const std::string& one = site_.sip.auth_algorithms[i]; one != "MD5" && one != "SHA-256")
        problems_.add_at(fmt::format("sip.auth_algorithms[{}]", i),
                         in_quotes(one) + ": expected \"MD5\" or \"SHA-256\"");
    // RFC 4028 section 5: a session timer below 90 s is refused by every peer.
    if (std::int64_t expires = site_.sip.session_expires_s; expires != 0 && expires < 90)
      problems_.add_at("sip.session_expires_s",
                       fmt::format("{}: expected at least 90 seconds, or 0 for none", expires));
    if (site_.sip.realm.empty() || site_.sip.realm.find_first_of("\"\\\r\n") != std::string::npos)
      problems_.add_at("sip.realm",
                       in_quotes(site_.sip.realm) + ": expected a name without quotes or backslashes");
  }

  // Whatever address it is: a server is reached from elsewhere with TLS and by known users, or not at all.
  void remote() {
    const Site::Remote& remote = site_.remote;
    if (remote.listen.empty()) return;
    if (!is_endpoint(remote.listen))
      problems_.add_at("remote.listen", in_quotes(remote.listen) +
                                            ": expected a numeric address and a port, like \"0.0.0.0:7227\"");
    for (const auto& [key, file] :
         {std::pair{"certificate", &remote.certificate}, std::pair{"key", &remote.key}})
      if (file->empty())
        problems_.add_at("remote.listen",
                         fmt::format("needs {}: without TLS nothing listens for other machines; "
                                     "\"trunkline certificate NAME\" makes one",
                                     key));
    if (std::none_of(site_.users.begin(), site_.users.end(),
                     [](const UserEntry& user) { return !user.password.empty(); }))
      problems_.add_at("remote.listen", "needs a [[user]] with a password: nobody else may connect; "
                                        "\"trunkline user password\" makes its hash");
  }

  void users() {
    for (std::size_t i = 0; i < site_.users.size(); ++i) {
      const UserEntry& user = site_.users[i];
      if (user.name.size() > user_name_max_bytes)
        problems_.add_at(path("user", i, "name"), "expected at most 64 bytes");
      if (!user.password.empty() && !parse_password_hash(user.password))
        problems_.add_at(path("user", i, "password"),
                         "not the hash of a password; \"trunkline user password\" makes it");
      patterns(i, "control", user.control);
      patterns(i, "monitor", user.monitor);
    }
  }

  void patterns(std::size_t i, const char* key, const std::vector<std::string>& all) {
    for (const std::string& one : all)
      if (one.empty() || one.find('*') < one.size() - 1)
        problems_.add_at(path("user", i, key), in_quotes(one) + ": expected a number or a name, "
                                                                "or its beginning and a final *");
  }

  void media() {
    if (!site_.media.address.empty() && !is_address(site_.media.address, AF_INET) &&
        !is_address(site_.media.address, AF_INET6))
      problems_.add_at("media.address",
                       in_quotes(site_.media.address) + ": expected a numeric address, like \"127.0.0.1\"");
    if (site_.media.port_min >= site_.media.port_max)
      problems_.add_at("media.ports",
                       fmt::format("[{}, {}]: expected the lowest port first, then the highest",
                                   site_.media.port_min, site_.media.port_max));
  }

  // "700-719": digits only, as many on both sides. An orbit that is also a device's number is left out.
  void orbits() {
    constexpr int orbits_max = 1000;
    constexpr std::size_t digits_max = 9;
    const std::string& range = site_.pbx.park_orbits;
    if (range.empty()) return;
    const std::size_t dash = range.find('-');
    std::optional<int> first, last;
    if (dash != std::string::npos && dash > 0 && dash <= digits_max && range.size() == 2 * dash + 1 &&
        range.find_first_not_of("0123456789-") == std::string::npos) {
      first = whole(range.substr(0, dash), 0, 999'999'999);
      last = whole(range.substr(dash + 1), 0, 999'999'999);
    }
    if (!first || !last || *first > *last || *last - *first >= orbits_max)
      problems_.add_at("pbx.park_orbits",
                       fmt::format("{}: expected a range of at most {} numbers, like \"700-719\", or \"\" "
                                   "for none",
                                   in_quotes(range), orbits_max));
  }

  // Everything that can be dialled is a line of one switch: one number, one device.
  void numbers() {
    std::map<std::string, std::string> owners;
    auto take = [&](const char* section, std::size_t i, const std::string& number) {
      if (number.empty()) return; // reported as missing
      std::string at = path(section, i, "number");
      if (!is_number(number))
        return problems_.add_at(at,
                                in_quotes(number) + ": expected digits, letters or * + # . _ - (at most 64)");
      auto [owner, fresh] = owners.emplace(number, section);
      if (!fresh)
        problems_.add_at(at, in_quotes(number) + ": already the number of a " + owner->second +
                                 "; expected a number of its own");
    };
    for (std::size_t i = 0; i < site_.stations.size(); ++i) take("station", i, site_.stations[i].number);
    for (std::size_t i = 0; i < site_.route_points.size(); ++i)
      take("route_point", i, site_.route_points[i].number);
    for (std::size_t i = 0; i < site_.queues.size(); ++i) take("queue", i, site_.queues[i].number);
  }

  template <class Entry>
  void unique(const char* section, const char* key, const std::vector<Entry>& entries,
              std::string Entry::*member) {
    std::map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const std::string& value = entries[i].*member;
      if (!value.empty() && !seen.emplace(value, i).second)
        problems_.add_at(
            path(section, i, key),
            fmt::format("{}: used by another [[{}]]; expected one of its own", in_quotes(value), section));
    }
  }

  void stations() {
    for (std::size_t i = 0; i < site_.stations.size(); ++i)
      if (!site_.stations[i].contact.empty() && !is_sip_uri(site_.stations[i].contact))
        problems_.add_at(path("station", i, "contact"),
                         in_quotes(site_.stations[i].contact) +
                             ": expected a SIP URI, like \"sip:1001@192.0.2.7:5060\"");
  }

  void trunks() {
    for (std::size_t i = 0; i < site_.trunks.size(); ++i) {
      const TrunkEntry& trunk = site_.trunks[i];
      for (std::size_t k = 0; k < trunk.peers.size(); ++k)
        if (!is_network(trunk.peers[k]))
          problems_.add_at(path("trunk", i, "peers") + fmt::format("[{}]", k),
                           in_quotes(trunk.peers[k]) +
                               ": expected a network, like \"192.0.2.0/24\" or \"127.0.0.1/32\"");
      if (!trunk.proxy.empty() && !is_sip_uri(trunk.proxy))
        problems_.add_at(path("trunk", i, "proxy"),
                         in_quotes(trunk.proxy) + ": expected a SIP URI, like \"sip:192.0.2.7:5060\"");
      if (trunk.driver == "sip" && trunk.peers.empty() && trunk.proxy.empty() && !trunk.name.empty())
        problems_.add_at(path("trunk", i, "name"), in_quotes(trunk.name) +
                                                       ": a trunk needs `peers` (where calls come from), "
                                                       "`proxy` (where they go), or both");
    }
  }

  template <class Entry>
  void refers(const std::string& at, const std::string& value, const char* section,
              const std::vector<Entry>& entries, std::string Entry::*member) {
    if (value.empty()) return;
    std::vector<std::string> known;
    for (const Entry& entry : entries) known.push_back(entry.*member);
    if (std::find(known.begin(), known.end(), value) != known.end()) return;
    std::string hint = did_you_mean(value, known);
    problems_.add_at(at,
                     fmt::format("{}: no such [[{}]]{}", in_quotes(value), section,
                                 hint.empty() ? fmt::format("; add one, or name one that exists") : hint));
  }

  void references() {
    for (std::size_t i = 0; i < site_.route_points.size(); ++i)
      refers(path("route_point", i, "queue"), site_.route_points[i].queue, "queue", site_.queues,
             &QueueEntry::name);
    for (std::size_t i = 0; i < site_.queues.size(); ++i) {
      const QueueEntry& queue = site_.queues[i];
      refers(path("queue", i, "group"), queue.group, "group", site_.groups, &GroupEntry::name);
      std::string at = path("queue", i, "overflow_to");
      if (queue.overflow_to == queue.number && !queue.number.empty())
        problems_.add_at(at, in_quotes(queue.overflow_to) + ": the queue itself; expected another number");
      else if (!queue.overflow_to.empty() && !is_number(queue.overflow_to))
        problems_.add_at(at, in_quotes(queue.overflow_to) + ": expected a number that can be dialled");
      if (queue.treatment == "announcement" && queue.announcement.empty())
        problems_.add_at(path("queue", i, "treatment"),
                         "\"announcement\": nothing to play; add `announcement`, the WAV file callers hear");
      if (queue.overflow_after_s > 0 && queue.overflow_to.empty())
        problems_.add_at(
            path("queue", i, "overflow_after_s"),
            fmt::format("{}: nowhere to overflow to; add `overflow_to`, the number callers go to",
                        queue.overflow_after_s));
    }
    for (std::size_t i = 0; i < site_.groups.size(); ++i) {
      for (std::size_t k = 0; k < site_.groups[i].agents.size(); ++k)
        refers(path("group", i, "agents") + fmt::format("[{}]", k), site_.groups[i].agents[k], "agent",
               site_.agents, &AgentEntry::id);
      if (!site_.groups[i].id.empty() && !is_guid(site_.groups[i].id))
        problems_.add_at(path("group", i, "id"), in_quotes(site_.groups[i].id) +
                                                     ": expected a GUID, like "
                                                     "\"6f0e4a52-8c1d-4b7e-9d3a-2b5c7e9f1a30\"");
    }
    for (std::size_t i = 0; i < site_.agents.size(); ++i)
      refers(path("agent", i, "station"), site_.agents[i].station, "station", site_.stations,
             &StationEntry::number);
  }

  const Site& site_;
  Problems& problems_;
};

} // namespace

bool is_endpoint(std::string_view text) {
  std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || !whole(text.substr(colon + 1), 1, 65535)) return false;
  std::string host{text.substr(0, colon)};
  if (host.size() > 2 && host.front() == '[' && host.back() == ']')
    return is_address(host.substr(1, host.size() - 2), AF_INET6);
  return is_address(host, AF_INET);
}

bool is_network(std::string_view text) {
  std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  std::string address{text.substr(0, slash)};
  if (is_address(address, AF_INET)) return whole(text.substr(slash + 1), 0, 32).has_value();
  return is_address(address, AF_INET6) && whole(text.substr(slash + 1), 0, 128).has_value();
}

void check_site(const Site& site, Problems& problems) {
  Check(site, problems).run();
}

} // namespace tl::program
