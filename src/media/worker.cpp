// SPDX-License-Identifier: Apache-2.0
#include "media/worker.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "media/worker_buffers.hpp"

namespace tl::media {

Worker::Worker(Exchange& exchange, const Settings& settings, int epoll_fd)
    : exchange_(exchange), settings_(settings), epoll_fd_(epoll_fd),
      timer_fd_(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)),
      buffers_(std::make_unique<ReceiveBuffers>()) {}

Worker::~Worker() {
  join();
  for (Leg* leg : legs_) delete leg;
  if (timer_fd_ >= 0) ::close(timer_fd_);
}

Result<void> Worker::begin() {
  // Told apart from slots by the address in the event.
  for (const auto& [fd, mark] : {std::pair<int, void*>{exchange_.wake_fd(), &exchange_}, {timer_fd_, this}}) {
    epoll_event watch{};
    watch.events = EPOLLIN;
    watch.data.ptr = mark;
    if (fd < 0 || ::epoll_ctl(epoll_fd_, EPOLL_CTL_ADD, fd, &watch) != 0)
      return Error{errno, std::string("media: no descriptors for the media thread: ") + std::strerror(errno)};
  }
  // Signals are the control thread's: the media thread is born with all of them blocked.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  thread_ = std::thread([this] { run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  pthread_setname_np(thread_.native_handle(), "media");
  return {};
}

void Worker::join() {
  if (thread_.joinable()) thread_.join();
}

void Worker::run() {
  std::array<epoll_event, wakeups_max> ready;
  bool go_on = true;
  while (go_on) {
    const int count = ::epoll_wait(epoll_fd_, ready.data(), wakeups_max, wait_ms());
    now_ = steady_now();
    bool ordered = false;
    for (int i = 0; i < count; ++i) {
      void* mark = ready[static_cast<std::size_t>(i)].data.ptr;
      if (mark == &exchange_)
        ordered = true; // after the packets, which belong to the state before
      else if (mark == this)
        ticks();
      else
        receive(*static_cast<Slot*>(mark));
    }
    if (ordered || polling_) go_on = obey(ordered);
    update_polling();
    end_rests(); // may close sockets: no event of this turn is looked at any more
    watch_silence();
    exchange_.post(events_);
  }
}

int Worker::wait_ms() const {
  Instant until = Instant::max();
  if (!resting_.empty()) until = resting_.front()->rest_until;
  if (polling_ && ticking_ == 0) until = std::min(until, now_ + poll_period); // a tick is a turn, too
  if (settings_.rtp_timeout > 0s && !legs_.empty()) until = std::min(until, watchdog_at_);
  if (until == Instant::max()) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - steady_now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

bool Worker::obey(bool woken) {
  const bool go_on = exchange_.take_orders(woken, ordered_, orders_);
  if (!ordered_.empty()) ordered_at_ = now_;
  for (std::size_t i = 0; i < ordered_.size(); ++i) obey(*ordered_[i], orders_[i]);
  for (std::size_t i = 0; i < ordered_.size(); ++i) // last: other orders of this batch may name the leg
    if (orders_[i].close) close(*ordered_[i]);
  orders_.clear();
  return go_on;
}

void Worker::update_polling() {
  const bool wanted = ticking_ > 0 || now_ - ordered_at_ < poll_idle_max;
  if (wanted != polling_) polling_ = exchange_.set_polling(wanted);
}

void Worker::obey(Leg& leg, Orders& orders) {
  if (leg.leg_place == Leg::not_listed) {
    leg.leg_place = static_cast<std::uint32_t>(legs_.size());
    legs_.push_back(&leg);
    leg.slot.leg = &leg;
    leg.heard_at = now_;
  }
  if (orders.far_end) set_far_end(leg, *orders.far_end);
  if (orders.hears) set_hears(leg, std::move(*orders.hears));
  if (orders.digits) {
    if (leg.digits) end_digits(leg, false);
    if (!orders.digits->empty()) leg.digits = std::make_unique<DigitJob>(*orders.digits, true);
  }
  if (orders.tones)
    leg.detector = orders.tones->empty() ? nullptr : std::make_unique<ToneDetector>(*orders.tones);
  update_ticking(leg);
}

void Worker::set_far_end(Leg& leg, const FarEnd& far_end) {
  leg.far_end = far_end;
  leg.source.expect(far_end.address, far_end.symmetric);
  leg.heard_at = now_;
  leg.silent_reported = false;
}

void Worker::set_hears(Leg& leg, Hears&& hears) {
  if (Leg* before = leg.hears.leg; before && before->listener == &leg) before->listener = nullptr;
  if (leg.party) leave(leg, *leg.hears.mix);
  leg.hears = std::move(hears);
  if (leg.hears.mix) enter(leg, *leg.hears.mix);
  if (leg.hears.leg) leg.hears.leg->listener = &leg;
  leg.frame = 0;
  leg.sound_ended = false;
  leg.sender.change_source();
}

void Worker::close(Leg& leg) {
  set_hears(leg, Hears{});
  if (leg.listener) leg.listener->hears.leg = nullptr; // a peer that ends in the same batch
  unlist_from_ticks(leg);
  leg.slot.leg = nullptr;
  leg.slot.rest_until = now_ + settings_.quarantine;
  resting_.push_back(&leg.slot);
  Leg* last = legs_.back();
  legs_[leg.leg_place] = last;
  last->leg_place = leg.leg_place;
  legs_.pop_back();
  delete &leg;
}

void Worker::end_rests() {
  while (!resting_.empty() && resting_.front()->rest_until <= now_) {
    Slot& slot = *resting_.front();
    resting_.pop_front();
    if (exchange_.give_idle(slot, settings_.sockets_idle_max)) continue;
    ::close(slot.fd); // leaves the epoll set by itself
    slot.fd = -1;
    exchange_.tally.sockets.fetch_sub(1, std::memory_order_relaxed);
    exchange_.give_closed(slot);
  }
}

void Worker::watch_silence() {
  if (settings_.rtp_timeout <= 0s || now_ < watchdog_at_) return;
  watchdog_at_ = now_ + watchdog_period;
  for (Leg* leg : legs_) {
    if (leg->silent_reported || !leg->far_end.known || !leg->far_end.receive) continue;
    if (now_ - leg->heard_at < settings_.rtp_timeout) continue;
    leg->silent_reported = true;
    emit(*leg, Event::Kind::silent);
  }
}

void Worker::emit(const Leg& leg, Event::Kind kind, char digit) {
  events_.push_back({kind, digit, leg.index, leg.generation, leg.hears.serial, now_});
}

} // namespace tl::media
