// SPDX-License-Identifier: Apache-2.0
#include "sip/digest.hpp"

#include <memory>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "base/check.hpp"
#include "sip/chars.hpp"

namespace tl::sip {
namespace {

std::string hash(DigestAlgorithm algorithm, std::string_view text) {
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  // Fetching an algorithm by name costs more than a hash of this length: it is done once, and freed when the
  // provider that holds this code is unloaded.
  using Fetched = std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)>;
  static const Fetched md5(EVP_MD_fetch(nullptr, "MD5", nullptr), &EVP_MD_free);
  static const Fetched sha256(EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free);
  const EVP_MD* const type = algorithm == DigestAlgorithm::md5 ? md5.get() : sha256.get();
  TL_CHECK(type != nullptr, "OpenSSL lacks MD5 or SHA-256");
  TL_CHECK(EVP_Digest(text.data(), text.size(), bytes, &size, type, nullptr) == 1);
  std::string out;
  for (unsigned int i = 0; i < size; ++i)
    put(out, "0123456789abcdef"[bytes[i] >> 4], "0123456789abcdef"[bytes[i] & 15]);
  return out;
}

// Takes one name=value of the list; the value loses its quotes.
bool take_field(std::string_view& rest, std::string_view& name, std::string_view& value) {
  const std::string_view item = take_list_item(rest);
  const std::size_t equals = item.find('=');
  if (equals == std::string_view::npos) return item.empty();
  name = trim(item.substr(0, equals));
  value = trim(item.substr(equals + 1));
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
    value = value.substr(1, value.size() - 2);
  return true;
}

} // namespace

std::string_view to_string(DigestAlgorithm algorithm) {
  return algorithm == DigestAlgorithm::md5 ? "MD5" : "SHA-256";
}

std::optional<DigestFields> DigestFields::parse(std::string_view value) {
  value = trim(value);
  if (value.size() < 7 || !iequals(value.substr(0, 6), "Digest") || !is_space(value[6])) return std::nullopt;
  std::string_view rest = value.substr(7);
  DigestFields fields;
  while (!rest.empty()) {
    std::string_view name, text;
    if (!take_field(rest, name, text)) return std::nullopt;
    if (iequals(name, "username"))
      fields.username = text;
    else if (iequals(name, "realm"))
      fields.realm = text;
    else if (iequals(name, "nonce"))
      fields.nonce = text;
    else if (iequals(name, "uri"))
      fields.uri = text;
    else if (iequals(name, "response"))
      fields.response = text;
    else if (iequals(name, "cnonce"))
      fields.cnonce = text;
    else if (iequals(name, "nc"))
      fields.nc = text;
    else if (iequals(name, "qop"))
      fields.qop = text;
    else if (iequals(name, "opaque"))
      fields.opaque = text;
    else if (iequals(name, "algorithm"))
      fields.algorithm = text;
    else if (iequals(name, "stale"))
      fields.stale = iequals(text, "true");
  }
  return fields;
}

std::optional<DigestAlgorithm> DigestFields::known_algorithm() const {
  if (algorithm.empty() || iequals(algorithm, "MD5")) return DigestAlgorithm::md5;
  if (iequals(algorithm, "SHA-256")) return DigestAlgorithm::sha256;
  return std::nullopt;
}

bool DigestFields::offers_auth() const {
  for (std::string_view rest = qop; !rest.empty();) {
    if (iequals(trim(take_until(rest, ',')), "auth")) return true;
  }
  return false;
}

std::string digest_ha1(DigestAlgorithm algorithm, std::string_view user, std::string_view realm,
                       std::string_view password) {
  std::string text;
  put(text, user, ':', realm, ':', password);
  return hash(algorithm, text);
}

std::string digest_response(DigestAlgorithm algorithm, std::string_view ha1, const DigestFields& fields,
                            std::string_view method) {
  std::string a2;
  put(a2, method, ':', fields.uri);
  std::string text;
  put(text, ha1, ':', fields.nonce, ':');
  if (!fields.qop.empty()) put(text, fields.nc, ':', fields.cnonce, ':', fields.qop, ':');
  put(text, hash(algorithm, a2));
  return hash(algorithm, text);
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::optional<std::string> answer_challenge(const Message& response, const Credentials& credentials,
                                            std::string_view method, std::string_view uri, Ids& ids) {
  const bool proxy = response.status() == 407;
  for (const HeaderField& field : response.headers()) {
    if (field.id != (proxy ? HeaderId::proxy_authenticate : HeaderId::www_authenticate)) continue;
    const auto challenge = DigestFields::parse(field.value);
    if (!challenge || !challenge->known_algorithm() || challenge->nonce.empty()) continue;
    if (!challenge->qop.empty() && !challenge->offers_auth()) continue;
    // The first one we know is the one the server likes best (RFC 8760 section 2.4).
    const DigestAlgorithm algorithm = *challenge->known_algorithm();
    std::string cnonce;
    put_hex(cnonce, ids.next());
    DigestFields fields = *challenge;
    fields.uri = uri;
    fields.cnonce = cnonce;
    fields.nc = "00000001";
    fields.qop = challenge->qop.empty() ? "" : "auth";
    const std::string ha1 = digest_ha1(algorithm, credentials.user, challenge->realm, credentials.password);
    std::string out;
    put(out, proxy ? "Proxy-Authorization" : "Authorization", ": Digest username=\"", credentials.user,
        "\", realm=\"", fields.realm, "\", nonce=\"", fields.nonce, "\", uri=\"", uri, "\", response=\"",
        digest_response(algorithm, ha1, fields, method), '"');
    if (!challenge->algorithm.empty()) put(out, ", algorithm=", challenge->algorithm);
    if (!fields.qop.empty()) put(out, ", qop=auth, nc=00000001, cnonce=\"", cnonce, '"');
    if (!challenge->opaque.empty()) put(out, ", opaque=\"", challenge->opaque, '"');
    out.append("\r\n");
    return out;
  }
  return std::nullopt;
}

} // namespace tl::sip
