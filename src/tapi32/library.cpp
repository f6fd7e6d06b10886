// SPDX-License-Identifier: Apache-2.0
#include "tapi32/library.hpp"

#include <cstdlib>
#include <unistd.h>

#include "tapi32/direct_channel.hpp"
#include "tapi32/unix_channel.hpp"
#include "trunkline/tapi_ext.h"

namespace tl::tapi32 {

// Never destroyed: a program's own threads may still be in a call while the process ends.
Library& Library::instance() {
  static Library& library = *new Library;
  return library;
}

void Library::use_in_process(wire::SessionHost* host) {
  const std::lock_guard lock{mutex_};
  host_ = host;
}

void Library::set_server(std::string socket_path) {
  const std::lock_guard lock{mutex_};
  server_ = std::move(socket_path);
}

void Library::set_connector(Connector connector) {
  const std::lock_guard lock{mutex_};
  connector_ = std::move(connector);
}

std::shared_ptr<Session> Library::session() {
  const std::lock_guard lock{mutex_};
  return session_;
}

Connector Library::connector_locked() const {
  if (connector_.connect) return connector_;
  if (host_) return {[host = host_](wire::EventSink& sink) { return connect_direct(*host, sink); }, false};
  const std::string path = server_.empty() ? default_server() : server_;
  return {[path](wire::EventSink& sink) { return connect_unix(path, sink); }, true};
}

std::shared_ptr<Session> Library::connect(LONG Codes::*& code) {
  const std::lock_guard connecting{connecting_};
  Connector connector;
  {
    const std::lock_guard lock{mutex_};
    if (session_ && session_->is_lost() && session_->has_apps()) {
      code = &Codes::reinit;
      return nullptr;
    }
    if (session_ && !session_->is_lost()) return session_;
    connector = connector_locked();
  }
  auto opened = Session::open(connector);
  if (!opened) {
    code = &Codes::failed;
    return nullptr;
  }
  const std::lock_guard lock{mutex_};
  session_ = *opened;
  return session_;
}

void Library::app_gone(const std::shared_ptr<Session>& session) {
  std::shared_ptr<Session> last; // ends outside of the lock: it may have to wait for its thread
  const std::lock_guard connecting{connecting_};
  const std::lock_guard lock{mutex_};
  if (session_ == session && !session->has_apps()) last = std::move(session_);
}

HANDLE Library::add_port() {
  auto port = std::make_shared<Port>();
  if (!port->open()) return nullptr;
  const std::lock_guard lock{mutex_};
  HANDLE const handle = port.get();
  ports_[handle] = std::move(port);
  return handle;
}

std::shared_ptr<Port> Library::find_port(HANDLE handle) {
  const std::lock_guard lock{mutex_};
  const auto at = ports_.find(handle);
  return at == ports_.end() ? nullptr : at->second;
}

std::shared_ptr<Port> Library::remove_port(HANDLE handle) {
  const std::lock_guard lock{mutex_};
  const auto node = ports_.extract(handle);
  return node.empty() ? nullptr : std::move(node.mapped());
}

std::string default_server() {
  if (const char* const named = std::getenv("TRUNKLINE_SOCKET"); named && *named) return named;
  if (const char* const runtime = std::getenv("XDG_RUNTIME_DIR"); runtime && *runtime) {
    std::string own = std::string{runtime} + "/trunkline/tapi.sock";
    if (::access(own.c_str(), F_OK) == 0) return own;
  }
  return "/run/trunkline/tapi.sock";
}

} // namespace tl::tapi32

extern "C" LONG WINAPI trunkline_setServer(const char* socket_path) {
  tl::tapi32::Library::instance().set_server(socket_path ? socket_path : "");
  return 0;
}
