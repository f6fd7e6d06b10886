// SPDX-License-Identifier: Apache-2.0
#include "server/core.hpp"

namespace tl::server {

Core::Core(Loop& on, Log& to, Options with)
    : loop(on), log(to), options(std::move(with)), handles(options.limits.handles_max),
      requests(options.limits.requests_max), phones(*this, options.limits.handles_max),
      names_(options.limits.calls_max) {
  // What is filled for an application travels in one frame with its header.
  constexpr std::size_t possible = wire::frame_size_max_bytes / 2;
  for (std::size_t* each :
       {&options.limits.structure_bytes_max, &options.limits.dialog_bytes_max, &options.limits.msp_bytes_max})
    if (*each > possible) *each = possible;
  if (options.watchdog_interval.count() > 0)
    watchdog_ = std::make_unique<Watchdog>(log, options.watchdog_interval);
}

Core::~Core() {
  shutdown();
}

bool Core::keep(Settings changed) {
  if (options.settings_store && !options.settings_store->save(changed)) return false;
  options.settings = std::move(changed);
  return true;
}

App* Core::app(const Client& client, DWORD handle) {
  const AppHandle found = handles.get(handle);
  if (found.kind != AppHandle::Kind::app) return nullptr;
  App* const app = static_cast<App*>(found.object);
  return &app->client == &client ? app : nullptr;
}

OpenLine* Core::line(const Client& client, DWORD handle) {
  const AppHandle found = handles.get(handle);
  if (found.kind != AppHandle::Kind::line) return nullptr;
  OpenLine* const open = static_cast<OpenLine*>(found.object);
  return &open->app.client == &client ? open : nullptr;
}

CallHandle* Core::call(const Client& client, DWORD handle) {
  const AppHandle found = handles.get(handle);
  if (found.kind != AppHandle::Kind::call) return nullptr;
  CallHandle* const call = static_cast<CallHandle*>(found.object);
  return &call->open.app.client == &client ? call : nullptr;
}

DWORD Core::tick_ms() const {
  return static_cast<DWORD>(
      std::chrono::duration_cast<std::chrono::milliseconds>(loop.now().time_since_epoch()).count());
}

DWORD Core::add_name(Named named) {
  const std::lock_guard lock{mutex_};
  return names_.add(named);
}

Core::Named Core::named(DWORD_PTR name) {
  const std::lock_guard lock{mutex_};
  return name <= 0xFFFFFFFFU ? names_.get(static_cast<DWORD>(name)) : Named{};
}

void Core::set_name(DWORD name, Named named) {
  const std::lock_guard lock{mutex_};
  names_.set(name, named);
}

void Core::remove_name(DWORD name) {
  const std::lock_guard lock{mutex_};
  names_.remove(name);
}

std::size_t Core::reports_waiting() {
  const std::lock_guard lock{mutex_};
  return reports_.size();
}

} // namespace tl::server
