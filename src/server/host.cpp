// SPDX-License-Identifier: Apache-2.0
#include "server/host.hpp"

#include <utility>

namespace tl::server {

struct Host::HostTimer : Link<OfHost> {
  // The handler captures one pointer alone, so that firing it (from a copy) allocates nothing.
  HostTimer(Host& to, trunkline_callback run, void* with)
      : host(to), callback(run), context(with), timer(to.loop_, [this] { host.around_(callback, context); }) {
  }
  Host& host;
  trunkline_callback callback;
  void* context;
  Timer timer;
};

struct Host::HostWatch : Link<OfHost> {
  std::unique_ptr<Watch> watch;
};

struct Host::Functions {
  static Host& self(void* host) { return *static_cast<Host*>(host); }

  static int64_t now_us(void* host) { return self(host).loop_.now().time_since_epoch().count(); }

  static void post(void* host, trunkline_callback callback, void* context) {
    // Any thread: `alive_` is only copied here and looked through on the loop.
    self(host).loop_.post([alive = std::weak_ptr<Host*>{self(host).alive_}, callback, context] {
      if (const auto still = alive.lock()) (*still)->around_(callback, context);
    });
  }

  static void* timer_create(void* host, trunkline_callback callback, void* context) {
    auto* timer = new HostTimer{self(host), callback, context};
    self(host).timers_.push_back(*timer);
    return timer;
  }
  static void timer_start_at(void*, void* timer, int64_t when_us) {
    static_cast<HostTimer*>(timer)->timer.start_at(Time{Duration{when_us}});
  }
  static void timer_stop(void*, void* timer) { static_cast<HostTimer*>(timer)->timer.stop(); }
  static void timer_destroy(void*, void* timer) { delete static_cast<HostTimer*>(timer); }

  static int has_descriptors(void* host) { return self(host).has_descriptors_ ? 1 : 0; }
  static void* watch_create(void* host, int fd, trunkline_callback readable, trunkline_callback writable,
                            void* context) {
    Host& to = self(host);
    auto* watch = new HostWatch;
    Task on_writable;
    if (writable) on_writable = [&to, writable, context] { to.around_(writable, context); };
    watch->watch = to.loop_.watch(
        fd, [&to, readable, context] { to.around_(readable, context); }, std::move(on_writable));
    to.watches_.push_back(*watch);
    return watch;
  }
  static void watch_want_write(void*, void* watch, int on) {
    static_cast<HostWatch*>(watch)->watch->want_write(on != 0);
  }
  static void watch_destroy(void*, void* watch) { delete static_cast<HostWatch*>(watch); }

  static Level level(int level) {
    switch (level) {
    case 1: return Level::debug;
    case 2: return Level::info;
    case 3: return Level::warn;
    default: return Level::error;
    }
  }
  static int log_wants(void* host, int wanted) { return self(host).log_.wants(level(wanted)) ? 1 : 0; }
  static void log(void* host, int wanted, const char* part, const char* text) {
    Log& to = self(host).log_;
    if (to.wants(level(wanted))) to.write(level(wanted), part ? part : "provider", text ? text : "");
  }
  static const char* config_json(void* host) { return self(host).config_json_.c_str(); }
};

Host::Host(Loop& loop, Log& log, std::string config_json, bool has_descriptors, Around around)
    : loop_(loop), log_(log), config_json_(std::move(config_json)), has_descriptors_(has_descriptors),
      around_(std::move(around)), alive_(std::make_shared<Host*>(this)) {
  c_.size = sizeof c_;
  c_.version = TRUNKLINE_PROVIDER_HOST_VERSION;
  c_.host = this;
  c_.now_us = &Functions::now_us;
  c_.post = &Functions::post;
  c_.timer_create = &Functions::timer_create;
  c_.timer_start_at = &Functions::timer_start_at;
  c_.timer_stop = &Functions::timer_stop;
  c_.timer_destroy = &Functions::timer_destroy;
  c_.has_descriptors = &Functions::has_descriptors;
  c_.watch_create = &Functions::watch_create;
  c_.watch_want_write = &Functions::watch_want_write;
  c_.watch_destroy = &Functions::watch_destroy;
  c_.log_wants = &Functions::log_wants;
  c_.log = &Functions::log;
  c_.config_json = &Functions::config_json;
}

Host::~Host() {
  alive_.reset();
  timers_.for_each([](HostTimer& timer) { delete &timer; });
  watches_.for_each([](HostWatch& watch) { delete &watch; });
}

} // namespace tl::server
