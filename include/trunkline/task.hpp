// SPDX-License-Identifier: Apache-2.0
//
// A coroutine that computes a T: `Task<bool> consult(Call& call)`. It begins when it is awaited, or with
// start() or Telephony::spawn(). Destroying it in the middle ends it: what it awaits is given up and its
// local objects are destroyed. One thread, one owner; nothing here is thread-safe.
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace tl::telephony {

template <class T> class Task;

namespace detail {

// What every task's frame has: who waits for its end, and the exception that ended it.
class TaskPromise {
public:
  struct Final {
    bool await_ready() const noexcept { return false; }
    template <class P> std::coroutine_handle<> await_suspend(std::coroutine_handle<P> ended) const noexcept {
      TaskPromise& promise = ended.promise();
      // Nobody would ever see what a task that nobody awaits throws.
      if (promise.failure && !promise.waiting) std::terminate();
      return promise.waiting ? promise.waiting : std::noop_coroutine();
    }
    void await_resume() const noexcept {}
  };

  std::suspend_always initial_suspend() const noexcept { return {}; }
  Final final_suspend() const noexcept { return {}; }
  void unhandled_exception() noexcept { failure = std::current_exception(); }

  std::coroutine_handle<> waiting;
  std::exception_ptr failure;
};

template <class T> class ValuePromise : public TaskPromise {
public:
  Task<T> get_return_object() noexcept;
  template <class U> void return_value(U&& result) { value.emplace(std::forward<U>(result)); }
  T take() { return std::move(*value); }

  std::optional<T> value;
};

template <> class ValuePromise<void> : public TaskPromise {
public:
  Task<void> get_return_object() noexcept;
  void return_void() const noexcept {}
  void take() const noexcept {}
};

} // namespace detail

template <class T = void> class [[nodiscard]] Task {
public:
  using promise_type = detail::ValuePromise<T>;

  Task() = default;
  Task(Task&& other) noexcept
      : frame_(std::exchange(other.frame_, {})), started_(std::exchange(other.started_, false)) {}
  Task& operator=(Task&& other) noexcept {
    if (this != &other) {
      reset();
      frame_ = std::exchange(other.frame_, {});
      started_ = std::exchange(other.started_, false);
    }
    return *this;
  }
  ~Task() { reset(); }

  // Runs it to its first wait. Once; not of a task that is awaited. A coroutine does not destroy its own
  // Task.
  void start() {
    started_ = true;
    frame_.resume();
  }
  bool done() const { return !frame_ || frame_.done(); }
  // What it returned: once, when it is done. Rethrows what it threw to who awaited it.
  T take() {
    if (frame_.promise().failure) std::rethrow_exception(frame_.promise().failure);
    return frame_.promise().take();
  }
  // Ends it.
  void reset() {
    if (const auto frame = std::exchange(frame_, {})) frame.destroy();
  }

  auto operator co_await() && noexcept {
    struct Awaiter {
      Task& task;
      bool await_ready() const noexcept { return task.done(); }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiting) const noexcept {
        task.frame_.promise().waiting = waiting;
        return task.frame_;
      }
      T await_resume() const { return task.take(); }
    };
    return Awaiter{*this};
  }

  // To wait for its end without its value; starts it unless it runs already.
  auto ended() noexcept {
    struct Awaiter {
      Task& task;
      bool await_ready() const noexcept { return task.done(); }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiting) const noexcept {
        task.frame_.promise().waiting = waiting;
        if (std::exchange(task.started_, true)) return std::noop_coroutine();
        return task.frame_;
      }
      void await_resume() const noexcept {}
    };
    return Awaiter{*this};
  }

private:
  friend promise_type;
  explicit Task(std::coroutine_handle<promise_type> frame) : frame_(frame) {}

  std::coroutine_handle<promise_type> frame_;
  bool started_ = false;
};

template <class T> Task<T> detail::ValuePromise<T>::get_return_object() noexcept {
  return Task<T>(std::coroutine_handle<ValuePromise>::from_promise(*this));
}
inline Task<void> detail::ValuePromise<void>::get_return_object() noexcept {
  return Task<void>(std::coroutine_handle<ValuePromise>::from_promise(*this));
}

} // namespace tl::telephony
