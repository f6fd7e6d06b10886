// SPDX-License-Identifier: Apache-2.0
// The kinds of outstanding operations: a bare result, a value or a structure that is filled, a block that
// comes back.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "telephony/requests.hpp"
#include "telephony/structure.hpp"

namespace tl::telephony {

class ResultRequest final : public Request {
public:
  ResultRequest(DeviceKey device, std::function<void(LONG)> done) : Request(device), done_(std::move(done)) {}
  void complete(LONG result) override {
    if (const auto done = std::exchange(done_, nullptr)) done(result);
  }

private:
  std::function<void(LONG)> done_;
};

// A handle or an id that the library writes.
template <class T> class ValueRequest final : public Request {
public:
  ValueRequest(DeviceKey device, std::function<void(LONG, const T&)> done)
      : Request(device), done_(std::move(done)) {}
  T* value() { return &value_; }
  void complete(LONG result) override {
    if (const auto done = std::exchange(done_, nullptr)) done(result, result == 0 ? value_ : T{});
  }
  std::size_t answer_bytes() const override { return sizeof(*this); }

private:
  T value_{};
  std::function<void(LONG, const T&)> done_;
};

template <class T> class StructureRequest final : public Request {
public:
  using Ask = std::function<LONG(T*)>;
  using Done = std::function<void(LONG, const T&, const StructureView&)>;

  StructureRequest(DeviceKey device, Ask ask, Done done, bool of_line)
      : Request(device), ask_(std::move(ask)), done_(std::move(done)), of_line_(of_line) {}

  LONG ask() {
    ++attempts_;
    return ask_(ready<T>(buffer_));
  }
  LONG ask_again() override {
    switch (check_filled<T>(buffer_)) {
    case Filled::whole: return 0;
    case Filled::refused: return LINEERR_STRUCTURETOOSMALL;
    case Filled::cut: break;
    }
    if (attempts_ >= structure_attempts_max) return LINEERR_STRUCTURETOOSMALL;
    const LONG id = ask();
    return id == 0 ? LINEERR_OPERATIONFAILED : id;
  }
  void complete(LONG result) override {
    const auto done = std::exchange(done_, nullptr);
    if (!done) return;
    if (result == 0)
      done(0, *reinterpret_cast<const T*>(buffer_.data()), view<T>(buffer_));
    else
      done(result, T{}, {});
  }
  std::size_t answer_bytes() const override { return sizeof(*this) + buffer_.capacity(); }
  bool of_line() const override { return of_line_; }

private:
  Ask ask_;
  Done done_;
  StructureBuffer buffer_;
  int attempts_ = 0;
  bool of_line_;
};

// lineAgentSpecific, lineDevSpecific ...: the block goes in and comes back, of the same size.
class BlockRequest final : public Request {
public:
  BlockRequest(DeviceKey device, std::string block, std::function<void(LONG, std::string_view)> done)
      : Request(device), block_(std::move(block)), done_(std::move(done)) {}
  std::string& block() { return block_; }
  void complete(LONG result) override {
    if (const auto done = std::exchange(done_, nullptr))
      done(result, result == 0 ? std::string_view(block_) : std::string_view{});
  }
  std::size_t answer_bytes() const override { return sizeof(*this) + block_.capacity(); }

private:
  std::string block_;
  std::function<void(LONG, std::string_view)> done_;
};

} // namespace tl::telephony
