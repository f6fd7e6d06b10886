// SPDX-License-Identifier: Apache-2.0
// One running server: everything the site asks for, built in order and taken down in reverse.
#pragma once

#include <memory>
#include <string>

#include "acd/acd.hpp"
#include "base/real_loop.hpp"
#include "main/history.hpp"
#include "main/listener.hpp"
#include "main/serve.hpp"
#include "main/settings_file.hpp"
#include "main/site.hpp"
#include "main/state_folder.hpp"
#include "server/server.hpp"
#include "store/store.hpp"

namespace tl::program {

class Installation {
public:
  explicit Installation(Log& log) : log_(log) {}
  ~Installation() { stop(); }
  Installation(const Installation&) = delete;
  Installation& operator=(const Installation&) = delete;

  // All or nothing: after an error nothing listens, runs or is left behind but the state folder.
  Result<void> start(const ServeOptions& options);
  void run() { loop_.run(); } // until a signal asks for the end
  // Ends the calls (their other sides are told), then everything else. Idempotent.
  void stop();

  const Site& site() const { return site_; }
  const std::string& state_path() const { return state_->path(); }
  const std::string& socket() const { return socket_; }
  const std::string& remote() const { return remote_; } // empty: no other machine reaches it
  const std::string& store_path() const { return store_path_; }

private:
  Result<void> read_site(const std::string& file);
  Result<void> open_store();
  Result<void> start_server();
  Result<void> load_providers();
  Result<void> start_acd();
  Result<void> listen(const std::string& wanted);
  Result<void> listen_for_others();

  Log& log_;
  RealLoop loop_;
  Site site_;
  std::string socket_, remote_, store_path_;
  std::unique_ptr<StateFolder> state_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<History> history_;
  std::unique_ptr<SettingsFile> settings_;
  std::unique_ptr<server::Server> server_;
  std::unique_ptr<acd::Acd> acd_;
  std::unique_ptr<Listener> listener_, remote_listener_;
};

} // namespace tl::program
