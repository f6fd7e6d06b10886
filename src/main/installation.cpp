// SPDX-License-Identifier: Apache-2.0
#include "main/installation.hpp"

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fmt/core.h>
#include <sys/resource.h>

#include "main/acd_config.hpp"
#include "main/end_calls.hpp"
#include "main/passwords.hpp"
#include "main/paths.hpp"
#include "main/tls_door.hpp"
#include "main/unix_door.hpp"
#include "tapi32/library.hpp"

namespace tl::program {
namespace {

// Every call's media needs descriptors: as many as the system allows this process.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// A bare name is beside the program; any other relative path is beside the site file.
std::string provider_path(const Site& site, const std::string& file) {
  std::filesystem::path path(file);
  if (path.is_absolute()) return file;
  if (!path.has_parent_path()) return program_folder() + "/" + file;
  return (std::filesystem::path(site.file).parent_path() / path).string();
}

// The second Ctrl-C does not wait.
void end_at_once_next_time() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

} // namespace

Result<void> Installation::start(const ServeOptions& options) {
  raise_descriptor_limit();
  if (auto read = read_site(options.site); !read) return read;
  log_.set_threshold(site_.log_level);
  auto state = StateFolder::open(options.state.empty() ? default_state_folder() : options.state);
  if (!state) return state.error();
  state_ = std::move(*state);
  if (auto made = complete_passwords(site_, state_->file("passwords")); !made) return made;
  loop_.on_signals({SIGINT, SIGTERM}, [this](int) {
    end_at_once_next_time();
    loop_.stop();
  });
  if (auto opened = open_store(); !opened) return opened;
  if (auto made = start_server(); !made) return made;
  if (auto loaded = load_providers(); !loaded) return loaded;
  if (auto started = start_acd(); !started) return started;
  if (auto opened = listen_for_others(); !opened) return opened;
  // The socket comes last: who sees it can use everything.
  return listen(options.socket);
}

Result<void> Installation::read_site(const std::string& file) {
  Result<Site> site =
      file.empty() ? parse_site(default_site_text(), "(embedded default site)") : load_site(file);
  if (!site) return site.error();
  site_ = std::move(*site);
  return {};
}

Result<void> Installation::open_store() {
  store_path_ = site_.store_path.empty() ? state_->file("trunkline.db") : site_.store_path;
  auto store =
      store::Store::open({.path = store_path_,
                          .tenant = site_.tenant,
                          .events_queued_max = static_cast<std::size_t>(site_.store_events_queued_max),
                          .bytes_max = static_cast<std::uint64_t>(site_.store_size_max_mb) << 20},
                         log_);
  if (!store) return store.error();
  store_ = std::move(*store);
  history_ = std::make_unique<History>(*store_);
  return {};
}

namespace {
// A provider that keeps the loop for longer is named in the log.
constexpr std::chrono::milliseconds provider_call_max{1000};
} // namespace

Result<void> Installation::start_server() {
  settings_ = std::make_unique<SettingsFile>(state_->file("settings.json"), log_);
  auto kept = settings_->load(site_);
  if (!kept) return kept.error();
  server::Options options;
  options.provider_folder = program_folder();
  for (const UserEntry& user : site_.users)
    options.access[user.name] = {user.administrator, user.control, user.monitor};
  options.settings = std::move(*kept);
  options.settings_store = settings_.get();
  options.watchdog_interval = provider_call_max;
  server_ = std::make_unique<server::Server>(loop_, log_, std::move(options));
  tapi32::Library::instance().use_in_process(server_.get());
  return {};
}

// A provider that cannot start, because its device is away, costs its own lines only, unless it is the only
// one. One that is not there or does not understand its configuration is a mistake in the site file, and
// nothing starts.
Result<void> Installation::load_providers() {
  Result<void> failed;
  std::size_t running = 0;
  for (const ProviderEntry& entry : site_.providers) {
    std::string path = provider_path(site_, entry.file);
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
      return Error{
          ENOENT,
          fmt::format(
              "{}: provider.file: \"{}\": no such file: {}; expected a telephony service provider (.tsp)",
              site_.file, entry.file, path)};
    auto loaded =
        server_->load_provider(path, entry.config_json.empty() ? switch_json(site_) : entry.config_json);
    if (loaded) {
      ++running;
    } else if (loaded.error().code == LINEERR_OPERATIONFAILED && site_.providers.size() > 1) {
      log_.error("main", "{}; the server goes on without its lines", loaded.error().text);
      failed = loaded;
    } else {
      return loaded;
    }
  }
  return running > 0 ? Result<void>{} : failed;
}

Result<void> Installation::start_acd() {
  acd_ =
      std::make_unique<acd::Acd>(loop_, log_, acd_config(site_, store_->tenant_id(), store_->next_number()),
                                 std::vector<acd::EventSink*>{history_.get()});
  return acd_->start();
}

Result<void> Installation::listen(const std::string& wanted) {
  socket_ = !wanted.empty()              ? wanted
            : !site_.tapi_socket.empty() ? site_.tapi_socket
                                         : socket_to_serve(state_->path());
  auto listener = listen_unix(loop_, log_, *server_, socket_);
  if (!listener) return listener.error();
  listener_ = std::move(*listener);
  return {};
}

Result<void> Installation::listen_for_others() {
  const Site::Remote& remote = site_.remote;
  if (remote.listen.empty()) return {};
  TlsOptions options{.listen = remote.listen, .certificate = remote.certificate, .key = remote.key, .ca = remote.ca};
  for (const UserEntry& user : site_.users)
    if (auto hash = parse_password_hash(user.password)) options.passwords.emplace(user.name, std::move(*hash));
  auto door = open_tls_door(loop_, std::move(options));
  if (!door) return Error{door.error().code, fmt::format("{}: [remote]: {}", site_.file, door.error().text)};
  remote_ = (*door)->name();
  remote_listener_ = Listener::make(loop_, log_, *server_, std::move(*door));
  return {};
}

void Installation::stop() {
  listener_.reset();
  remote_listener_.reset();
  // While the ACD still looks: its history then says how each call ended.
  if (acd_) end_calls(loop_);
  acd_.reset();
  if (server_) {
    tapi32::Library::instance().use_in_process(nullptr);
    server_->shutdown();
  }
  server_.reset();
  settings_.reset();
  history_.reset();
  store_.reset();
  state_.reset();
}

} // namespace tl::program
