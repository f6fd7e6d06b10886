// SPDX-License-Identifier: Apache-2.0
// A SIP user agent: transports below, calls above, one transaction table and one table of calls between.
// Everything happens on the loop; time and bytes come from outside, so it runs over a simulated network as
// well.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/log.hpp"
#include "base/loop.hpp"
#include "sip/call.hpp"
#include "sip/request.hpp"
#include "sip/transactions.hpp"
#include "sip/transport.hpp"

namespace tl::sip {

struct AgentConfig {
  Seed seed{};              // unguessable in production
  std::string user_agent;   // User-Agent and Server; empty: not said
  std::string contact_user; // user part of our Contact
  Timing timing;
  MessageLimits message;
  std::size_t calls_max = 20'000;
  std::size_t transactions_max = 200'000;
  Duration invite_age_max = std::chrono::milliseconds(3500); // a call that waited longer to be read gets 503
  Duration ring_max = std::chrono::minutes(5);               // neither side lets it ring longer
  std::uint32_t retry_after_s = 2;                           // said in our 503
  std::uint32_t session_expires_s = 1800;                    // 0: we ask for no session timer
  std::uint32_t session_min_s = 90;
};

// Whether a new INVITE is heard at all, decided before anything is allocated for it.
struct Admission {
  int status = 0;      // 0: welcome; else the refusal
  std::string headers; // of the refusal, each line ended by CRLF
};

class AgentEvents {
public:
  virtual ~AgentEvents() = default;
  virtual Admission admit(const Message& invite, const Peer& from) = 0;
  // A call was admitted. Returns who hears its events; nullptr if it was rejected or hung up meanwhile.
  virtual CallEvents* incoming_call(Call& call, const Message& invite, const Peer& from) = 0;
  // Any other request outside a dialog but OPTIONS. False: not handled here, answered 405.
  virtual bool incoming_request(const Message& request, const Peer& from) = 0;
};

struct AgentCounters {
  std::uint64_t received = 0, malformed = 0, refused_overload = 0, stray = 0;
};

class Agent final : private TransportSink, private TransactionHost {
public:
  Agent(Loop& loop, Log& log, const AgentConfig& config, AgentEvents& events);
  ~Agent() override;

  // At most one of each protocol and address family; the first one of a protocol serves if none fits.
  void add(std::unique_ptr<Transport> transport);

  // Starts a call. Nothing is reported before this has returned. nullptr: calls_max reached.
  Call* call(Outgoing outgoing, CallEvents& events);
  // The call with this dialog, for Replaces (RFC 3891 section 3); nullptr if it is not ours.
  Call* find(std::string_view call_id, std::string_view local_tag, std::string_view remote_tag);
  Call* find_replaced(std::string_view replaces_header);

  // Sends a request outside calls (REGISTER, OPTIONS). `line.via`, `line.protocol` and `line.branch` are
  // filled in.
  ClientTx& request(RequestLine line, const Content& content, const Peer& peer, ClientUser* user);
  // Answers a request without a transaction: the same request gets the same To tag.
  void respond(const Message& request, const Peer& from, int status, const Content& content = {},
               std::string_view reason = {});
  // Answers it with one, which answers its retransmissions.
  void respond_once(const Message& request, const Peer& from, int status, const Content& content = {});

  // Where a URI leads; `fallback` where it names no address.
  Peer locate(std::string_view uri, const Peer& fallback) const;
  // Our Contact value as `peer` can use it.
  std::string contact(const Peer& peer);
  bool alive(const Peer& peer) const; // is its connection open (always, on UDP)?

  Loop& loop() { return loop_; }
  Log& log() { return log_; }
  Ids& ids() { return ids_; }
  const AgentConfig& config() const { return config_; }
  const AgentCounters& counters() const { return counters_; }
  std::size_t calls() const { return calls_.size(); }
  std::size_t transactions() const { return transactions_.size(); }

private:
  friend class Call;
  void received(Transport& transport, const Peer& from, std::span<char> bytes, Duration age) override;
  void connection_lost(Transport& transport, std::uint32_t connection) override;
  bool transmit(Peer& to, std::string_view bytes) override;
  void stray_answer(const Message& response, const Peer& peer) override;

  void on_request(const Message& request, const Peer& from, Duration age);
  void on_new_request(const Message& request, const Peer& from, Duration age);
  void on_invite(const Message& invite, const Peer& from, Duration age);
  void on_cancel(const Message& cancel, const Peer& from);
  void on_ack(const Message& ack);
  void on_in_dialog(const Message& request, const Peer& from);
  bool overloaded(const Message& request, const Peer& from, Duration age);
  bool refuse_extensions(const Message& request, const Peer& from);
  Call* find_call(const Message& request);
  void send_ack(RequestLine line, Peer peer);
  Transport* transport_for(const Peer& peer) const;
  void forget(Call& call);
  std::uint64_t new_tag();

  Loop& loop_;
  Log& log_;
  AgentConfig config_;
  AgentEvents& events_;
  Ids ids_;
  Message incoming_;
  std::vector<std::unique_ptr<Transport>> transports_;
  Transactions transactions_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Call>> calls_; // by our tag
  std::vector<std::unique_ptr<Call>> dead_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  AgentCounters counters_;
};

} // namespace tl::sip
