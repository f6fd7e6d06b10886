// SPDX-License-Identifier: Apache-2.0
// Where bytes come from and go to.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

struct sockaddr;
struct sockaddr_storage;

namespace tl::sip {

// An IP address and port.
struct Address {
  std::array<std::uint8_t, 16> bytes{}; // IPv4 in the first four, the rest zero
  std::uint16_t port = 0;
  bool v6 = false;

  bool operator==(const Address&) const = default;
  bool same_host(const Address& other) const { return v6 == other.v6 && bytes == other.bytes; }
  bool any() const { return bytes == std::array<std::uint8_t, 16>{}; }

  static std::optional<Address> parse_host(std::string_view host,
                                           std::uint16_t port);        // literal, brackets or not
  static std::optional<Address> parse(std::string_view host_and_port); // "1.2.3.4:5060", "[::1]:5060"
  static Address from(const sockaddr_storage& raw);
  std::uint32_t fill(sockaddr_storage& raw) const; // returns the length
};

void put_host(std::string& out, const Address& address); // IPv6 in brackets
std::string to_string(const Address& address);           // host:port

// A block of addresses, "10.0.0.0/8" or a single address.
struct Network {
  Address base;
  std::uint8_t bits = 0;

  bool holds(const Address& address) const;
  static std::optional<Network> parse(std::string_view text);
};

enum class Protocol : std::uint8_t { udp, tcp, tls, ws, wss };
std::string_view to_string(Protocol protocol); // "UDP" ...
std::optional<Protocol> to_protocol(std::string_view name);
constexpr bool reliable(Protocol protocol) {
  return protocol != Protocol::udp;
}

// The far end of a hop. `connection` names the connection of a reliable transport; 0: whichever leads there.
struct Peer {
  Address address;
  std::uint32_t connection = 0;
  Protocol protocol = Protocol::udp;
};

} // namespace tl::sip
