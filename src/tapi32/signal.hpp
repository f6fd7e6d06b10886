// SPDX-License-Identifier: Apache-2.0
// The event handle of LINEINITIALIZEEXOPTION_USEEVENT: on Linux an eventfd, readable while messages wait.
#pragma once

#include <chrono>

#include "tapi.h"

namespace tl::tapi32 {

class Signal {
public:
  Signal() = default;
  ~Signal();
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  // False when the system has no handle left.
  bool open();
  void set() const;
  void reset() const;
  // Until it is set, or `limit` has passed; false then.
  bool wait(std::chrono::milliseconds limit) const;
  // What goes into Handles.hEvent.
  HANDLE handle() const { return reinterpret_cast<HANDLE>(static_cast<INT_PTR>(fd_)); }

private:
  int fd_ = -1;
};

} // namespace tl::tapi32
