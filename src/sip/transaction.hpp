// SPDX-License-Identifier: Apache-2.0
// The four transaction machines of RFC 3261 section 17 with the corrections of RFC 6026. Each is one switch,
// in a file of its own: invite_client.cpp, invite_server.cpp, non_invite_client.cpp, non_invite_server.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/loop.hpp"
#include "sip/response.hpp"

namespace tl::sip {

class Transactions;
class ClientTx;
class ServerTx;

struct Timing {
  Duration t1 = std::chrono::milliseconds(500);
  Duration t2 = std::chrono::seconds(4);
  Duration t4 = std::chrono::seconds(5);
  Duration trying_after =
      std::chrono::milliseconds(200); // 100 if the user says nothing sooner (section 17.2.1)
  Duration give_up() const { return 64 * t1; }
};

// Who sent a request. The calls come on the loop, never from within the function that sent it.
class ClientUser {
public:
  virtual ~ClientUser() = default;
  // Every provisional and the final response; for INVITE also further 2xx.
  virtual void tx_response(ClientTx& tx, const Message& response) = 0;
  // No final response will come: 408 timeout, 503 transport, 487 cancelled without an answer.
  virtual void tx_failed(ClientTx& tx, int status) = 0;
  // The last word: forget the pointer.
  virtual void tx_gone(ClientTx& tx) = 0;
};

// Who answers a request.
class ServerUser {
public:
  virtual ~ServerUser() = default;
  virtual void tx_unacknowledged(ServerTx& tx) = 0; // a 2xx was never ACKed
  virtual void tx_cancelled(ServerTx& tx) = 0;      // CANCEL came; no final response has been given yet
  virtual void tx_gone(ServerTx& tx) = 0;
};

enum class TxState : std::uint8_t { calling, trying, proceeding, completed, accepted, confirmed, terminated };

class ClientTx {
public:
  ClientTx(Transactions& owner, Method method, std::uint64_t key, std::string request, const Peer& peer,
           ClientUser* user);

  Method method() const { return method_; }
  TxState state() const { return state_; }
  const Peer& peer() const { return peer_; }
  const std::string& request() const { return request_; } // empty once it cannot be needed any more
  // The user loses interest; a response goes on being handled as the machine demands.
  void detach() { user_ = nullptr; }
  // The INVITE was cancelled: without an answer within 64 T1 it ends (section 9.1).
  void limit();

private:
  friend class Transactions;
  enum class Event : std::uint8_t { provisional, success, failure, timer, transport_error };

  void start();
  void received(const Message& response);
  void step(Event event, const Message* response = nullptr);
  void step_invite(Event event, const Message* response);
  void step_non_invite(Event event, const Message* response);
  void transmit(const std::string& bytes);
  void retransmit_later(Duration most);
  void fail(int status);
  void finish();
  void drop_request() { std::string().swap(request_); }

  Transactions& owner_;
  ClientUser* user_;
  std::uint64_t key_;
  std::string request_, ack_;
  Peer peer_;
  Time deadline_{};
  Duration interval_{};
  Timer timer_;
  Method method_;
  TxState state_;
  bool unsendable_ = false;
  bool limited_ = false;
};

class ServerTx {
public:
  ServerTx(Transactions& owner, const Message& request, const Peer& source, std::string key);

  Method method() const { return method_; }
  TxState state() const { return state_; }
  const ResponseHead& head() const { return head_; }
  void attach(ServerUser* user) { user_ = user; }
  ServerUser* user() const { return user_; }

  // Sends a provisional or the final response.
  void respond(int status, std::string_view to_tag, const Content& content = {},
               std::string_view reason = {});
  // The ACK of our 2xx arrived: it is not sent again.
  void acknowledged();

private:
  friend class Transactions;
  enum class Event : std::uint8_t { request, provisional, success, failure, ack, timer, transport_error };

  void step(Event event);
  void step_invite(Event event);
  void step_non_invite(Event event);
  void transmit();
  void retransmit_later();
  void finish();
  void drop_head() { std::string().swap(head_.text); }
  void drop_response() { std::string().swap(response_); }

  Transactions& owner_;
  ServerUser* user_ = nullptr;
  std::string key_;
  std::uint64_t merge_key_ = 0;
  ResponseHead head_;
  std::string response_; // the last one sent, for retransmission
  Time deadline_{};
  Duration interval_{};
  Timer timer_;
  Method method_;
  TxState state_;
  bool reliable_;
};

} // namespace tl::sip
