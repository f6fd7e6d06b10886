// SPDX-License-Identifier: Apache-2.0
// An IP address and port in the kernel's form, without sockaddr_storage's 128 bytes.
#pragma once

#include <cstdint>
#include <netinet/in.h>
#include <optional>
#include <string>
#include <sys/socket.h>

namespace tl::media {

union Address {
  sockaddr plain;
  sockaddr_in v4;
  sockaddr_in6 v6;

  Address() : v6{} {}
  // A literal; nothing if it is none.
  static std::optional<Address> parse(const std::string& ip, std::uint16_t port);

  sa_family_t family() const { return plain.sa_family; }
  socklen_t size() const { return family() == AF_INET6 ? sizeof v6 : sizeof v4; }
  std::uint16_t port() const;
  void set_port(std::uint16_t port);
  // Somewhere to send to: not the unspecified address, not port 0.
  bool reachable() const;
  bool same_ip(const Address& other) const;
  bool operator==(const Address& other) const { return same_ip(other) && port() == other.port(); }
};

} // namespace tl::media
