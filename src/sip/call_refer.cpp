// SPDX-License-Identifier: Apache-2.0
// Transfers (RFC 3515, 3891, 4488), and the requests of one line each: INFO, NOTIFY.
#include <utility>

#include "sip/agent.hpp"
#include "sip/call_state.hpp"
#include "sip/chars.hpp"

namespace tl::sip {

bool Call::refer(std::string_view refer_to) {
  if (state_ != State::established || other_tx_ != nullptr || transfer_) return false;
  transfer_ = std::make_unique<Transfer>();
  transfer_->ours = true;
  std::string headers;
  put(headers, "Refer-To: ", refer_to, "\r\nReferred-By: ", local_, "\r\n");
  other_purpose_ = Purpose::refer;
  other_tx_ = &send(Method::refer, dialog_, {headers, {}, {}}, this);
  return true;
}

void Call::refer_done(int status) {
  if (status < 300) return; // the NOTIFYs tell the rest
  transfer_.reset();
  if (events_ != nullptr) events_->call_referred(*this, status);
}

void Call::on_refer(const Message& message, ServerTx& tx) {
  const auto target = NameAddr::parse(message.value(HeaderId::refer_to));
  const auto uri = target ? Uri::parse(target->uri) : std::nullopt;
  if (!uri) return tx.respond(400, {}, {}, "Bad Refer-To");
  if (!uri->is_sip() && !uri->is_tel()) return tx.respond(416, {});
  if (state_ != State::established || transfer_ || events_ == nullptr) return tx.respond(491, {});
  transfer_ = std::make_unique<Transfer>();
  transfer_->tx = &tx;
  transfer_->silent = iequals(message.value(HeaderId::refer_sub), "false");
  tx.attach(this);
  const std::string replaces =
      unescape(find_param(uri->headers, "Replaces", '&').value_or(std::string_view{}));
  const std::string_view plain = target->uri.substr(0, target->uri.find('?'));
  events_->call_refer(*this, {plain, replaces});
}

void Call::accept_refer() {
  if (!transfer_ || transfer_->tx == nullptr) return;
  ServerTx* tx = std::exchange(transfer_->tx, nullptr);
  tx->attach(nullptr);
  std::string headers;
  put(headers, "Contact: ", agent_.contact(peer_), "\r\n", transfer_->silent ? "Refer-Sub: false\r\n" : "");
  tx->respond(202, {}, {headers, {}, {}});
  if (transfer_->silent)
    transfer_.reset();
  else
    notify_refer(100);
}

void Call::refuse_refer(int status) {
  if (!transfer_ || transfer_->tx == nullptr) return;
  ServerTx* tx = std::exchange(transfer_->tx, nullptr);
  tx->attach(nullptr);
  transfer_.reset();
  tx->respond(status, {});
}

void Call::notify_refer(int status) {
  if (!transfer_ || transfer_->ours || transfer_->tx != nullptr || state_ != State::established) return;
  std::string headers, body;
  put(headers, "Event: refer\r\nSubscription-State: ",
      status < 200 ? "active;expires=60" : "terminated;reason=noresource", "\r\n");
  put(body, "SIP/2.0 ", status, ' ', reason_phrase(status), "\r\n");
  if (status >= 200) transfer_.reset();
  send(Method::notify, dialog_, {headers, "message/sipfrag;version=2.0", body}, nullptr);
}

bool Call::info(std::string_view type, std::string_view body) {
  if (state_ != State::established) return false;
  send(Method::info, dialog_, {{}, type, body}, nullptr);
  return true;
}

bool Call::notify(std::string_view event) {
  const Dialog* dialog = state_ == State::established ? &dialog_ : nullptr;
  if (state_ == State::calling && !early_.empty()) dialog = &early_.front();
  if (dialog == nullptr || other_tx_ != nullptr) return false;
  std::string headers;
  put(headers, "Event: ", event, "\r\nSubscription-State: terminated\r\n");
  other_purpose_ = Purpose::notify;
  other_tx_ = &send(Method::notify, *dialog, {headers, {}, {}}, this);
  return true;
}

} // namespace tl::sip
