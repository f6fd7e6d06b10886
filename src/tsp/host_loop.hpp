// SPDX-License-Identifier: Apache-2.0
// The server's loop as a provider sees it: a tl::Loop over trunkline/provider_host.h. Destroy it before
// TSPI_providerShutdown returns; what was posted and has not run by then never runs.
#pragma once

#include "base/log.hpp"
#include "base/loop.hpp"
#include "trunkline/provider_host.h"

namespace tl::tsp {

class HostLoop final : public Loop {
public:
  explicit HostLoop(const trunkline_host& host);
  ~HostLoop() override;
  HostLoop(const HostLoop&) = delete;
  HostLoop& operator=(const HostLoop&) = delete;

  Time now() const override { return Time{Duration{host_.now_us(host_.host)}}; }
  void post(Task task) override;
  std::unique_ptr<Watch> watch(int fd, Task readable, Task writable = {}) override;
  // False under a virtual clock: open no socket and start no thread there.
  bool has_descriptors() const { return host_.has_descriptors(host_.host) != 0; }

  struct Mailbox; // private to host_loop.cpp

private:
  void timer_started(Time when) override;
  void fire();

  static void wake(void* context);

  const trunkline_host& host_;
  std::unique_ptr<Mailbox> mailbox_;
  void* timer_;
  Time armed_ = Time::max(); // when the host's timer is due
};

class HostLog final : public Log {
public:
  explicit HostLog(const trunkline_host& host);
  void write(Level level, std::string_view part, std::string_view text) override;

private:
  const trunkline_host& host_;
};

} // namespace tl::tsp
