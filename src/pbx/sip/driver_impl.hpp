// SPDX-License-Identifier: Apache-2.0
// The SIP driver: who may call and register, where calls go, one agent and one media engine for all of them.
#pragma once

#include <memory>
#include <string>

#include "base/log.hpp"
#include "base/loop.hpp"
#include "pbx/driver.hpp"
#include "pbx/sip/config.hpp"
#include "pbx/sip/leg.hpp"

namespace tl::pbx::sip_driver {

class SipDriver final : public Driver,
                        private sip::AgentEvents,
                        private sip::RegistrarEvents,
                        private sip::SecretSource {
public:
  SipDriver(const DriverStart& start, Settings settings);
  ~SipDriver() override;
  // Opens the listeners and the media engine; the error names what could not be had.
  Result<void> open();

  std::unique_ptr<Leg> place(const Destination& to, LegOwner& owner) override;

  Loop& loop() { return loop_; }
  Log& log() { return log_; }
  sip::Agent& agent() { return agent_; }
  media::Engine* engine() { return engine_.get(); } // nullptr: signalling only
  // What descriptions towards `peer` name for the stream.
  sip::Address media_address(const sip::Address& peer, const media::Stream* stream) const;
  std::uint64_t session_id(const SipLeg* leg) const;

private:
  struct Source { // whose call it is
    Destination::Kind kind = Destination::Kind::station;
    Station* station = nullptr;
    Trunk* trunk = nullptr;
  };

  // AgentEvents
  sip::Admission admit(const sip::Message& invite, const sip::Peer& from) override;
  sip::CallEvents* incoming_call(sip::Call& call, const sip::Message& invite, const sip::Peer& from) override;
  bool incoming_request(const sip::Message& request, const sip::Peer& from) override;
  // RegistrarEvents
  const std::string* registrar_password(std::string_view user) override;
  void registrar_reachable(const std::string& user, bool reachable) override;
  // SecretSource
  const std::string* password_of(std::string_view user) override { return registrar_password(user); }

  sip::Admission admit_station(const sip::Message& invite, const sip::Peer& from, Station& station);
  sip::Admission admit_trunk(const sip::Peer& from);
  bool trusted_contact(const Station& station, const sip::Peer& from) const;
  std::vector<sip::Outgoing> to_station(const Destination& to);
  std::vector<sip::Outgoing> to_trunk(const Destination& to, const Trunk& trunk);
  Trunk* find_trunk(const std::string& name);
  std::string party(const Party& party, const sip::Peer& towards);

  Loop& loop_;
  Log& log_;
  DriverEvents& events_;
  Settings settings_;
  std::unique_ptr<media::Engine> engine_;
  sip::Agent agent_;
  sip::Authenticator authenticator_;
  sip::Registrar registrar_;
  Source admitted_; // by admit(), for the incoming_call() that follows it
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace tl::pbx::sip_driver
