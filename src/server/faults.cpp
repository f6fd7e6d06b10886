// SPDX-License-Identifier: Apache-2.0
// Faults of providers' code: SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT of the whole process.
//
// A fault whose instruction lies in the provider's own file has interrupted neither malloc nor the server: no
// lock of theirs is held, and the provider can be ended there. On the server's thread the call fails
// (Guard::run); a thread of the provider's own stops for ever. In both cases the provider is called no more,
// its lines and phones close (LINE_CLOSE, PHONE_CLOSE), its requests fail, and everybody else's calls go on.
//
// Any other fault below a provider (in libc, called with a wild pointer; abort) may have left locks and
// memory in any state: the process ends, after a line on stderr that names provider, function and signal.
#include <array>
#include <csignal>
#include <cstring>
#include <string_view>
#include <ucontext.h>
#include <unistd.h>

#include "server/guard.hpp"
#include "server/server.hpp"

namespace tl::server {
namespace {

constexpr std::array signals{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
constexpr std::size_t stack_searched_max_words = 1024;
constexpr std::size_t handler_stack_bytes = 64 * 1024;

std::array<struct sigaction, signals.size()> before{};
alignas(16) std::array<char, handler_stack_bytes> handler_stack; // of the thread that called contain_faults()

std::uintptr_t instruction(const ucontext_t& context) {
#if defined(__x86_64__)
  return static_cast<std::uintptr_t>(context.uc_mcontext.gregs[REG_RIP]);
#elif defined(__aarch64__)
  return context.uc_mcontext.pc;
#endif
}

std::uintptr_t stack_pointer(const ucontext_t& context) {
#if defined(__x86_64__)
  return static_cast<std::uintptr_t>(context.uc_mcontext.gregs[REG_RSP]);
#elif defined(__aarch64__)
  return context.uc_mcontext.sp;
#endif
}

// The provider whose file holds this address; null: none.
GuardedPlace* owner_of(std::uintptr_t address) {
  for (std::size_t i = 0; i < providers_of_process_max; ++i) {
    GuardedPlace& place = guarded_place(i);
    if (!place.guard.load()) continue;
    for (const GuardedPlace::Text& text : place.texts)
      if (address >= text.begin && address < text.end) return &place;
  }
  return nullptr;
}

// A provider that is on the thread's stack, by its return addresses: for the message alone. Reading stops
// before the end of a thread's stack may come: at the page's.
GuardedPlace* found_on_stack(std::uintptr_t from) {
  const auto page = static_cast<std::uintptr_t>(4096);
  const std::uintptr_t end = (from / page + 1) * page;
  std::size_t words = 0;
  for (std::uintptr_t at = from & ~std::uintptr_t{7}; at < end && words < stack_searched_max_words;
       at += sizeof at, ++words) {
    std::uintptr_t value;
    std::memcpy(&value, reinterpret_cast<const void*>(at), sizeof value);
    if (GuardedPlace* const place = owner_of(value)) return place;
  }
  return nullptr;
}

// With write(2) alone: nothing else is sure to work any more.
void say(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void last_words(const char* provider, const char* function, int signal) {
  say("trunkline: provider ");
  say(provider);
  say(": ");
  say(signal_name(signal));
  say(" in or below ");
  say(function);
  say(": what it may have left behind is unknown, the server ends\n");
}

void hand_on(int signal) {
  for (std::size_t i = 0; i < signals.size(); ++i)
    if (signals[i] == signal) sigaction(signal, &before[i], nullptr);
  // Returning repeats the faulting instruction, or lets abort() go on: the handler before gets it.
}

void handle(int signal, siginfo_t*, void* context_of_thread) {
  const auto& context = *static_cast<const ucontext_t*>(context_of_thread);
  Guard::Frame* const frame = Guard::innermost();
  GuardedPlace* const at = signal == SIGABRT ? nullptr : owner_of(instruction(context));
  if (at && frame && &guarded_place(frame->guard->place) == at) siglongjmp(frame->escape, signal);
  if (at && !frame) {
    if (Guard* const guard = at->guard.load()) guard->fault("a thread of its own", signal);
    for (;;) ::pause();
  }
  if (frame)
    last_words(guarded_place(frame->guard->place).name, frame->function, signal);
  else if (const GuardedPlace* const below = at ? at : found_on_stack(stack_pointer(context)))
    last_words(below->name, "a thread of its own", signal);
  hand_on(signal);
}

} // namespace

void contain_faults() {
  stack_t stack{};
  stack.ss_sp = handler_stack.data();
  stack.ss_size = handler_stack.size();
  sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_sigaction = &handle;
  action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
  for (std::size_t i = 0; i < signals.size(); ++i) sigaction(signals[i], &action, &before[i]);
}

} // namespace tl::server
