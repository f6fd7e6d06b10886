// SPDX-License-Identifier: Apache-2.0
// One INVITE session, seen from one end: the dialog (or, while it forks, the dialogs) of a call we made or
// were sent. RFC 3261 sections 13 to 15, 3311 (UPDATE), 3515 (REFER), 3891 (Replaces), 4028 (session timers).
//
// A Call belongs to its Agent. The pointer is good until call_ended() has returned or until hangup(),
// reject() or forget() was called: what is left of the protocol then, the Agent does alone.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sip/dialog.hpp"
#include "sip/digest.hpp"
#include "sip/transaction.hpp"

namespace tl::sip {

class Agent;
class Call;

// How a call ended without our doing.
struct Ending {
  int status = 0; // 200: BYE; 487: cancelled; 408: no answer or no sign of life; else the final response's
  std::string_view reason; // its phrase, for people
  bool refused = false;    // ended before it was answered
  bool local = false;      // no response said so: the peer was silent, or there was no way to it
};

struct ReferRequest {
  std::string_view target;   // URI of Refer-To, without its headers
  std::string_view replaces; // its Replaces header, unescaped; empty: blind transfer
};

class CallEvents {
public:
  virtual ~CallEvents() = default;
  // Of a call we made: 101 to 199, and the 2xx (its ACK is on the way).
  virtual void call_progress(Call& call, const Message& response) = 0;
  virtual void call_answered(Call& call, const Message& response) = 0;
  // The ACK of a 2xx we sent: with a body if the offer was ours.
  virtual void call_acknowledged(Call& call, const Message& ack) = 0;
  virtual void call_ended(Call& call, const Ending& ending) = 0;
  // The peer wants to change the session: answer with answer_offer() or refuse_offer(), now or later. Without
  // a body it asks us for an offer; its answer comes with call_acknowledged().
  virtual void call_offer(Call& call, std::string_view sdp) = 0;
  // The outcome of modify(): 2xx with the answer, or a failure that left the session as it was.
  virtual void call_modified(Call& call, int status, std::string_view sdp) = 0;
  // Our present session description, for a refresh that must not change anything.
  virtual std::string call_session(Call& call) = 0;
  // REFER came: accept_refer() or refuse_refer().
  virtual void call_refer(Call& call, const ReferRequest& request) = 0;
  // How our refer() goes: the status of its response if it failed, then those of the NOTIFYs.
  virtual void call_referred(Call& call, int status) = 0;
  virtual void call_info(Call& call, const Message& request) = 0;
  // NOTIFY with an event of its own ("talk", "hold"); false: not understood here.
  virtual bool call_event(Call& call, std::string_view event) = 0;
  // The final status of our notify().
  virtual void call_notified(Call& call, int status) = 0;
};

struct Outgoing {
  std::string uri;          // Request-URI
  std::string from;         // name-addr, without a tag
  std::string to;           // name-addr; empty: <uri>
  std::optional<Peer> peer; // where it goes; none: where the first route or the URI says
  std::string route;        // Route value of an outbound proxy; empty: none
  std::string headers;      // further lines, each ended by CRLF
  std::string sdp;
  std::shared_ptr<const Credentials> credentials; // to answer a challenge with
  bool bound = false; // all requests go to `peer`, whatever Contact says: it is behind a NAT or a connection
                      // of its own
};

class Call final : private ClientUser, private ServerUser {
public:
  enum class State : std::uint8_t {
    calling,    // INVITE sent
    cancelling, // hung up before its final response
    incoming,   // INVITE received, not answered
    answered,   // 2xx sent, ACK awaited
    established,
    ending, // hung up; BYE on its way, or held back for the ACK
    ended,
  };

  Call(Agent& agent, std::uint64_t tag, Outgoing outgoing);
  Call(Agent& agent, std::uint64_t tag, const Message& invite, const Peer& from, ServerTx& tx);
  ~Call() override;

  State state() const { return state_; }
  bool early() const { return !early_.empty(); } // of a call we made: somebody there rings
  void set_events(CallEvents* events) { events_ = events; }
  CallEvents* events() const { return events_; } // nullptr once nobody is told any more
  std::string_view call_id() const { return call_id_; }
  std::string local_tag() const;
  std::string_view remote_tag() const { return dialog_.remote_tag; }
  const Peer& peer() const { return peer_; }
  bool supports_replaces() const { return peer_replaces_; }

  // Of a call we were sent.
  void provisional(int status, std::string_view sdp = {});
  void accept(std::string_view sdp);
  void reject(int status, std::string_view headers = {});
  // Ends it in any state: CANCEL, BYE, or 603/487. No event follows. `headers`: of the BYE (Reason, for one).
  void hangup(std::string_view headers = {});

