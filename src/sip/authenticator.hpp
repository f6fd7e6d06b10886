// SPDX-License-Identifier: Apache-2.0
// The challenging side of digest authentication: nonces that carry their own proof, replay and guessing
// limits.
#pragma once

#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/loop.hpp"
#include "sip/address.hpp"
#include "sip/digest.hpp"

namespace tl::sip {

struct AuthenticatorLimits {
  Duration nonce_lifetime = std::chrono::minutes(5);
  std::size_t nonces_max =
      100'000; // used ones remembered for their count; beyond it the oldest must be renewed
  std::uint32_t failures_max = 10; // wrong passwords for one user from one address ...
  Duration failures_window =
      std::chrono::seconds(60); // ... within this time; then refused unheard for as long
  std::size_t failure_entries_max = 10'000;
};

// Where passwords are known.
class SecretSource {
public:
  virtual ~SecretSource() = default;
  // nullptr: no such user.
  virtual const std::string* password_of(std::string_view user) = 0;
};

class Authenticator {
public:
  enum class Verdict : std::uint8_t {
    good,
    absent,  // no authorization for our realm: challenge
    stale,   // right password, but the nonce is old: challenge with stale=true
    wrong,   // challenge again
    blocked, // too many wrong ones: refuse with 403
  };

  Authenticator(Loop& loop, std::string realm, const Seed& seed, const AuthenticatorLimits& limits = {});

  // `user` is set when an authorization for our realm was there.
  Verdict check(const Message& request, const Peer& from, SecretSource& secrets, std::string& user);
  // WWW-Authenticate lines, one per algorithm.
  std::string challenge(bool stale);
  const std::string& realm() const { return realm_; }
  // In this order; SHA-256 and MD5 at first.
  void set_algorithms(std::vector<DigestAlgorithm> algorithms) { algorithms_ = std::move(algorithms); }

private:
  enum class Nonce : std::uint8_t { fresh, old, foreign };
  Nonce judge_nonce(std::string_view nonce) const;
  bool count_use(std::string_view nonce, std::uint32_t count);
  void expire();
  bool blocked(const std::string& key);
  void failed(const std::string& key);
  std::uint64_t sign(std::string_view stamp) const;

  struct Failures {
    std::uint32_t count = 0;
    Time until{};
  };

  Loop& loop_;
  std::string realm_;
  Seed seed_;
  AuthenticatorLimits limits_;
  std::vector<DigestAlgorithm> algorithms_{DigestAlgorithm::sha256, DigestAlgorithm::md5};
  std::uint64_t issued_ = 0;
  std::uint64_t floor_ = 0; // nonces up to this number are not remembered
  std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> used_; // nonce -> highest count
  std::deque<std::pair<Time, std::string>> used_order_;
  std::unordered_map<std::string, Failures, TextHash, std::equal_to<>> failures_;
};

} // namespace tl::sip
