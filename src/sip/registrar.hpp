// SPDX-License-Identifier: Apache-2.0
// Registrations (RFC 3261 section 10.3): who is reachable where, and until when.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sip/agent.hpp"
#include "sip/authenticator.hpp"

namespace tl::sip {

struct RegistrarLimits {
  std::size_t addresses_max = 50'000;
  std::size_t contacts_max = 8; // of one address of record
  std::uint32_t expires_min_s = 30;
  std::uint32_t expires_default_s = 300;
  std::uint32_t expires_max_s = 7200;
};

struct Binding {
  std::string contact; // URI as it was registered: the Request-URI of calls there
  Peer source;         // where the REGISTER came from
  bool bound = false;  // behind a NAT or on a connection of its own: calls go to `source`
  std::string call_id;
  std::uint32_t cseq = 0;
  Time expires{};
  std::string user_agent;
};

class RegistrarEvents {
public:
  virtual ~RegistrarEvents() = default;
  // May this user register, and be authenticated by password? nullptr: there is no such address.
  virtual const std::string* registrar_password(std::string_view user) = 0;
  // The first binding appeared, or the last one went away.
  virtual void registrar_reachable(const std::string& user, bool reachable) = 0;
};

class Registrar final : private SecretSource {
public:
  Registrar(Agent& agent, Authenticator& authenticator, RegistrarEvents& events,
            const RegistrarLimits& limits = {});
  ~Registrar() override;

  // Answers a REGISTER.
  void handle(const Message& request, const Peer& from);
  // Bindings of a user, the latest first; nullptr if there is none.
  const std::vector<Binding>* find(const std::string& user) const;
  std::size_t size() const { return addresses_.size(); }

private:
  struct Entry;
  const std::string* password_of(std::string_view user) override;
  bool authenticated(const Message& request, const Peer& from, const std::string& user);
  int update(const Message& request, const Peer& from, Entry& entry);
  int update_one(const Message& request, const Peer& from, Entry& entry, std::string_view item);
  void answer(const Message& request, const Peer& from, const Entry* entry);
  void expire(const std::string& user);
  void settle(const std::string& user);

  Agent& agent_;
  Authenticator& authenticator_;
  RegistrarEvents& events_;
  RegistrarLimits limits_;
  std::map<std::string, std::unique_ptr<Entry>, std::less<>> addresses_;
};

} // namespace tl::sip
