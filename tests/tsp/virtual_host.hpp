// SPDX-License-Identifier: Apache-2.0
// The server's side of provider_host.h over a virtual loop, for tests of providers.
#pragma once

#include <memory>
#include <string>

#include "base/virtual_loop.hpp"
#include "trunkline/provider_host.h"

namespace tl::test {

class VirtualHost {
public:
  explicit VirtualHost(std::string config) : config_(std::move(config)) {
    host.size = sizeof(host);
    host.version = TRUNKLINE_PROVIDER_HOST_VERSION;
    host.host = this;
    host.now_us = [](void* self) -> int64_t { return of(self).loop.now().time_since_epoch().count(); };
    host.post = [](void* self, trunkline_callback callback, void* context) {
      of(self).loop.post([callback, context] { callback(context); });
    };
    host.timer_create = [](void* self, trunkline_callback callback, void* context) -> void* {
      ++of(self).timers;
      return new Timer(of(self).loop, [callback, context] { callback(context); });
    };
    host.timer_start_at = [](void*, void* timer, int64_t when) {
      static_cast<Timer*>(timer)->start_at(Time{Duration{when}});
    };
    host.timer_stop = [](void*, void* timer) { static_cast<Timer*>(timer)->stop(); };
    host.timer_destroy = [](void* self, void* timer) {
      --of(self).timers;
      delete static_cast<Timer*>(timer);
    };
    host.has_descriptors = [](void*) { return 0; };
    host.watch_create = [](void*, int, trunkline_callback, trunkline_callback, void*) -> void* {
      return nullptr;
    };
    host.watch_want_write = [](void*, void*, int) {};
    host.watch_destroy = [](void*, void*) {};
    host.log_wants = [](void* self, int level) { return level >= of(self).log_level ? 1 : 0; };
    host.log = [](void* self, int, const char* part, const char* text) {
      of(self).log += std::string(part) + ": " + text + "\n";
    };
    host.config_json = [](void* self) { return of(self).config_.c_str(); };
  }

  trunkline_host host{};
  VirtualLoop loop;
  std::string log;
  int log_level = 3;
  int timers = 0; // not yet destroyed

private:
  static VirtualHost& of(void* self) { return *static_cast<VirtualHost*>(self); }
  std::string config_;
};

} // namespace tl::test
