// SPDX-License-Identifier: Apache-2.0
#include "main/connection.hpp"

namespace tl::program {

using Outcome = Transport::Outcome;

Connection::Connection(Loop& loop, std::unique_ptr<Transport> transport, Owner& owner,
                       std::size_t frames_per_turn_max)
    : loop_(loop), transport_(std::move(transport)), owner_(owner), frames_per_turn_max_(frames_per_turn_max),
      again_(loop, [this] {
        read_frames();
        readable();
      }) {
  splitter_.limit(strangers_frame_max_bytes);
  watch_ = loop_.watch(
      transport_->fd(), [this] { readable(); }, [this] { writable(); });
}

Connection::~Connection() = default;

void Connection::readable() {
  if (ended_ || again_.running()) return;
  const Transport::Moved got = transport_->receive(splitter_.space());
  if (got.outcome == Outcome::ended) return end(transport_->fault());
  if (got.outcome == Outcome::later) {
    if (transport_->receive_wants_write()) watch_->want_write(true);
    return;
  }
  splitter_.commit(got.bytes);
  read_frames();
  if (!ended_ && transport_->holds_received()) again_.start(Duration::zero());
}

void Connection::read_frames() {
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

void Connection::writable() {
  if (transport_->receive_wants_write()) readable();
  flush();
}

void Connection::queue(wire::Bytes bytes) {
  if (ended_) return;
  if (sent_ == out_.size()) {
    out_.clear();
    sent_ = 0;
  }
  out_.insert(out_.end(), bytes.begin(), bytes.end());
}

void Connection::send(wire::Bytes bytes) {
  if (ended_) return;
  if (waiting_bytes() == 0) {
    const Transport::Moved sent = transport_->send(bytes);
    if (sent.bytes == bytes.size()) return;
    bytes = bytes.subspan(sent.bytes);
  }
  queue(bytes);
  flush();
}

void Connection::flush() {
  while (!ended_ && waiting_bytes() > 0) {
    const Transport::Moved sent = transport_->send(wire::Bytes{out_}.subspan(sent_));
    if (sent.outcome == Outcome::later) return watch_->want_write(true);
    if (sent.outcome == Outcome::ended) return end(transport_->fault());
    sent_ += sent.bytes;
  }
  if (ended_) return;
  watch_->want_write(transport_->receive_wants_write());
  constexpr std::size_t kept_bytes_max = 64 * 1024;
  if (out_.capacity() > kept_bytes_max) wire::Buffer{}.swap(out_);
  out_.clear();
  sent_ = 0;
}

void Connection::refuse(const std::string& why) {
  wire::Buffer goodbye;
  wire::write_goodbye(goodbye, why);
  send(goodbye); // as far as the transport takes it
  end(why);
}

void Connection::end(const std::string& refused) {
  if (ended_) return;
  ended_ = true;
  watch_.reset();
  again_.stop();
  owner_.ended(*this, refused);
}

} // namespace tl::program
