// SPDX-License-Identifier: Apache-2.0
// Every call into a provider passes here. An exception that it lets out fails the call; a fault of its code
// (a wild pointer, a division by zero) fails the call and ends the provider, not the server (faults.hpp says
// which faults can be survived); and whoever asks is told in which function which provider is (watchdog.hpp).
#pragma once

#include "tapi.h"
#include "tspi.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <setjmp.h>
#include <string>
#include <string_view>

namespace tl::server {

// TSPI's callbacks carry no context, so a provider of the process has a place of its own among so many.
inline constexpr std::size_t providers_of_process_max = 64;

// What a signal handler and a watching thread can read of a provider at any time. Lives as long as the
// process.
struct GuardedPlace {
  static constexpr std::size_t name_size = 256;
  static constexpr std::size_t texts_max = 4;
  struct Text { // executable memory of its file
    std::uintptr_t begin = 0, end = 0;
  };
  std::atomic<class Guard*> guard{nullptr}; // null: free
  char name[name_size]{};
  Text texts[texts_max]{};
  std::atomic<const char*> function{nullptr}; // being called on the server's loop; null: none
  std::atomic<std::uint64_t> calls{0};        // so far
};
GuardedPlace& guarded_place(std::size_t index);

class Guard {
public:
  // What one call into the provider is while it lasts.
  struct Frame {
    Guard* guard;
    const char* function;
    Frame* outer;
    sigjmp_buf escape;
  };

  virtual ~Guard() = default;

  // The provider is not called any more: every call fails at once.
  bool dead() const { return dead_; }
  // How it died: "SIGSEGV in TSPI_lineOpen".
  std::string death() const;
  // Any thread, also from the handler of a fault that can be survived.
  void fault(const char* function, int signal);

  template <class Call> LONG run(const char* function, Call call) {
    if (dead_) return failed(function);
    Frame frame;
    frame.guard = this;
    frame.function = function;
    frame.outer = innermost();
    Entered entered{frame};
    if (const int signal = sigsetjmp(frame.escape, 0); signal != 0) {
      fault(function, signal);
      return failed(function);
    }
    try {
      return call();
    } catch (const std::exception& thrown) {
      escaped(function, thrown.what());
    } catch (...) {
      escaped(function, "not a std::exception");
    }
    return failed(function);
  }

  // Of the present thread; null: it is in no provider.
  static Frame*& innermost();

  std::size_t place = 0; // its index, once it has one

protected:
  // The provider let an exception out; it goes on.
  virtual void escaped(const char* function, std::string_view what) = 0;
  // It died; any thread.
  virtual void died() = 0;

private:
  class Entered {
  public:
    explicit Entered(Frame& frame);
    ~Entered();
    Entered(const Entered&) = delete;
    Entered& operator=(const Entered&) = delete;

  private:
    Frame& frame_;
  };
  static LONG failed(std::string_view function) {
    return function.starts_with("TSPI_phone") ? PHONEERR_OPERATIONFAILED : LINEERR_OPERATIONFAILED;
  }

  std::atomic<bool> dead_ = false;
  std::atomic<const char*> died_in_ = "";
  std::atomic<int> died_of_ = 0;
};

// "SIGSEGV". May be called in a signal's handler.
const char* signal_name(int signal);

// One TSPI function of a provider; nothing when it does not export it. Called like the plain function.
template <class Pointer> class Tspi;
template <class... A> class Tspi<LONG (*)(A...)> {
public:
  using Pointer = LONG (*)(A...);
  Tspi() = default;
  Tspi(Pointer function) : function_(function) {}
  explicit operator bool() const { return function_ != nullptr; }
  LONG operator()(A... arguments) const {
    if (!guard_) return function_(arguments...);
    return guard_->run(name_, [&] { return function_(arguments...); });
  }
  void watch(Guard& guard, const char* name) { guard_ = &guard, name_ = name; }
  Pointer plain() const { return function_; }

private:
  Pointer function_ = nullptr;
  Guard* guard_ = nullptr;
  const char* name_ = "";
};

} // namespace tl::server
