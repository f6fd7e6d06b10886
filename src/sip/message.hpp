// SPDX-License-Identifier: Apache-2.0
// One received message: views into the bytes it was parsed from, which must outlive it. Tolerant in what the
// grammar leaves open (bare LF, blanks, compact names, folding, unknown headers), strict about limits and
// about what routing and matching stand on.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "sip/method.hpp"
#include "sip/name_addr.hpp"
#include "sip/via.hpp"

namespace tl::sip {

enum class HeaderId : std::uint8_t {
  via,
  from,
  to,
  call_id,
  cseq,
  contact,
  max_forwards,
  route,
  record_route,
  content_type,
  content_length,
  content_disposition,
  content_encoding,
  require,
  proxy_require,
  supported,
  unsupported,
  allow,
  allow_events,
  accept,
  expires,
  min_expires,
  session_expires,
  min_se,
  authorization,
  proxy_authorization,
  www_authenticate,
  proxy_authenticate,
  event,
  subscription_state,
  refer_to,
  referred_by,
  refer_sub,
  replaces,
  retry_after,
  user_agent,
  server,
  reason,
  p_asserted_identity,
  privacy,
  rack,
  rseq,
  sip_etag,
  date,
  warning,
  subject,
  organization,
  other
};
inline constexpr std::size_t header_id_count = static_cast<std::size_t>(HeaderId::other) + 1;

HeaderId to_header_id(std::string_view name); // long or compact form, any case

struct HeaderField {
  HeaderId id = HeaderId::other;
  std::string_view name;
  std::string_view value;
};

struct MessageLimits {
  std::size_t message_size_max_bytes = 16 * 1024;
  std::size_t headers_max = 128; // at most 250: Message indexes them with one byte
  std::size_t line_size_max_bytes = 8 * 1024;
};

enum class ParseOutcome : std::uint8_t {
  ok,
  not_sip, // nothing to answer: drop
  bad,     // headers enough to answer with bad_status(), if it is a request other than ACK
};

class Message {
public:
  // Reads one whole datagram or framed message. Folded lines are joined in place.
  ParseOutcome parse(std::span<char> data, const MessageLimits& limits = {});
  // After ParseOutcome::bad: the status to answer with and a phrase that names the fault.
  int bad_status() const { return bad_status_; }
  std::string_view bad_reason() const { return bad_reason_; }

  bool is_request() const { return status_ == 0; }
  Method method() const { return method_; } // of a response: the one in its CSeq
  std::string_view method_name() const { return method_name_; }
  std::string_view uri() const { return uri_; }
  int status() const { return status_; }
  std::string_view reason() const { return reason_; }

  std::span<const HeaderField> headers() const { return headers_; }
  bool has(HeaderId id) const { return first_[static_cast<std::size_t>(id)] != 0; }
  // Value of the first header of this name; empty if there is none.
  std::string_view value(HeaderId id) const;
  // Does the token stand in one of the comma-separated headers of this name?
  bool lists(HeaderId id, std::string_view token) const;
  // Value of a header that has no id.
  std::string_view value(std::string_view name) const;

  const Via& via() const { return via_; } // the topmost
  std::string_view branch() const { return branch_; }
  std::string_view call_id() const { return call_id_; }
  const NameAddr& from() const { return from_; }
  const NameAddr& to() const { return to_; }
  std::string_view from_tag() const { return from_tag_; }
  std::string_view to_tag() const { return to_tag_; }
  std::uint32_t cseq() const { return cseq_; }
  std::string_view body() const { return body_; }

private:
  void clear();
  ParseOutcome fail(int status, std::string_view reason);
  bool parse_start(std::string_view line);
  ParseOutcome parse_headers(std::span<char> rest, const MessageLimits& limits, std::size_t& used);
  ParseOutcome check(std::string_view rest);
  bool check_cseq();
  bool check_duplicates();

  std::vector<HeaderField> headers_;
  std::array<std::uint8_t, header_id_count> first_{};
  Via via_;
  NameAddr from_, to_;
  std::string_view method_name_, uri_, version_, reason_, call_id_, from_tag_, to_tag_, branch_, body_,
      bad_reason_;
  std::uint32_t cseq_ = 0;
  int status_ = 0, bad_status_ = 0;
  Method method_ = Method::other;
};

} // namespace tl::sip
