// SPDX-License-Identifier: Apache-2.0
// The table of transactions: matching (RFC 3261 sections 17.1.3 and 17.2.3), creation, limits.
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "sip/ids.hpp"
#include "sip/transaction.hpp"

namespace tl::sip {

// How bytes leave.
class TransactionHost {
public:
  virtual ~TransactionHost() = default;
  // Fills to.connection; false if the bytes certainly did not leave.
  virtual bool transmit(Peer& to, std::string_view bytes) = 0;
  // A 2xx to an INVITE nobody waits for any more: it has to be ACKed and ended.
  virtual void stray_answer(const Message& response, const Peer& peer) = 0;
};

class Transactions {
public:
  Transactions(Loop& loop, TransactionHost& host, const Timing& timing, const Seed& seed);
  ~Transactions();

  // Sends a request whose top Via has branch_cookie followed by 16 hexadecimal digits of `branch`.
  ClientTx& send(Method method, std::uint64_t branch, std::string request, const Peer& peer,
                 ClientUser* user);
  // Sends CANCEL for an INVITE that has had a provisional response (section 9.1).
  void cancel(ClientTx& invite);
  // Gives a response to its transaction; false if it has none.
  bool received(const Message& response);

  // The server transaction the request is a retransmission of or (ACK) belongs to.
  ServerTx* find(const Message& request);
  // The INVITE a CANCEL means.
  ServerTx* find_cancelled(const Message& cancel);
  // Another path brought the same INVITE (section 8.2.2.2).
  bool merged(const Message& request) const;
  ServerTx& create(const Message& request, const Peer& source);
  void retransmitted(ServerTx& tx) { tx.step(ServerTx::Event::request); }
  void acknowledged(ServerTx& tx) { tx.step(ServerTx::Event::ack); } // of a response other than 2xx

  void connection_lost(std::uint32_t connection);
  std::size_t size() const { return clients_.size() + servers_.size(); }

private:
  friend class ClientTx;
  friend class ServerTx;
  void make_key(const Message& request, std::string_view method);
  std::uint64_t merge_key(const Message& request) const;
  void finish(ClientTx& tx);
  void finish(ServerTx& tx);
  void bury();

  Loop& loop_;
  TransactionHost& host_;
  Timing timing_;
  Seed seed_;
  std::string key_; // scratch: looking up allocates nothing
  std::unordered_map<std::uint64_t, std::unique_ptr<ClientTx>> clients_;
  std::unordered_map<std::string_view, std::unique_ptr<ServerTx>, TextHash> servers_;
  std::unordered_map<std::uint64_t, ServerTx*> by_merge_key_;
  std::unordered_multimap<std::uint32_t, std::uint64_t> by_connection_;
  // A transaction that ends may be on the stack still: it dies on the next turn.
  std::vector<std::unique_ptr<ClientTx>> dead_clients_;
  std::vector<std::unique_ptr<ServerTx>> dead_servers_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  bool burial_posted_ = false;
};

// ACK of a final response other than 2xx, or CANCEL, made from the request as it was sent.
std::string derive_request(const std::string& invite, Method method, std::string_view to);

} // namespace tl::sip
