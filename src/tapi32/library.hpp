// SPDX-License-Identifier: Apache-2.0
// The library as a whole, behind the C functions: which server this process talks to. The C interface has no
// place for a context, so there is exactly one, and it exists at this boundary only.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "tapi32/address.hpp"
#include "tapi32/codes.hpp"
#include "tapi32/port.hpp"
#include "tapi32/session.hpp"

namespace tl::tapi32 {

class Library {
public:
  // All C functions of the process work on this one.
  static Library& instance();

  // From the next connection on, the process is a client of `host`, by direct calls on the host's loop and
  // thread, without threads of the library: callbacks run on the loop, and lineGetMessage never waits.
  // nullptr: sockets again. Change it only while no app is initialised; `host` outlives every app.
  void use_in_process(wire::SessionHost* host);
  // Where the next connection goes when it is not in process, and as whom; empty: the defaults.
  void set_server(std::string name);
  void set_credentials(Credentials credentials);
  // Why the last attempt to reach a server failed; empty: it did not.
  std::string connect_error();
  // For tests: any other way to reach a server.
  void set_connector(Connector connector);

  // The present session; nothing before the first app is initialised.
  std::shared_ptr<Session> session();
  // The present session, or a new one. Nothing when no server answers or the present one is lost and not yet
  // left by all its apps; `code` (a Codes member) says which.
  std::shared_ptr<Session> connect(LONG Codes::*& code);
  // An app of `session` is gone: without apps the connection ends.
  void app_gone(const std::shared_ptr<Session>& session);

  // Completion ports, by their handles; NULL and nothing when there is none.
  HANDLE add_port();
  std::shared_ptr<Port> find_port(HANDLE handle);
  std::shared_ptr<Port> remove_port(HANDLE handle);

private:
  Connector connector_locked() const;

  std::mutex mutex_;
  std::mutex connecting_; // one thread connects, the others wait for its session
  std::shared_ptr<Session> session_;
  wire::SessionHost* host_ = nullptr;
  Connector connector_;
  std::string server_, connect_error_;
  Credentials credentials_;
  std::map<HANDLE, std::shared_ptr<Port>> ports_;
};

} // namespace tl::tapi32
