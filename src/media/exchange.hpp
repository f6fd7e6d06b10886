// SPDX-License-Identifier: Apache-2.0
// Where the control thread and the media thread meet. Control leaves orders in a stream's mailbox; later
// orders of one kind replace earlier ones, so nothing here grows beyond the number of streams, and no call
// can be lost or made to wait however long the media thread takes.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/loop.hpp"
#include "media/address.hpp"
#include "media/instant.hpp"
#include "media/media.hpp"
#include "media/mixer.hpp"
#include "media/sound.hpp"

namespace tl::media {

struct Leg;

// A bound socket. The media thread watches it from bind to close, whether a stream uses it or not.
struct Slot {
  int fd = -1;
  std::uint16_t port = 0;
  Leg* leg = nullptr;   // media thread
  Instant rest_until{}; // media thread
};

struct FarEnd {
  Address address;
  Codec codec = Codec::pcmu;
  std::int8_t event_send = -1, event_receive = -1;
  bool known = false;
  bool send = false, receive = false, symmetric = false;
};

// A room. The media thread's; the control thread only keeps it.
struct Mix {
  Mixer mixer;
  std::size_t tick_group = 0;
};

struct Hears {
  Leg* leg = nullptr;       // the peer, or
  SharedSound sound;        // a sound, or
  std::shared_ptr<Mix> mix; // a room, or neither
  std::uint32_t serial = 0;
  bool loop = true;
};

struct DigitOrder {
  std::string digits; // neither these nor a tone: cancel
  Duration each{}, gap{};
  std::vector<TonePart> tone;
  Duration tone_length{};
  bool empty() const { return digits.empty() && tone.empty(); }
};

struct Orders {
  bool queued = false; // in Exchange::dirty
  bool close = false;
  std::optional<FarEnd> far_end;
  std::optional<Hears> hears;
  std::unique_ptr<DigitOrder> digits;
  std::optional<std::vector<ToneWatch>> tones;
};

struct Event {
  enum class Kind : std::uint8_t {
    digit,
    tone,
    digits_sent,
    digits_cancelled,
    announcement_finished,
    silent
  } kind;
  char digit = 0;                          // tone: which watch
  std::uint32_t index = 0, generation = 0; // of the stream
  std::uint32_t serial = 0;                // announcement_finished: of the Hears
  Instant at{};
};

struct Tally {
  std::atomic<std::uint64_t> received{0}, sent{0}, malformed{0}, stray{0}, unwanted{0}, unsent{0},
      events_lost{0};
  std::atomic<std::size_t> sockets{0};

  static void add(std::atomic<std::uint64_t>& counter, std::uint64_t n = 1) {
    counter.fetch_add(n, std::memory_order_relaxed);
  }
};

class EventTarget {
public:
  virtual ~EventTarget() = default;
  virtual void deliver(const Event& event) = 0;
};

class Exchange : public std::enable_shared_from_this<Exchange> {
public:
  static constexpr std::size_t events_max =
      100'000; // not yet taken by the control loop; more are lost, counted

  Exchange(Loop& control, EventTarget& target);
  ~Exchange();

  // Control thread: runs `write(orders)` on the leg's mailbox and wakes the media thread.
  template <class Write> void order(Leg& leg, Write write);
  void stop();
  void forget_target() { target_ = nullptr; } // events still on their way are dropped

  // Media thread. Moves what is waiting to `legs` and `orders` (same length); false: stop. `woken`: wake_fd()
  // said so.
  bool take_orders(bool woken, std::vector<Leg*>& legs, std::vector<Orders>& orders);
  // Media thread. On: it looks for orders every few milliseconds by itself, so that under load an order costs
  // no system call. Returns what is now so: it stays on while orders wait.
  bool set_polling(bool on);
  int wake_fd() const { return wake_fd_; }

  // Either thread: hands the events to the control loop; empties the vector.
  void post(std::vector<Event>& events);

  // Sockets at idle, oldest first; slots whose socket is closed. Either thread.
  Slot* take_idle();
  bool give_idle(Slot& slot, std::size_t idle_max); // false: too many, close it
  Slot* take_closed();
  void give_closed(Slot& slot);

  Tally tally;

private:
  void wake();
  void deliver();

  Loop& control_;
  EventTarget* target_; // control thread
  const int wake_fd_;
  std::mutex mutex_;
  std::vector<Leg*> dirty_;
  std::vector<Event> events_;
  std::deque<Slot*> idle_, closed_;
  bool woken_ = false, polling_ = false, posted_ = false, stop_ = false;
};

} // namespace tl::media
