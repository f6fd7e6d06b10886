// SPDX-License-Identifier: Apache-2.0
#include "sip/address.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>

#include "sip/chars.hpp"

namespace tl::sip {

std::optional<Address> Address::parse_host(std::string_view host, std::uint16_t port) {
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  if (iequals(host, "localhost")) host = "127.0.0.1";
  char text[INET6_ADDRSTRLEN + 1];
  if (host.empty() || host.size() > INET6_ADDRSTRLEN) return std::nullopt;
  std::memcpy(text, host.data(), host.size());
  text[host.size()] = 0;
  Address address;
  address.port = port;
  if (inet_pton(AF_INET, text, address.bytes.data()) == 1) return address;
  address.v6 = true;
  if (inet_pton(AF_INET6, text, address.bytes.data()) == 1) return address;
  return std::nullopt;
}

std::optional<Address> Address::parse(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = to_number<std::uint16_t>(text.substr(colon + 1));
  if (!port) return std::nullopt;
  const std::string_view host = text.substr(0, colon);
  if (host.find(':') != std::string_view::npos && host.front() != '[') return std::nullopt;
  return parse_host(host, *port);
}

Address Address::from(const sockaddr_storage& raw) {
  Address address;
  if (raw.ss_family == AF_INET6) {
    const auto& in = reinterpret_cast<const sockaddr_in6&>(raw);
    address.port = ntohs(in.sin6_port);
    // IPv4 that arrived on a dual-stack socket is IPv4 to everyone above.
    if (IN6_IS_ADDR_V4MAPPED(&in.sin6_addr)) {
      std::memcpy(address.bytes.data(), in.sin6_addr.s6_addr + 12, 4);
    } else {
      address.v6 = true;
      std::memcpy(address.bytes.data(), in.sin6_addr.s6_addr, 16);
    }
  } else {
    const auto& in = reinterpret_cast<const sockaddr_in&>(raw);
    address.port = ntohs(in.sin_port);
    std::memcpy(address.bytes.data(), &in.sin_addr, 4);
  }
  return address;
}

std::uint32_t Address::fill(sockaddr_storage& raw) const {
  std::memset(&raw, 0, sizeof raw);
  if (v6) {
    auto& out = reinterpret_cast<sockaddr_in6&>(raw);
    out.sin6_family = AF_INET6;
    out.sin6_port = htons(port);
    std::memcpy(&out.sin6_addr, bytes.data(), 16);
    return sizeof out;
  }
  auto& out = reinterpret_cast<sockaddr_in&>(raw);
  out.sin_family = AF_INET;
  out.sin_port = htons(port);
  std::memcpy(&out.sin_addr, bytes.data(), 4);
  return sizeof out;
}

void put_host(std::string& out, const Address& address) {
  char text[INET6_ADDRSTRLEN] = "";
  inet_ntop(address.v6 ? AF_INET6 : AF_INET, address.bytes.data(), text, sizeof text);
  if (address.v6)
    put(out, '[', static_cast<const char*>(text), ']');
  else
    out.append(text);
}

std::string to_string(const Address& address) {
  std::string out;
  put_host(out, address);
  put(out, ':', address.port);
  return out;
}

bool Network::holds(const Address& address) const {
  if (address.v6 != base.v6) return false;
  for (std::size_t i = 0; i < bits; i += 8) {
    const auto mask = static_cast<std::uint8_t>(bits - i >= 8 ? 0xff : 0xff00u >> (bits - i));
    if ((address.bytes[i / 8] & mask) != (base.bytes[i / 8] & mask)) return false;
  }
  return true;
}

std::optional<Network> Network::parse(std::string_view text) {
  const std::string_view host = take_until(text, '/');
  const auto base = Address::parse_host(host, 0);
  if (!base) return std::nullopt;
  const std::uint8_t most = base->v6 ? 128 : 32;
  if (text.empty()) return Network{*base, most};
  const auto bits = to_number<std::uint8_t>(text);
  if (!bits || *bits > most) return std::nullopt;
  return Network{*base, *bits};
}

static constexpr std::string_view protocol_names[] = {"UDP", "TCP", "TLS", "WS", "WSS"};

std::string_view to_string(Protocol protocol) {
  return protocol_names[static_cast<std::size_t>(protocol)];
}

std::optional<Protocol> to_protocol(std::string_view name) {
  for (std::size_t i = 0; i < std::size(protocol_names); ++i) {
    if (iequals(protocol_names[i], name)) return static_cast<Protocol>(i);
  }
  return std::nullopt;
}

} // namespace tl::sip
