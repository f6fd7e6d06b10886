// SPDX-License-Identifier: Apache-2.0
#include "main/unix_connection.hpp"

#include <cerrno>
#include <sys/socket.h>

namespace tl::program {

UnixConnection::UnixConnection(Loop& loop, Descriptor fd, Owner& owner, std::size_t frames_per_turn_max)
    : loop_(loop), fd_(std::move(fd)), owner_(owner), frames_per_turn_max_(frames_per_turn_max),
      again_(loop, [this] { read_frames(); }) {
  watch_ = loop_.watch(
      fd_.get(), [this] { readable(); }, [this] { flush(); });
}

UnixConnection::~UnixConnection() = default;

void UnixConnection::readable() {
  if (ended_ || again_.running()) return;
  std::span<std::byte> space = splitter_.space();
  ssize_t got = recv(fd_.get(), space.data(), space.size(), 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) return end();
  splitter_.commit(static_cast<std::size_t>(got));
  read_frames();
}

void UnixConnection::read_frames() {
  std::size_t left = frames_per_turn_max_;
  while (!ended_) {
    if (left-- == 0) return again_.start(Duration::zero());
    std::optional<wire::Bytes> frame = splitter_.next();
    if (!frame) {
      if (splitter_.broken()) refuse("what arrived is not a frame of this protocol");
      return;
    }
    owner_.frame(*this, *frame);
  }
}

void UnixConnection::queue(wire::Bytes bytes) {
  if (ended_) return;
  if (sent_ == out_.size()) {
    out_.clear();
    sent_ = 0;
  }
  out_.insert(out_.end(), bytes.begin(), bytes.end());
}

void UnixConnection::send(wire::Bytes bytes) {
  if (ended_) return;
  if (waiting_bytes() == 0) {
    ssize_t sent = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent == static_cast<ssize_t>(bytes.size())) return;
    if (sent > 0) bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
  queue(bytes);
  flush();
}

void UnixConnection::flush() {
  while (!ended_ && waiting_bytes() > 0) {
    ssize_t sent = ::send(fd_.get(), out_.data() + sent_, waiting_bytes(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno == EAGAIN) return watch_->want_write(true);
    if (sent <= 0) return end();
    sent_ += static_cast<std::size_t>(sent);
  }
  if (ended_) return;
  watch_->want_write(false);
  constexpr std::size_t kept_bytes_max = 64 * 1024;
  if (out_.capacity() > kept_bytes_max) wire::Buffer{}.swap(out_);
  out_.clear();
  sent_ = 0;
}

void UnixConnection::refuse(const std::string& why) {
  wire::Buffer goodbye;
  wire::write_goodbye(goodbye, why);
  send(goodbye); // as far as the socket takes it
  end(why);
}

void UnixConnection::end(const std::string& refused) {
  if (ended_) return;
  ended_ = true;
  watch_.reset();
  again_.stop();
  owner_.ended(*this, refused);
}

} // namespace tl::program