  // Of an established call. False: not possible now (another change is on its way, or it is over).
  bool modify(std::string_view sdp);
  void answer_offer(std::string_view sdp);
  void refuse_offer(int status);
  bool refer(std::string_view refer_to); // value of Refer-To
  void accept_refer();                   // 202 and NOTIFY 100
  void refuse_refer(int status);
  void notify_refer(int status); // final ones end the subscription
  bool info(std::string_view type, std::string_view body);
  // NOTIFY without a subscription, as desk phones take it: Event talk or hold (BroadSoft's convention). Also
  // in an early dialog.
  bool notify(std::string_view event);

private:
  friend class Agent;
  enum class Purpose : std::uint8_t; // what a request of ours was for
  struct Attempt;                    // an INVITE of ours without its final response
  struct Transfer;                   // a REFER in either direction

  // ClientUser, ServerUser
  void tx_response(ClientTx& tx, const Message& response) override;
  void tx_failed(ClientTx& tx, int status) override;
  void tx_gone(ClientTx& tx) override;
  void tx_unacknowledged(ServerTx& tx) override;
  void tx_cancelled(ServerTx& tx) override;
  void tx_gone(ServerTx& tx) override;

  // From the Agent: a request that belongs to this call, and an ACK.
  void request(const Message& message, const Peer& from);
  void acknowledged(const Message& ack);
  bool has_remote(std::string_view tag) const;

  // call.cpp
  ClientTx& send(Method method, const Dialog& dialog, const Content& content, ClientUser* user);
  void send_ack(const Dialog& dialog, std::uint32_t cseq);
  void set_peer(const Dialog& dialog, const Peer& from);
  Peer target_of(std::string_view uri) const;
  void bye(std::string_view headers = {});
  void end(const Ending& ending);
  void close();
  std::string local_party() const;
  std::string remote_party(const Dialog& dialog) const;
  std::string invite_headers(std::string_view extra) const;
  void timer();

  // call_out.cpp: INVITE from its first to its final response
  void start();
  void send_invite(std::string_view extra);
  void invite_response(ClientTx& tx, const Message& response);
  void invite_progress(const Message& response);
  void invite_answered(const Message& response);
  void invite_refused(const Message& response);
  bool retry_invite(const Message& response);

  // call_in.cpp: requests in the dialog
  void on_ack_or_silence();
  void on_bye(const Message& message, const Peer& from);
  void on_notify(const Message& message, ServerTx& tx);
  void on_refer(const Message& message, ServerTx& tx);

  // call_modify.cpp: re-INVITE, UPDATE and session timers
  void on_offer(const Message& message, ServerTx& tx);
  void send_modify();
  void modify_response(ClientTx& tx, const Message& response);
  void modify_done(int status, std::string_view sdp);
  void refresh();
  void refresh_response(const Message& response);
  void update_done(int status);
  void take_session_expires(const Message& message, bool we_asked);
  std::string session_headers(bool as_client) const;
  void restart_session_timer();
  bool short_session(const Message& message, ServerTx& tx);

  // call_refer.cpp
  void refer_done(int status);

  Agent& agent_;
  CallEvents* events_ = nullptr;
  std::uint64_t tag_;
  std::string call_id_;
  std::string local_; // name-addr without tag
  std::string remote_;
  Dialog dialog_;
  std::vector<Dialog> early_; // of a call we made, while it forks
  Peer peer_;
  std::shared_ptr<const Credentials> credentials_;
  std::unique_ptr<Attempt> attempt_;
  std::unique_ptr<Transfer> transfer_;
  ClientTx* invite_tx_ = nullptr; // ours: the first INVITE or a re-INVITE
  ClientTx* other_tx_ = nullptr;  // ours: UPDATE, REFER, NOTIFY, INFO, BYE that somebody waits for
  ServerTx* server_tx_ = nullptr; // theirs: INVITE, re-INVITE or UPDATE with an offer
  Timer timer_;                   // ringing too long, session timer, glare
  std::uint32_t cseq_ = 0;
  std::uint32_t invite_cseq_ = 0;
  std::uint32_t session_expires_s_ = 0; // 0: no session timer
  State state_;
  Purpose other_purpose_{};
  bool caller_;              // we made it
  bool bound_ = false;       // requests go to peer_ whatever Contact says
  bool refresher_ = false;   // we refresh
  bool peer_update_ = false; // peer allows UPDATE
  bool peer_replaces_ = false;
  bool peer_timer_ = false;
  bool cancel_wanted_ = false;
  bool ack_awaited_ = false; // of a 2xx of ours
};

} // namespace tl::sip
