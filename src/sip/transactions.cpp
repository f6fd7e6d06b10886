// SPDX-License-Identifier: Apache-2.0
#include "sip/transactions.hpp"

#include "base/check.hpp"
#include "sip/chars.hpp"

namespace tl::sip {

Transactions::Transactions(Loop& loop, TransactionHost& host, const Timing& timing, const Seed& seed)
    : loop_(loop), host_(host), timing_(timing), seed_(seed), servers_(16, TextHash{seed}) {}

Transactions::~Transactions() {
  *alive_ = false;
}

ClientTx& Transactions::send(Method method, std::uint64_t branch, std::string request, const Peer& peer,
                             ClientUser* user) {
  // CANCEL shares the branch of its INVITE; the lowest bit tells them apart.
  const std::uint64_t key = method == Method::cancel ? branch | 1 : branch & ~std::uint64_t{1};
  auto& slot = clients_[key];
  TL_CHECK(slot == nullptr || method == Method::cancel, "a branch was used twice");
  if (slot == nullptr) {
    slot = std::make_unique<ClientTx>(*this, method, key, std::move(request), peer, user);
    slot->start();
  }
  return *slot;
}

void Transactions::cancel(ClientTx& invite) {
  if (invite.state() != TxState::proceeding || invite.request().empty()) return;
  Message original;
  std::string copy = invite.request();
  if (original.parse(copy, {64 * 1024, 200, 32 * 1024}) != ParseOutcome::ok) return;
  std::string text = derive_request(invite.request(), Method::cancel, original.value(HeaderId::to));
  send(Method::cancel, invite.key_, std::move(text), invite.peer(), nullptr);
  invite.limit();
}

bool Transactions::received(const Message& response) {
  const std::string_view branch = response.branch();
  if (!branch.starts_with(branch_cookie)) return false;
  auto key = from_hex(branch.substr(branch_cookie.size()));
  if (!key) return false;
  key = response.method() == Method::cancel ? *key | 1 : *key & ~std::uint64_t{1};
  const auto found = clients_.find(*key);
  if (found == clients_.end() || found->second->method() != response.method()) return false;
  found->second->received(response);
  return true;
}

void Transactions::make_key(const Message& request, std::string_view method) {
  key_.clear();
  if (request.branch().starts_with(branch_cookie)) {
    put(key_, request.branch(), '|', request.via().host, ':', request.via().port, '|', method);
    return;
  }
  // RFC 2543 peers: what identifies the request in place of the branch. The ACK's To tag is not part of it.
  put(key_, request.call_id(), '|', request.cseq(), '|', request.from_tag(), '|', request.via().host, ':',
      request.via().port, '|', request.branch(), '|', method);
}

ServerTx* Transactions::find(const Message& request) {
  make_key(request, request.method() == Method::ack ? to_string(Method::invite) : request.method_name());
  const auto found = servers_.find(key_);
  return found == servers_.end() ? nullptr : found->second.get();
}

ServerTx* Transactions::find_cancelled(const Message& cancel) {
  make_key(cancel, to_string(Method::invite));
  const auto found = servers_.find(key_);
  return found == servers_.end() ? nullptr : found->second.get();
}

std::uint64_t Transactions::merge_key(const Message& request) const {
  std::string text;
  put(text, request.from_tag(), '|', request.call_id(), '|', request.cseq());
  return siphash(seed_, text);
}

bool Transactions::merged(const Message& request) const {
  return request.method() == Method::invite && request.to_tag().empty() &&
         by_merge_key_.count(merge_key(request)) != 0;
}

ServerTx& Transactions::create(const Message& request, const Peer& source) {
  make_key(request, request.method_name());
  auto owned = std::make_unique<ServerTx>(*this, request, source, key_);
  ServerTx& tx = *owned;
  const auto [at, added] = servers_.emplace(std::string_view(tx.key_), std::move(owned));
  TL_CHECK(added, "a server transaction was created twice");
  if (request.method() == Method::invite && request.to_tag().empty()) {
    tx.merge_key_ = merge_key(request);
    by_merge_key_.emplace(tx.merge_key_, &tx);
  }
  return *at->second;
}

void Transactions::finish(ClientTx& tx) {
  const auto found = clients_.find(tx.key_);
  if (found == clients_.end() || found->second.get() != &tx) return;
  if (tx.peer_.connection != 0) {
    const auto [first, last] = by_connection_.equal_range(tx.peer_.connection);
    for (auto at = first; at != last; ++at) {
      if (at->second != tx.key_) continue;
      by_connection_.erase(at);
      break;
    }
  }
  dead_clients_.push_back(std::move(found->second));
  clients_.erase(found);
  bury();
}

void Transactions::finish(ServerTx& tx) {
  const auto found = servers_.find(tx.key_);
  if (found == servers_.end() || found->second.get() != &tx) return;
  const auto merged = by_merge_key_.find(tx.merge_key_);
  if (merged != by_merge_key_.end() && merged->second == &tx) by_merge_key_.erase(merged);
  dead_servers_.push_back(std::move(found->second));
  servers_.erase(found);
  bury();
}

void Transactions::bury() {
  if (burial_posted_) return;
  burial_posted_ = true;
  loop_.post([this, alive = alive_] {
    if (!*alive) return;
    burial_posted_ = false;
    dead_clients_.clear();
    dead_servers_.clear();
  });
}

void Transactions::connection_lost(std::uint32_t connection) {
  std::vector<std::uint64_t> keys;
  const auto [first, last] = by_connection_.equal_range(connection);
  for (auto at = first; at != last; ++at) keys.push_back(at->second);
  by_connection_.erase(connection);
  for (const std::uint64_t key : keys) {
    const auto found = clients_.find(key);
    if (found != clients_.end()) found->second->step(ClientTx::Event::transport_error);
  }
}

std::string derive_request(const std::string& invite, Method method, std::string_view to) {
  Message original;
  std::string copy = invite;
  std::string out;
  if (original.parse(copy, {64 * 1024, 200, 32 * 1024}) == ParseOutcome::not_sip) return out;
  put(out, to_string(method), ' ', original.uri(), " SIP/2.0\r\nVia: ", original.value(HeaderId::via),
      "\r\n");
  for (const HeaderField& field : original.headers()) {
    if (field.id == HeaderId::route) put(out, "Route: ", field.value, "\r\n");
  }
  put(out, "Max-Forwards: 70\r\nFrom: ", original.value(HeaderId::from), "\r\nTo: ", to,
      "\r\nCall-ID: ", original.call_id(), "\r\nCSeq: ", original.cseq(), ' ', to_string(method),
      "\r\nContent-Length: 0\r\n\r\n");
  return out;
}

} // namespace tl::sip
