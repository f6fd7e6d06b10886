// SPDX-License-Identifier: Apache-2.0
// The client's end of a registration (RFC 3261 section 10.2): registers, answers the challenge, refreshes,
// tries again.
#pragma once

#include <string>

#include "sip/agent.hpp"

namespace tl::sip {

struct RegistrationConfig {
  std::string registrar; // URI, as "sip:192.0.2.1:5060;transport=tcp"
  std::string address;   // URI of the address of record
  Credentials credentials;
  std::uint32_t expires_s = 300;
  Duration retry_after = std::chrono::seconds(30); // after a failure
};

class RegistrationEvents {
public:
  virtual ~RegistrationEvents() = default;
  // 200: registered (also after each refresh); else the final status of an attempt that failed.
  virtual void registration_changed(int status) = 0;
};

class Registration final : private ClientUser {
public:
  Registration(Agent& agent, RegistrationConfig config, RegistrationEvents& events);
  ~Registration() override;

  void start();
  // Takes the binding away; nothing is reported any more.
  void stop();
  bool registered() const { return registered_; }

private:
  void send(std::uint32_t expires_s, const std::string& authorization);
  void tx_response(ClientTx& tx, const Message& response) override;
  void tx_failed(ClientTx& tx, int status) override;
  void tx_gone(ClientTx& tx) override;
  void done(int status, std::uint32_t expires_s);

  Agent& agent_;
  RegistrationConfig config_;
  RegistrationEvents& events_;
  Peer peer_;
  std::string call_id_, tag_;
  ClientTx* tx_ = nullptr;
  Timer timer_;
  std::uint32_t cseq_ = 0;
  unsigned challenges_ = 0;
  bool registered_ = false, stopping_ = false;
};

} // namespace tl::sip
