// SPDX-License-Identifier: Apache-2.0
//
// What an asynchronous operation is in its form without a callback: `Outcome<> done = co_await
// call.answer()`. It begins when it is awaited. A coroutine that is destroyed while it waits hears nothing
// more of it; the request itself goes on at the server, a call that it makes is dropped.
#pragma once

#include <coroutine>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include <tapi.h>

namespace tl::telephony {

// 0 and a value, or a negative code (LINEERR_, PHONEERR_) without one.
template <class T = void> class [[nodiscard]] Outcome {
public:
  Outcome(LONG code) : code_(code) {}
  Outcome(LONG code, T value) : code_(code), value_(std::move(value)) {}

  explicit operator bool() const { return code_ == 0; }
  LONG code() const { return code_; }
  // Only of an outcome that is true.
  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }

private:
  LONG code_;
  std::optional<T> value_;
};

template <> class [[nodiscard]] Outcome<void> {
public:
  Outcome(LONG code) : code_(code) {}
  explicit operator bool() const { return code_ == 0; }
  LONG code() const { return code_; }

private:
  LONG code_;
};

template <class T = void> class [[nodiscard]] Operation {
public:
  using Done = std::function<void(Outcome<T>)>;
  // Starts it: a negative code is an error, and `done` will not be called; otherwise it is called once, later
  // or at once.
  using Start = std::function<LONG(Done done)>;
  // Gives up what start() returned: nobody waits any more.
  using Cancel = std::function<void(LONG id)>;

  explicit Operation(Start start) : start_(std::move(start)) {}
  Operation(Start start, Cancel cancel) : start_(std::move(start)), cancel_(std::move(cancel)) {}
  // The outcome is known without starting anything.
  explicit Operation(LONG code) : start_([code](Done) { return code; }) {}
  Operation(Operation&& other) noexcept = default;
  Operation& operator=(Operation&&) = delete;
  ~Operation() {
    if (!wait_ || wait_->outcome) return;
    wait_->abandoned = true;
    if (cancel_ && wait_->waiting) cancel_(id_);
  }

  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> waiting) {
    // Kept apart from this object: what is started may end the coroutine, and this with it.
    const std::shared_ptr<Wait> wait = wait_ = std::make_shared<Wait>();
    const LONG id = start_([wait](Outcome<T> outcome) { Wait::finish(wait, std::move(outcome)); });
    if (wait->abandoned) return true;
    if (id < 0) wait->outcome.emplace(id);
    if (wait->outcome) return false;
    id_ = id;
    wait->waiting = waiting;
    return true;
  }
  Outcome<T> await_resume() { return std::move(*wait_->outcome); }

private:
  struct Wait {
    std::coroutine_handle<> waiting;
    std::optional<Outcome<T>> outcome;
    bool abandoned = false;

    static void finish(const std::shared_ptr<Wait>& wait, Outcome<T> outcome) {
      if (wait->abandoned) {
        // What came for nobody is given back: discard(T&) of the type's own namespace.
        if constexpr (requires(T & value) { discard(value); })
          if (outcome) discard(*outcome);
        return;
      }
      if (wait->outcome) return;
      wait->outcome.emplace(std::move(outcome));
      if (wait->waiting) wait->waiting.resume();
    }
  };

  Start start_;
  Cancel cancel_;
  std::shared_ptr<Wait> wait_;
  LONG id_ = 0;
};

} // namespace tl::telephony
