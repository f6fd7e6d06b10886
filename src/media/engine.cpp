// SPDX-License-Identifier: Apache-2.0
#include "media/engine.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/core.h>
#include <random>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include "media/stream.hpp"
#include "tapi.h"

namespace tl::media {
namespace {

std::size_t even_ports(const Options& options) {
  return (options.port_last - ((options.port_first + 1U) & ~1U)) / 2 + 1;
}

Result<void> check(const Options& options) {
  const auto wrong = [](const std::string& text) { return Error{LINEERR_INVALPARAM, "media " + text}; };
  if (options.port_first < 1024 || options.port_last <= options.port_first)
    return wrong(fmt::format("ports {} to {}: expected a range within 1024 to 65535", options.port_first,
                             options.port_last));
  if (options.streams_max == 0) return wrong("streams_max 0: expected at least 1");
  if (options.quarantine < 0s || options.quarantine > 10min) return wrong("quarantine: expected 0 to 600 s");
  if (options.rtp_timeout < 0s || options.rtp_timeout > 24h)
    return wrong("rtp_timeout: expected 0 to 86400 s");
  return {};
}

void warn_of_descriptor_limit(Log& log, std::size_t streams_max) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return;
  if (limit.rlim_cur < streams_max + 256)
    log.warn("media", "{} streams need as many descriptors; this process may have {} (ulimit -n)",
             streams_max, limit.rlim_cur);
}

std::uint64_t unpredictable() {
  std::random_device device;
  return std::uint64_t{device()} << 32 | device();
}

} // namespace

Result<std::unique_ptr<Engine>> Engine::start(Loop& control, Log& log, const Options& options) {
  if (auto checked = check(options); !checked) return checked.error();
  const auto local = Address::parse(options.address, 0);
  if (!local)
    return Error{LINEERR_INVALPARAM,
                 fmt::format("media address '{}': expected an IPv4 or IPv6 literal", options.address)};
  if (auto usable = check_local_address(*local, options.address); !usable) return usable.error();
  auto sounds = SoundLibrary::make(options.tones, options.music_file);
  if (!sounds) return sounds.error();
  const int epoll_fd = ::epoll_create1(EPOLL_CLOEXEC);
  if (epoll_fd < 0) return Error{errno, fmt::format("media: epoll: {}", std::strerror(errno))};
  warn_of_descriptor_limit(log, std::min(options.streams_max, even_ports(options)));
  auto engine = std::make_unique<EngineImpl>(control, options, *local, std::move(*sounds), epoll_fd);
  if (auto begun = engine->begin(); !begun) return begun.error();
  return std::unique_ptr<Engine>(std::move(engine));
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

EngineImpl::EngineImpl(Loop& control, const Options& options, const Address& local, SoundLibrary sounds,
                       int epoll_fd)
    : control_(control), streams_max_(std::min(options.streams_max, even_ports(options))),
      family_(local.family()), sounds_(std::move(sounds)), random_(unpredictable()),
      exchange_(std::make_shared<Exchange>(control, static_cast<EventTarget&>(*this))), epoll_(epoll_fd),
      ports_(*exchange_, local, options.port_first, options.port_last, epoll_fd),
      worker_(*exchange_, {options.quarantine, options.rtp_timeout, options.sockets_idle_max}, epoll_fd) {}

EngineImpl::~EngineImpl() {
  TL_CHECK(streams_open_ == 0, "media: streams outlive their engine");
  exchange_->stop();
  exchange_->forget_target();
  worker_.join();
}

Result<void> EngineImpl::begin() {
  return worker_.begin();
}

Result<std::unique_ptr<Stream>> EngineImpl::open(StreamEvents* events) {
  if (streams_open_ >= streams_max_)
    return Error{LINEERR_RESOURCEUNAVAIL,
                 fmt::format("media: all {} streams are open (streams_max and ports)", streams_max_)};
  auto slot = ports_.acquire();
  if (!slot) return slot.error();
  if (free_entries_.empty()) {
    free_entries_.push_back(static_cast<std::uint32_t>(entries_.size()));
    entries_.emplace_back();
  }
  const std::uint32_t index = free_entries_.back();
  free_entries_.pop_back();
  auto& entry = entries_[index];
  const std::uint64_t start = random_.next(); // RFC 3550, 5.1: sequence and timestamp begin anywhere
  const Sender sender(static_cast<std::uint32_t>(random_.next()), static_cast<std::uint16_t>(start),
                      static_cast<std::uint32_t>(start >> 32));
  Leg* leg = new Leg(**slot, index, ++entry.generation, sender); // freed by the media thread
  auto stream = std::make_unique<StreamImpl>(*this, *leg, events);
  entry.stream = stream.get();
  ++streams_open_;
  return std::unique_ptr<Stream>(std::move(stream));
}

void EngineImpl::forget(std::uint32_t index) {
  entries_[index].stream = nullptr;
  free_entries_.push_back(index);
  --streams_open_;
}

std::shared_ptr<Mix> EngineImpl::enter_room(std::uint32_t number) {
  Room& room = rooms_[number];
  if (room.streams >= room_streams_max) return nullptr;
  ++room.streams;
  return room.mix;
}

void EngineImpl::leave_room(std::uint32_t number) {
  const auto room = rooms_.find(number);
  if (--room->second.streams == 0) rooms_.erase(room);
}

void EngineImpl::deliver(const Event& event) {
  const auto& entry = entries_[event.index];
  if (!entry.stream || entry.generation != event.generation) return;
  entry.stream->happened(event, control_.now() - (steady_now() - event.at));
}

Counters EngineImpl::counters() const {
  const auto& tally = exchange_->tally;
  const auto read = [](const auto& counter) { return counter.load(std::memory_order_relaxed); };
  Counters counters;
  counters.packets_received = read(tally.received);
  counters.packets_sent = read(tally.sent);
  counters.dropped_malformed = read(tally.malformed);
  counters.dropped_stray = read(tally.stray);
  counters.dropped_unwanted = read(tally.unwanted);
  counters.dropped_unsent = read(tally.unsent);
  counters.events_lost = read(tally.events_lost);
  counters.streams_open = streams_open_;
  counters.sockets_open = read(tally.sockets);
  return counters;
}

} // namespace tl::media
