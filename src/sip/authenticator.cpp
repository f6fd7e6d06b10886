// SPDX-License-Identifier: Apache-2.0
#include "sip/authenticator.hpp"

#include <algorithm>
#include <charconv>

#include "sip/chars.hpp"

namespace tl::sip {
namespace {

// nonce = 16 digits of time, 16 of a counter, 32 of proof.
constexpr std::size_t stamp_size = 32, nonce_size = 64;

// Quoted values keep their backslashes in a header.
std::string plain(std::string_view value) {
  return unquote(value);
}

} // namespace

Authenticator::Authenticator(Loop& loop, std::string realm, const Seed& seed,
                             const AuthenticatorLimits& limits)
    : loop_(loop), realm_(std::move(realm)), seed_{siphash(seed, "nonce key, first half"),
                                                   siphash(seed, "nonce key, second half")},
      limits_(limits), used_(16, TextHash{seed}), failures_(16, TextHash{seed}) {}

std::uint64_t Authenticator::sign(std::string_view stamp) const {
  return siphash(seed_, stamp);
}

std::string Authenticator::challenge(bool stale) {
  std::string nonce;
  put_hex(nonce, static_cast<std::uint64_t>(loop_.now().time_since_epoch().count()));
  put_hex(nonce, ++issued_);
  const std::uint64_t proof = sign(nonce);
  put_hex(nonce, proof);
  put_hex(nonce, sign(std::string_view(nonce).substr(0, stamp_size + 16)));
  std::string out;
  for (const DigestAlgorithm algorithm : algorithms_) {
    put(out, "WWW-Authenticate: Digest realm=", quote(realm_), ", nonce=\"", nonce,
        "\", algorithm=", to_string(algorithm), ", qop=\"auth\"", stale ? ", stale=true" : "", "\r\n");
  }
  return out;
}

Authenticator::Nonce Authenticator::judge_nonce(std::string_view nonce) const {
  if (nonce.size() != nonce_size) return Nonce::foreign;
  std::string expected;
  put_hex(expected, sign(nonce.substr(0, stamp_size)));
  put_hex(expected, sign(nonce.substr(0, stamp_size + 16)));
  if (!same_secret(expected, nonce.substr(stamp_size))) return Nonce::foreign;
  const auto stamp = from_hex(nonce.substr(0, 16));
  if (!stamp) return Nonce::foreign;
  const Time issued{Duration(static_cast<std::int64_t>(*stamp))};
  return loop_.now() - issued > limits_.nonce_lifetime ? Nonce::old : Nonce::fresh;
}

void Authenticator::expire() {
  while (!used_order_.empty() &&
         (used_order_.front().first <= loop_.now() || used_.size() >= limits_.nonces_max)) {
    const auto& [until, nonce] = used_order_.front();
    // Forgotten before its time: no nonce as old as this one is believed to be unused any more.
    if (until > loop_.now()) floor_ = std::max(floor_, from_hex(nonce.substr(16, 16)).value_or(0));
    used_.erase(nonce);
    used_order_.pop_front();
  }
}

// A nonce is good for rising counts only.
bool Authenticator::count_use(std::string_view nonce, std::uint32_t count) {
  expire();
  const auto known = used_.find(nonce);
  if (known != used_.end()) {
    if (count <= known->second) return false;
    known->second = count;
    return true;
  }
  if (from_hex(nonce.substr(16, 16)).value_or(0) <= floor_) return false;
  used_.emplace(nonce, count);
  used_order_.emplace_back(loop_.now() + limits_.nonce_lifetime, nonce);
  return true;
}

bool Authenticator::blocked(const std::string& key) {
  const auto found = failures_.find(key);
  if (found == failures_.end()) return false;
  if (found->second.until <= loop_.now()) {
    failures_.erase(found);
    return false;
  }
  return found->second.count >= limits_.failures_max;
}

void Authenticator::failed(const std::string& key) {
  if (failures_.size() >= limits_.failure_entries_max) failures_.clear(); // a flood of names: start over
  Failures& entry = failures_[key];
  ++entry.count;
  entry.until = loop_.now() + limits_.failures_window;
}

Authenticator::Verdict Authenticator::check(const Message& request, const Peer& from, SecretSource& secrets,
                                            std::string& user) {
  std::optional<DigestFields> fields;
  for (const HeaderField& field : request.headers()) {
    if (field.id != HeaderId::authorization && field.id != HeaderId::proxy_authorization) continue;
    fields = DigestFields::parse(field.value);
    if (fields && plain(fields->realm) == realm_) break;
    fields.reset();
  }
  if (!fields) return Verdict::absent;
  user = plain(fields->username);
  std::string key = user;
  key.push_back('@');
  put_host(key, from.address);
  if (blocked(key)) return Verdict::blocked;
  const Nonce nonce = judge_nonce(fields->nonce);
  if (nonce == Nonce::foreign) return Verdict::absent;
  const auto algorithm = fields->known_algorithm();
  const std::string* password = secrets.password_of(user);
  const bool qop = !fields->qop.empty();
  std::uint32_t count = 1;
  if (qop) {
    const auto [end, error] =
        std::from_chars(fields->nc.data(), fields->nc.data() + fields->nc.size(), count, 16);
    if (error != std::errc{} || end != fields->nc.data() + fields->nc.size() || !iequals(fields->qop, "auth"))
      return Verdict::absent;
  }
  if (!algorithm) return Verdict::absent;
  // An unknown user costs as much as a wrong password, so that neither can be told from the other.
  const std::string ha1 = digest_ha1(*algorithm, user, realm_, password != nullptr ? *password : "unknown");
  const std::string expected = digest_response(*algorithm, ha1, *fields, request.method_name());
  if (!same_secret(expected, fields->response) || password == nullptr) {
    failed(key);
    return Verdict::wrong;
  }
  failures_.erase(key);
  if (nonce == Nonce::old || !count_use(fields->nonce, count)) return Verdict::stale;
  return Verdict::good;
}

} // namespace tl::sip
