// SPDX-License-Identifier: Apache-2.0
#include "main/password_hash.hpp"

#include <array>
#include <charconv>
#include <fmt/core.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace tl::program {
namespace {

constexpr std::size_t salt_bytes = 16, hash_bytes = 32;
constexpr std::uint64_t memory_max_bytes = 256ULL << 20;

std::string hexadecimal(const std::vector<unsigned char>& bytes) {
  std::string text;
  for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

std::optional<std::vector<unsigned char>> from_hexadecimal(std::string_view text, std::size_t bytes) {
  if (text.size() != 2 * bytes) return std::nullopt;
  std::vector<unsigned char> out(bytes);
  for (std::size_t i = 0; i < bytes; ++i) {
    const char* const at = text.data() + 2 * i;
    if (const auto [end, error] = std::from_chars(at, at + 2, out[i], 16);
        error != std::errc{} || end != at + 2)
      return std::nullopt;
  }
  return out;
}

std::optional<std::uint64_t> number(std::string_view text, std::uint64_t most) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 1 || value > most)
    return std::nullopt;
  return value;
}

bool derive(const PasswordHash& with, std::string_view password, std::vector<unsigned char>& out) {
  out.resize(hash_bytes);
  return EVP_PBE_scrypt(password.data(), password.size(), with.salt.data(), with.salt.size(), with.n, with.r,
                        with.p, 2 * memory_max_bytes, out.data(), out.size()) == 1;
}

} // namespace

std::optional<PasswordHash> parse_password_hash(std::string_view text) {
  std::array<std::string_view, 6> parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t end = text.find('$');
    if ((end == std::string_view::npos) != (i + 1 == parts.size())) return std::nullopt;
    parts[i] = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  const auto n = number(parts[1], 1 << 24), r = number(parts[2], 64), p = number(parts[3], 16);
  auto salt = from_hexadecimal(parts[4], salt_bytes), hash = from_hexadecimal(parts[5], hash_bytes);
  if (parts[0] != "scrypt" || !n || !r || !p || !salt || !hash) return std::nullopt;
  if (*n < 2 || (*n & (*n - 1)) != 0 || 128 * *n * *r > memory_max_bytes) return std::nullopt;
  return PasswordHash{*n, *r, *p, std::move(*salt), std::move(*hash)};
}

std::string hash_password(std::string_view password) {
  PasswordHash made;
  made.salt.resize(salt_bytes);
  if (RAND_bytes(made.salt.data(), static_cast<int>(made.salt.size())) != 1) return {};
  if (!derive(made, password, made.hash)) return {};
  return fmt::format("scrypt${}${}${}${}${}", made.n, made.r, made.p, hexadecimal(made.salt),
                     hexadecimal(made.hash));
}

bool password_matches(const PasswordHash& hash, std::string_view password) {
  std::vector<unsigned char> derived;
  return derive(hash, password, derived) && hash.hash.size() == derived.size() &&
         CRYPTO_memcmp(hash.hash.data(), derived.data(), derived.size()) == 0;
}

} // namespace tl::program
