// SPDX-License-Identifier: Apache-2.0
#include "media/address.hpp"

#include <arpa/inet.h>
#include <cstring>

namespace tl::media {

std::optional<Address> Address::parse(const std::string& ip, std::uint16_t port) {
  Address address;
  if (inet_pton(AF_INET, ip.c_str(), &address.v4.sin_addr) == 1) {
    address.v4.sin_family = AF_INET;
  } else {
    address = Address();
    if (inet_pton(AF_INET6, ip.c_str(), &address.v6.sin6_addr) != 1) return {};
    address.v6.sin6_family = AF_INET6;
  }
  address.set_port(port);
  return address;
}

// The port is at the same place in both families.
std::uint16_t Address::port() const {
  return ntohs(v4.sin_port);
}
void Address::set_port(std::uint16_t port) {
  v4.sin_port = htons(port);
}

bool Address::reachable() const {
  if (port() == 0) return false;
  if (family() == AF_INET) return v4.sin_addr.s_addr != INADDR_ANY;
  return family() == AF_INET6 && !IN6_IS_ADDR_UNSPECIFIED(&v6.sin6_addr);
}

bool Address::same_ip(const Address& other) const {
  if (family() != other.family()) return false;
  if (family() == AF_INET) return v4.sin_addr.s_addr == other.v4.sin_addr.s_addr;
  return std::memcmp(&v6.sin6_addr, &other.v6.sin6_addr, sizeof v6.sin6_addr) == 0;
}

} // namespace tl::media
