// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sip/chars.hpp"
#include "sip/message.hpp"

namespace tl::sip {
namespace {

struct Name {
  std::string_view text;
  HeaderId id;
};

// Sorted by length, so that a look-up compares only names as long as the one asked for.
constexpr Name names[] = {
    {"To", HeaderId::to},
    {"Via", HeaderId::via},
    {"From", HeaderId::from},
    {"CSeq", HeaderId::cseq},
    {"RAck", HeaderId::rack},
    {"RSeq", HeaderId::rseq},
    {"Date", HeaderId::date},
    {"Route", HeaderId::route},
    {"Allow", HeaderId::allow},
    {"Event", HeaderId::event},
    {"Accept", HeaderId::accept},
    {"Server", HeaderId::server},
    {"Reason", HeaderId::reason},
    {"Min-SE", HeaderId::min_se},
    {"Call-ID", HeaderId::call_id},
    {"Contact", HeaderId::contact},
    {"Require", HeaderId::require},
    {"Expires", HeaderId::expires},
    {"Privacy", HeaderId::privacy},
    {"Warning", HeaderId::warning},
    {"Subject", HeaderId::subject},
    {"Refer-To", HeaderId::refer_to},
    {"Replaces", HeaderId::replaces},
    {"SIP-ETag", HeaderId::sip_etag},
    {"Refer-Sub", HeaderId::refer_sub},
    {"Supported", HeaderId::supported},
    {"User-Agent", HeaderId::user_agent},
    {"Unsupported", HeaderId::unsupported},
    {"Referred-By", HeaderId::referred_by},
    {"Retry-After", HeaderId::retry_after},
    {"Min-Expires", HeaderId::min_expires},
    {"Max-Forwards", HeaderId::max_forwards},
    {"Record-Route", HeaderId::record_route},
    {"Content-Type", HeaderId::content_type},
    {"Allow-Events", HeaderId::allow_events},
    {"Organization", HeaderId::organization},
    {"Proxy-Require", HeaderId::proxy_require},
    {"Authorization", HeaderId::authorization},
    {"Content-Length", HeaderId::content_length},
    {"Session-Expires", HeaderId::session_expires},
    {"Content-Encoding", HeaderId::content_encoding},
    {"WWW-Authenticate", HeaderId::www_authenticate},
    {"Subscription-State", HeaderId::subscription_state},
    {"Proxy-Authenticate", HeaderId::proxy_authenticate},
    {"Content-Disposition", HeaderId::content_disposition},
    {"Proxy-Authorization", HeaderId::proxy_authorization},
    {"P-Asserted-Identity", HeaderId::p_asserted_identity},
};

// Compact forms (RFC 3261 section 7.3.3, RFC 3515, 3892, 4028, 6665).
HeaderId compact_id(char c) {
  switch (lower(c)) {
  case 'v': return HeaderId::via;
  case 'f': return HeaderId::from;
  case 't': return HeaderId::to;
  case 'i': return HeaderId::call_id;
  case 'm': return HeaderId::contact;
  case 'l': return HeaderId::content_length;
  case 'c': return HeaderId::content_type;
  case 'e': return HeaderId::content_encoding;
  case 'k': return HeaderId::supported;
  case 's': return HeaderId::subject;
  case 'r': return HeaderId::refer_to;
  case 'b': return HeaderId::referred_by;
  case 'o': return HeaderId::event;
  case 'u': return HeaderId::allow_events;
  case 'x': return HeaderId::session_expires;
  default: return HeaderId::other;
  }
}

} // namespace

HeaderId to_header_id(std::string_view name) {
  if (name.size() == 1) return compact_id(name.front());
  const auto shorter = [](const Name& entry, std::size_t size) { return entry.text.size() < size; };
  for (const Name* entry = std::lower_bound(std::begin(names), std::end(names), name.size(), shorter);
       entry != std::end(names) && entry->text.size() == name.size(); ++entry) {
    if (iequals(entry->text, name)) return entry->id;
  }
  return HeaderId::other;
}

} // namespace tl::sip
