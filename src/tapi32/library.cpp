// SPDX-License-Identifier: Apache-2.0
#include "tapi32/library.hpp"

#include <algorithm>
#include <cstring>

#include "tapi32/direct_channel.hpp"
#include "tapi32/socket_channel.hpp"
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

void Library::set_server(std::string name) {
  const std::lock_guard lock{mutex_};
  server_ = std::move(name);
}

void Library::set_credentials(Credentials credentials) {
  const std::lock_guard lock{mutex_};
  credentials_ = std::move(credentials);
}

std::string Library::connect_error() {
  const std::lock_guard lock{mutex_};
  return connect_error_;
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
  return {[server = find_server(server_, credentials_)](
              wire::EventSink& sink) -> Result<std::unique_ptr<wire::Channel>> {
            if (!server) return server.error();
            return connect_socket(*server, sink);
          },
          true};
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
  const std::lock_guard lock{mutex_};
  connect_error_ = opened ? std::string{} : opened.error().text;
  if (!opened) {
    code = &Codes::failed;
    return nullptr;
  }
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

} // namespace tl::tapi32

extern "C" LONG WINAPI trunkline_setServer(const char* name) {
  tl::tapi32::Library::instance().set_server(name ? name : "");
  return 0;
}

extern "C" LONG WINAPI trunkline_setCredentials(const char* user, const char* password, const char* ca_file) {
  tl::tapi32::Library::instance().set_credentials(
      {user ? user : "", password ? password : "", ca_file ? ca_file : ""});
  return 0;
}

extern "C" LONG WINAPI trunkline_getConnectError(char* text, DWORD size) {
  if (!text || size == 0) return LINEERR_INVALPOINTER;
  const std::string why = tl::tapi32::Library::instance().connect_error();
  const std::size_t length = std::min<std::size_t>(why.size(), size - 1);
  std::memcpy(text, why.data(), length);
  text[length] = 0;
  return 0;
}
