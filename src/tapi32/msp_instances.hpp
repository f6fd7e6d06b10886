// SPDX-License-Identifier: Apache-2.0
// The process's ends of connections between providers and media service providers (trunkline/msp.h). Blocks
// are delivered on one thread, so that a slow program never holds up the reading of events; in process, at
// once on the loop. Shared with that thread, which may find itself the last one in it.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "tapi.h"
#include "trunkline/msp.h"
#include "wire/frame.hpp"

namespace tl::tapi32 {

// Sent and not taken; a program that lets more wait loses its connection.
inline constexpr std::size_t msp_blocks_max = 4'096;
inline constexpr std::size_t msp_blocks_bytes_max = 16 * 1024 * 1024;

class MspInstances : public std::enable_shared_from_this<MspInstances> {
public:
  explicit MspInstances(bool threads) : threads_(threads) {}
  ~MspInstances();

  // Between these two, data for an instance that is not known yet waits.
  void begin_create();
  void end_create(HMSPLINE handle, TRUNKLINE_MSPCALLBACK callback, void* context); // 0: it came to nothing
  // False: none such. Waits for a running callback of it, unless called from it.
  bool remove(HMSPLINE handle);
  // LINE_SENDMSPDATA. False: too much waits.
  bool event(const wire::Event& event);
  void end_all(); // the server is gone
  void stop();    // no callback runs any more; waits for a running one, unless called from it

private:
  struct Instance {
    TRUNKLINE_MSPCALLBACK callback = nullptr;
    void* context = nullptr;
  };
  struct Delivery {
    HMSPLINE handle = 0;
    HCALL call = 0;
    std::optional<wire::Buffer> block; // nothing: the end
  };

  bool push(Delivery delivery);
  void run();
  void deliver(std::unique_lock<std::mutex>& lock, const Delivery& delivery);

  const bool threads_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<HMSPLINE, Instance> instances_;
  std::deque<Delivery> waiting_;
  std::size_t waiting_bytes_ = 0;
  int creating_ = 0;
  HMSPLINE running_ = 0; // whose callback runs
  std::thread::id runner_;
  bool stopping_ = false;
  std::thread thread_; // since the first block
};

} // namespace tl::tapi32
