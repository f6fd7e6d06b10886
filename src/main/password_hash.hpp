// SPDX-License-Identifier: Apache-2.0
// Passwords as they stand in the site file: scrypt (RFC 7914), "scrypt$N$r$p$salt$hash", salt and hash in
// hexadecimal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tl::program {

struct PasswordHash {
  std::uint64_t n = 16'384, r = 8, p = 1; // 16 MB and some 50 ms a check
  std::vector<unsigned char> salt, hash;
};

// Nothing when it is not one, or would cost more than memory_max_bytes.
std::optional<PasswordHash> parse_password_hash(std::string_view text);
// With a new salt; empty when the system gives no random numbers.
std::string hash_password(std::string_view password);
bool password_matches(const PasswordHash& hash, std::string_view password);

} // namespace tl::program
