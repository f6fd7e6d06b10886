// SPDX-License-Identifier: Apache-2.0
#include "sip/message.hpp"

#include <cstring>

#include "sip/chars.hpp"

namespace tl::sip {
namespace {

// Length of the line at the front including its line end, or 0 if it does not end. `text` is the line itself.
std::size_t take_line(std::string_view data, std::string_view& text) {
  const std::size_t end = data.find('\n');
  if (end == std::string_view::npos) return 0;
  text = data.substr(0, end > 0 && data[end - 1] == '\r' ? end - 1 : end);
  return end + 1;
}

// Joins the continuation lines that follow the line of `length` bytes at the front by blanks (RFC 3261
// section 7.3.1).
std::size_t unfold(std::span<char> data, std::size_t length) {
  while (length < data.size() && (data[length] == ' ' || data[length] == '\t')) {
    data[length - 1] = ' ';
    if (length >= 2 && data[length - 2] == '\r') data[length - 2] = ' ';
    const std::string_view rest(data.data() + length, data.size() - length);
    std::string_view ignored;
    const std::size_t more = take_line(rest, ignored);
    if (more == 0) return 0;
    length += more;
  }
  return length;
}

} // namespace

void Message::clear() {
  headers_.clear();
  first_.fill(0);
  via_ = {};
  from_ = to_ = {};
  method_name_ = uri_ = version_ = reason_ = call_id_ = from_tag_ = to_tag_ = branch_ = body_ =
      bad_reason_ = {};
  cseq_ = 0;
  status_ = bad_status_ = 0;
  method_ = Method::other;
}

ParseOutcome Message::fail(int status, std::string_view reason) {
  bad_status_ = status;
  bad_reason_ = reason;
  return ParseOutcome::bad;
}

bool Message::parse_start(std::string_view line) {
  if (line.size() > 8 && iequals(line.substr(0, 4), "SIP/") && line.find(' ') != std::string_view::npos) {
    std::string_view rest = line;
    version_ = take_until(rest, ' ');
    const auto status = to_number<std::uint16_t>(take_until(rest, ' '));
    if (!status || *status < 100 || *status > 699) return false;
    status_ = *status;
    reason_ = rest;
    return iequals(version_, "SIP/2.0");
  }
  const std::size_t first = line.find(' '), last = line.rfind(' ');
  if (first == std::string_view::npos || last == first) return false;
  method_name_ = line.substr(0, first);
  uri_ = line.substr(first + 1, last - first - 1);
  version_ = line.substr(last + 1);
  if (!is_token(method_name_) || version_.size() < 5 || !iequals(version_.substr(0, 4), "SIP/")) return false;
  method_ = to_method(method_name_);
  return true;
}

ParseOutcome Message::parse(std::span<char> data, const MessageLimits& limits) {
  clear();
  if (data.size() > limits.message_size_max_bytes) return ParseOutcome::not_sip;
  std::string_view text(data.data(), data.size());
  // Leading empty lines are skipped (RFC 3261 section 7.5).
  std::size_t at = 0;
  while (at < text.size() && (text[at] == '\r' || text[at] == '\n')) ++at;
  std::string_view line;
  const std::size_t start = take_line(text.substr(at), line);
  if (start == 0 || line.size() > limits.line_size_max_bytes || !parse_start(line))
    return ParseOutcome::not_sip;
  at += start;
  std::size_t used = 0;
  const ParseOutcome outcome = parse_headers(data.subspan(at), limits, used);
  if (outcome == ParseOutcome::not_sip) return outcome;
  const ParseOutcome checked = check(text.substr(at + used));
  // What cannot be routed back cannot be answered, whatever else is wrong.
  if (checked == ParseOutcome::not_sip) return checked;
  if (outcome == ParseOutcome::bad) return outcome;
  return checked;
}

ParseOutcome Message::parse_headers(std::span<char> rest, const MessageLimits& limits, std::size_t& used) {
  ParseOutcome outcome = ParseOutcome::ok;
  for (;;) {
    std::string_view line;
    std::size_t length = take_line({rest.data() + used, rest.size() - used}, line);
    if (length == 0) return ParseOutcome::not_sip; // the headers never end
    if (line.empty()) {
      used += length;
      return outcome;
    }
    const std::size_t whole = unfold(rest.subspan(used), length);
    if (whole == 0) return ParseOutcome::not_sip;
    line = trim({rest.data() + used, whole});
    used += whole;
    if (line.size() > limits.line_size_max_bytes) outcome = fail(400, "Header Line Too Long");
    if (headers_.size() >= limits.headers_max || headers_.size() >= 250) {
      outcome = fail(400, "Too Many Headers");
      continue;
    }
    // A CR that ends no line would end one for somebody else, who then sees headers we did not.
    if (line.find('\r') != std::string_view::npos) outcome = fail(400, "Bad Line End");
    const std::size_t colon = line.find(':');
    const std::string_view name = trim(line.substr(0, colon));
    if (colon == std::string_view::npos || !is_token(name)) {
      outcome = fail(400, "Bad Header Line");
      continue;
    }
    const HeaderField field{to_header_id(name), name, trim(line.substr(colon + 1))};
    headers_.push_back(field);
    auto& first = first_[static_cast<std::size_t>(field.id)];
    if (first == 0) first = static_cast<std::uint8_t>(headers_.size());
  }
}

bool Message::check_cseq() {
  std::string_view rest = value(HeaderId::cseq);
  std::size_t end = 0;
  while (end < rest.size() && !is_space(rest[end])) ++end;
  const auto number = to_number<std::uint32_t>(rest.substr(0, end));
  const std::string_view name = trim(rest.substr(end));
  if (!number || *number > 0x7fffffffu || !is_token(name)) return false;
  cseq_ = *number;
  if (!is_request()) {
    method_name_ = name;
    method_ = to_method(name);
    return true;
  }
  return name == method_name_;
}

bool Message::check_duplicates() {
  for (std::size_t i = 0; i < headers_.size(); ++i) {
    switch (headers_[i].id) {
    case HeaderId::from:
    case HeaderId::to:
    case HeaderId::call_id:
    case HeaderId::cseq:
    case HeaderId::content_length:
      if (first_[static_cast<std::size_t>(headers_[i].id)] != i + 1) return false;
      break;
    default: break;
    }
  }
  return true;
}

ParseOutcome Message::check(std::string_view rest) {
  std::string_view vias = value(HeaderId::via);
  const auto top = Via::parse(take_list_item(vias));
  if (!top || !has(HeaderId::from) || !has(HeaderId::to) || !has(HeaderId::call_id) || !has(HeaderId::cseq))
    return ParseOutcome::not_sip;
  via_ = *top;
  branch_ = via_.branch();
  call_id_ = value(HeaderId::call_id);
  const bool cseq_good = check_cseq();
  body_ = rest;
  if (is_request() && version_ != "SIP/2.0" && !iequals(version_, "SIP/2.0"))
    return fail(505, reason_phrase(505));
  if (!cseq_good) return fail(400, "Bad CSeq");
  if (!check_duplicates()) return fail(400, "Repeated Header");
  const auto from = NameAddr::parse(value(HeaderId::from));
  const auto to = NameAddr::parse(value(HeaderId::to));
  if (!from || !to) return fail(400, "Bad From or To");
  if (call_id_.empty()) return fail(400, "Bad Call-ID");
  from_ = *from;
  to_ = *to;
  from_tag_ = from_.tag();
  to_tag_ = to_.tag();
  if (is_request() &&
      (uri_.empty() || uri_.front() == '<' || uri_.find_first_of(" \t") != std::string_view::npos))
    return fail(400, "Bad Request-URI");
  if (!has(HeaderId::content_length)) return ParseOutcome::ok;
  const auto length = to_number<std::uint32_t>(value(HeaderId::content_length));
  if (!length || *length > rest.size()) return fail(400, "Bad Content-Length");
  body_ = rest.substr(0, *length);
  return ParseOutcome::ok;
}

std::string_view Message::value(HeaderId id) const {
  const std::uint8_t index = first_[static_cast<std::size_t>(id)];
  return index == 0 ? std::string_view{} : headers_[index - 1].value;
}

std::string_view Message::value(std::string_view name) const {
  for (const HeaderField& field : headers_) {
    if (iequals(field.name, name)) return field.value;
  }
  return {};
}

bool Message::lists(HeaderId id, std::string_view token) const {
  const std::uint8_t index = first_[static_cast<std::size_t>(id)];
  if (index == 0) return false;
  for (std::size_t i = index - 1u; i < headers_.size(); ++i) {
    if (headers_[i].id != id) continue;
    for (std::string_view rest = headers_[i].value; !rest.empty();) {
      std::string_view item = take_list_item(rest);
      if (iequals(trim(take_until(item, ';')), token)) return true;
    }
  }
  return false;
}

} // namespace tl::sip
