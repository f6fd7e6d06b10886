// SPDX-License-Identifier: Apache-2.0
// The library's peer under the tests' control: answers by scripted handlers, records what it was asked, sends
// any event.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

#include "wire/frame.hpp"
#include "wire/layout.hpp"

namespace tl::test {

using wire::Buffer;
using wire::Bytes;
using wire::Fn;

inline Bytes utf16(std::u16string_view text) {
  return std::as_bytes(std::span{text.data(), text.size()});
}

class FakeServer final : public wire::SessionHost {
public:
  struct Request {
    Fn fn;
    std::uint32_t sequence;
    Buffer payload;
  };
  // Gets the request and a reply that says 0 without answers so far.
  using Handler = std::function<void(const Request&, wire::ReplyWriter&)>;

  FakeServer() {
    initialize<Fn::lineInitializeEx>();
    initialize<Fn::phoneInitializeEx>();
    for (const Fn fn :
         {Fn::lineShutdown, Fn::phoneShutdown, Fn::lineClose, Fn::phoneClose, Fn::lineProxyResponse})
      on(fn, [](const Request&, wire::ReplyWriter&) {});
  }

  void on(Fn fn, Handler handler) { handlers_[fn] = std::move(handler); }
  // The function is asynchronous: its request ids count from 1.
  void accept(Fn fn) {
    on(fn, [this](const Request&, wire::ReplyWriter& reply) { reply.set_result(++last_id_); });
  }
  template <Fn F, class... A> void answer(A... answers) {
    on(F, [=](const Request&, wire::ReplyWriter& reply) { wire::encode_answers<F>(reply, answers...); });
  }

  void emit(const wire::Event& event) {
    Buffer frame;
    if (wire::write_event(frame, event)) emit_raw(frame);
  }
  void emit_raw(Bytes frame) {
    if (sink_) sink_->event(frame);
  }
  // The reply to the latest request, its answers written by `write`.
  void reply_event(LONG result, const std::function<void(wire::Writer&)>& write = {},
                   std::uint32_t line = 0) {
    Buffer answers;
    wire::Writer writer{answers};
    if (write) write(writer);
    emit({.message = LINE_REPLY,
          .sequence = last().sequence,
          .app = app,
          .device = line,
          .instance = 99,
          .param1 = static_cast<std::uint64_t>(last_id_),
          .param2 = static_cast<std::uint64_t>(std::int64_t{result}),
          .extra = answers});
  }
  void lose(const std::string& why) { sink_->lost(why); }

  Request last() const {
    const std::lock_guard lock{mutex_};
    return requests_.back();
  }
  std::size_t requests() const {
    const std::lock_guard lock{mutex_};
    return requests_.size();
  }
  template <Fn F> wire::Arguments<F> arguments(const Request& request) const {
    return wire::decode_arguments<F>(request.payload).value();
  }

  std::unique_ptr<wire::Session> open_session(const wire::Identity& identity,
                                              wire::EventSink& sink) override {
    if (refuse) return nullptr;
    who = identity;
    sink_ = &sink;
    ++open;
    return std::make_unique<Session>(*this);
  }

  std::uint32_t app = 0; // the latest HLINEAPP or HPHONEAPP
  wire::Identity who;
  int open = 0;
  bool refuse = false;

private:
  class Session final : public wire::Session {
  public:
    explicit Session(FakeServer& server) : server_(server) {}
    ~Session() override {
      --server_.open;
      server_.sink_ = nullptr;
    }
    void request(Bytes frame, Buffer& reply) override { server_.serve(frame, reply); }

  private:
    FakeServer& server_;
  };

  template <Fn F> void initialize() {
    on(F, [this](const Request& request, wire::ReplyWriter& reply) {
      app = ++last_app_ + 0x100;
      wire::encode_answers<F>(reply, app, std::uint32_t{2},
                              std::min(std::get<2>(arguments<F>(request)), 0x00020002u));
    });
  }

  void serve(Bytes frame, Buffer& buffer) {
    const auto header = wire::read_header(frame).value();
    const Bytes payload = wire::payload(frame);
    Request request{wire::to_function(header.number).value(), header.sequence,
                    Buffer(payload.begin(), payload.end())};
    {
      const std::lock_guard lock{mutex_};
      requests_.push_back(request);
    }
    wire::ReplyWriter reply{buffer, header.number, header.sequence, 0};
    const auto handler = handlers_.find(request.fn);
    if (handler == handlers_.end())
      reply.set_result(LINEERR_OPERATIONUNAVAIL);
    else
      handler->second(request, reply);
    TL_CHECK(reply.finish());
  }

  mutable std::mutex mutex_;
  std::vector<Request> requests_;
  std::map<Fn, Handler> handlers_;
  wire::EventSink* sink_ = nullptr;
  std::uint32_t last_app_ = 0;
  LONG last_id_ = 0;
};

} // namespace tl::test
