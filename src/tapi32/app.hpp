// SPDX-License-Identifier: Apache-2.0
// One HLINEAPP or HPHONEAPP of this process: its queue of messages and the way it learns of them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "tapi32/pending.hpp"
#include "tapi32/port.hpp"
#include "tapi32/signal.hpp"

namespace tl::tapi32 {

// A program that lets more messages than this wait loses its connection, rather than single messages unseen.
inline constexpr std::size_t messages_max = 65'536;

// What travels with a message and is written to the program's memory when it takes the message.
struct Completion {
  std::vector<Target> targets;
  wire::Buffer answers;
};

// What an answer belongs to: it is not delivered any more once that is closed.
struct Owner {
  enum class Kind : std::uint8_t { none, line, phone, call } kind = Kind::none;
  DWORD handle = 0;
  bool operator==(const Owner&) const = default;
};

struct Message {
  LINEMESSAGE shown{}; // what the program sees
  Owner owner;
  std::unique_ptr<Completion> completion;
};

enum class Delivery : std::uint8_t {
  callback_thread, // a thread of this app calls the callback
  callback_direct, // the callback is called where the message arrives: in process, on the loop
  event,           // the program takes messages itself when the signal (or the notify hook) says so
  port,            // the program's threads take them from a completion port
};

using Callback = LINECALLBACK; // PHONECALLBACK is the same type

// Delivery::port: where messages are announced, and with which key.
struct Announced {
  std::shared_ptr<Port> port;
  ULONG_PTR key = 0;
};

class App : public std::enable_shared_from_this<App> {
public:
  using Notify = void (*)(void* context);

  App(wire::Family family, Delivery delivery, Callback callback, Announced announced = {});
  ~App();

  wire::Family family() const { return family_; }
  Delivery delivery() const { return delivery_; }
  const Signal& signal() const { return signal_; }

  // Starts the callback thread, if the delivery needs one.
  void start();
  // False when the queue is full; the message is then not in it. Any thread; calls the notify hook or the
  // callback with no lock held.
  bool push(Message message);
  // Replaces all that waits by one last message: the connection is gone.
  void push_last(Message message);
  // Takes the next message, its answers written. Waits up to `timeout`; nothing when none came or the app was
  // closed.
  std::optional<LINEMESSAGE> take(std::optional<std::chrono::milliseconds> timeout);
  // The message of one mark in the port; nothing when it was taken back.
  std::optional<LINEMESSAGE> take_marked();
  bool closed() const;
  void set_notify(Notify notify, void* context);
  // Forgets the answers of what is being closed.
  void purge(const Owner& owner);
  // No message comes out any more; waiting take()s return. Waits for a running callback unless called from
  // it.
  void close();

private:
  std::optional<Message> pop_locked();
  void announce(std::unique_lock<std::mutex>& lock);
  void call_hook();
  void run_callbacks();
  void call_back(const LINEMESSAGE& message) const;

  const wire::Family family_;
  const Delivery delivery_;
  const Callback callback_;
  const Announced announced_;
  Signal signal_; // used with Delivery::event only

  // Held while the hook is called, so that a program can be sure that a replaced hook is not running any more, and may
  // free its context. Recursive: the hook may replace itself. Taken before mutex_.
  std::recursive_mutex notify_mutex_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Message> queue_;
  std::size_t marks_ = 0; // in the port, for messages of the queue
  bool closed_ = false;
  bool delivering_ = false; // callback_direct: a callback is running
  Notify notify_ = nullptr;
  void* notify_context_ = nullptr;
  std::thread thread_;
};

} // namespace tl::tapi32
