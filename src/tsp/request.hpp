// SPDX-License-Identifier: Apache-2.0
// One asynchronous TSPI request on its way through a provider. It completes exactly once: by complete() or
// fail(), or as LINEERR_OPERATIONFAILED when it is destroyed undecided [synchronous-asynchronous-model].
#pragma once

#include <utility>

#include "tspi.h"

namespace tl::tsp {

// The way back to TAPI, shared by all requests of a provider. A failure that is known before the TSPI
// function has returned becomes its result, as documented (nothing follows it); everything else goes to
// ASYNC_COMPLETION.
class Completer {
public:
  void set_procedure(ASYNC_COMPLETION procedure) { procedure_ = procedure; }
  void begin(DRV_REQUESTID id) {
    dispatching_ = id;
    result_ = static_cast<LONG>(id);
  }
  // The TSPI function's result.
  LONG end() {
    dispatching_ = 0;
    return result_;
  }
  void complete(DRV_REQUESTID id, LONG result) {
    if (result < 0 && id == dispatching_)
      result_ = result;
    else if (procedure_ != nullptr)
      procedure_(id, result);
  }

private:
  ASYNC_COMPLETION procedure_ = nullptr;
  DRV_REQUESTID dispatching_ = 0;
  LONG result_ = 0;
};

class Request {
public:
  Request() = default; // empty: complete() does nothing
  Request(Completer& completer, DRV_REQUESTID id, LONG undecided = LINEERR_OPERATIONFAILED)
      : completer_(&completer), id_(id), undecided_(undecided) {}
  Request(Request&& other) noexcept
      : completer_(std::exchange(other.completer_, nullptr)), id_(other.id_), undecided_(other.undecided_) {}
  Request& operator=(Request&& other) noexcept {
    if (this != &other) {
      complete(undecided_);
      completer_ = std::exchange(other.completer_, nullptr);
      id_ = other.id_;
      undecided_ = other.undecided_;
    }
    return *this;
  }
  ~Request() { complete(undecided_); }

  explicit operator bool() const { return completer_ != nullptr; }
  DRV_REQUESTID id() const { return id_; }
  // 0 or a negative LINEERR_ or PHONEERR_.
  void complete(LONG result = 0) {
    if (Completer* completer = std::exchange(completer_, nullptr)) completer->complete(id_, result);
  }
  void fail(LONG error) { complete(error); }

private:
  Completer* completer_ = nullptr;
  DRV_REQUESTID id_ = 0;
  LONG undecided_ = LINEERR_OPERATIONFAILED; // the result when nobody gives one
};

} // namespace tl::tsp
