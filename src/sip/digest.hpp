// SPDX-License-Identifier: Apache-2.0
// Digest authentication (RFC 7616, and RFC 2617 for MD5) for both sides, with qop=auth. Secrets never reach a
// log.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sip/ids.hpp"
#include "sip/message.hpp"

namespace tl::sip {

enum class DigestAlgorithm : std::uint8_t { md5, sha256 };
std::string_view to_string(DigestAlgorithm algorithm);

// A parsed challenge or authorization; views into the header.
struct DigestFields {
  std::string_view username, realm, nonce, uri, response, cnonce, nc, qop, opaque, algorithm;
  bool stale = false;

  // The value after "Digest"; nothing if the scheme is another or the list is broken.
  static std::optional<DigestFields> parse(std::string_view value);
  std::optional<DigestAlgorithm> known_algorithm() const; // MD5 if none is named
  bool offers_auth() const;                               // qop has "auth" among its tokens
};

struct Credentials {
  std::string user;
  std::string password;
};

// Lower-case hexadecimal hash of user:realm:password.
std::string digest_ha1(DigestAlgorithm algorithm, std::string_view user, std::string_view realm,
                       std::string_view password);
// The response value; with an empty qop the form of RFC 2069.
std::string digest_response(DigestAlgorithm algorithm, std::string_view ha1, const DigestFields& fields,
                            std::string_view method);
// Equal without telling by its duration where the difference is.
bool same_secret(std::string_view a, std::string_view b);

// The header line (with CRLF) that answers the 401 or 407; nothing if it has no challenge that we know.
std::optional<std::string> answer_challenge(const Message& response, const Credentials& credentials,
                                            std::string_view method, std::string_view uri, Ids& ids);

} // namespace tl::sip
