// SPDX-License-Identifier: Apache-2.0
// The control side of the engine: what applies to all streams, and the table that finds an event's stream.
#pragma once

#include <map>
#include <vector>

#include "base/random.hpp"
#include "media/exchange.hpp"
#include "media/leg.hpp"
#include "media/port_pool.hpp"
#include "media/sound.hpp"
#include "media/worker.hpp"

namespace tl::media {

class StreamImpl;

// Owns a descriptor.
class Descriptor {
public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

private:
  int fd_;
};

class EngineImpl final : public Engine, private EventTarget {
public:
  EngineImpl(Loop& control, const Options& options, const Address& local, SoundLibrary sounds, int epoll_fd);
  ~EngineImpl() override;
  Result<void> begin();

  Result<void> load(const std::string& file) override { return sounds_.load(file); }
  Result<std::unique_ptr<Stream>> open(StreamEvents* events) override;
  Counters counters() const override;

  // For streams.
  Exchange& exchange() { return *exchange_; }
  const SoundLibrary& sounds() const { return sounds_; }
  sa_family_t family() const { return family_; }
  void forget(std::uint32_t index);
  // A place in a room; nullptr: it is full. Given back by leave_room().
  std::shared_ptr<Mix> enter_room(std::uint32_t room);
  void leave_room(std::uint32_t room);

private:
  struct Entry {
    StreamImpl* stream = nullptr;
    std::uint32_t generation = 0;
  };

  void deliver(const Event& event) override;

  Loop& control_;
  const std::size_t streams_max_;
  const sa_family_t family_;
  SoundLibrary sounds_;
  Random random_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> free_entries_;
  struct Room {
    std::shared_ptr<Mix> mix = std::make_shared<Mix>();
    std::size_t streams = 0;
  };
  std::map<std::uint32_t, Room> rooms_; // with somebody in them
  std::size_t streams_open_ = 0;
  std::shared_ptr<Exchange> exchange_;
  Descriptor epoll_;
  PortPool ports_;
  Worker worker_; // last: ends first
};

} // namespace tl::media
