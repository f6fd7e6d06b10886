// SPDX-License-Identifier: Apache-2.0
#include "tapi32/port.hpp"

#include <cstdlib>
#include <cstring>

#include "tapi32/app.hpp"
#include "tapi32/library.hpp"
#include "trunkline/completion_port.h"

namespace tl::tapi32 {

bool Port::post(const Packet& packet) {
  std::unique_lock lock{mutex_};
  if (closed_ || posted_ >= port_packets_max) return false;
  ++posted_;
  push(lock, {packet, nullptr});
  return true;
}

void Port::mark(std::shared_ptr<App> app, ULONG_PTR key) {
  std::unique_lock lock{mutex_};
  if (!closed_) push(lock, {{sizeof(LINEMESSAGE), key, nullptr}, std::move(app)});
}

void Port::push(std::unique_lock<std::mutex>& lock, Waiting waiting) {
  queue_.push_back(std::move(waiting));
  if (queue_.size() == 1) signal_.set();
  lock.unlock();
  arrived_.notify_one();
}

// Passes over marks whose messages were taken back.
std::optional<Port::Packet> Port::next_locked() {
  std::optional<Packet> next;
  while (!next && !queue_.empty()) {
    Waiting first = std::move(queue_.front());
    queue_.pop_front();
    if (!first.app) {
      --posted_;
      next = first.packet;
    } else if (const auto message = first.app->take_marked()) {
      first.packet.overlapped = std::malloc(sizeof *message);
      if (first.packet.overlapped) std::memcpy(first.packet.overlapped, &*message, sizeof *message);
      next = first.packet;
    }
    if (queue_.empty()) signal_.reset();
  }
  return next;
}

std::optional<Port::Packet> Port::take(std::optional<std::chrono::milliseconds> timeout) {
  std::unique_lock lock{mutex_};
  std::optional<Packet> taken;
  const auto ready = [&] { return closed_ || (taken = next_locked()).has_value(); };
  if (!timeout)
    arrived_.wait(lock, ready);
  else if (timeout->count() == 0)
    ready();
  else
    arrived_.wait_for(lock, *timeout, ready);
  return taken;
}

void Port::close() {
  std::deque<Waiting> dropped; // may hold the last reference to an app: it ends outside of the lock
  {
    const std::lock_guard lock{mutex_};
    closed_ = true;
    dropped.swap(queue_);
    signal_.reset();
  }
  arrived_.notify_all();
}

} // namespace tl::tapi32

using tl::tapi32::Library;

extern "C" {

HANDLE WINAPI trunkline_portCreate(void) {
  return Library::instance().add_port();
}

int WINAPI trunkline_portTake(HANDLE handle, DWORD* bytes, ULONG_PTR* key, void** overlapped,
                              DWORD timeout_ms) {
  const auto port = Library::instance().find_port(handle);
  if (!port || !bytes || !key || !overlapped) return 0;
  std::optional<std::chrono::milliseconds> timeout{timeout_ms};
  if (timeout_ms == INFINITE) timeout.reset();
  const auto packet = port->take(timeout);
  *bytes = packet ? packet->bytes : 0;
  *key = packet ? packet->key : 0;
  *overlapped = packet ? packet->overlapped : nullptr;
  return packet ? 1 : 0;
}

int WINAPI trunkline_portPost(HANDLE handle, DWORD bytes, ULONG_PTR key, void* overlapped) {
  const auto port = Library::instance().find_port(handle);
  return port && port->post({bytes, key, overlapped}) ? 1 : 0;
}

int WINAPI trunkline_portDescriptor(HANDLE handle) {
  const auto port = Library::instance().find_port(handle);
  return port ? static_cast<int>(reinterpret_cast<INT_PTR>(port->signal().handle())) : -1;
}

int WINAPI trunkline_portClose(HANDLE handle) {
  const auto port = Library::instance().remove_port(handle);
  if (!port) return 0;
  port->close();
  return 1;
}

void WINAPI trunkline_free(void* message) {
  std::free(message);
}

} // extern "C"
