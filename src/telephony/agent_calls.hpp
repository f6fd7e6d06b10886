// SPDX-License-Identifier: Apache-2.0
// How the call-centre objects start asynchronous operations: as Address does, with an answer of one DWORD
// besides.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "telephony/state.hpp"

namespace tl::telephony {

// lineCreateAgent, lineCreateAgentSession: a handle comes with the reply.
class HandleRequest final : public Request {
public:
  HandleRequest(Address& address, std::function<void(LONG, DWORD)> done)
      : Request(address), done_(std::move(done)) {}
  DWORD* handle() { return &handle_; }
  void complete(LONG result) override {
    if (const auto done = std::exchange(done_, nullptr)) done(result, result == 0 ? handle_ : 0);
  }
  std::size_t answer_bytes() const override { return sizeof(*this); }

private:
  std::function<void(LONG, DWORD)> done_;
  DWORD handle_ = 0;
};

struct AgentCalls {
  static LONG plain(Address& address, std::function<void(LONG)> done,
                    const std::function<LONG(HLINE)>& function) {
    return address.telephony().state_->start(address, std::move(done),
                                             [&] { return function(address.line()); });
  }
  template <class T>
  static LONG structure(Address& address, std::function<LONG(HLINE, T*)> ask,
                        std::function<void(LONG, const T&, const StructureView&)> done) {
    return address.telephony().state_->start_structure<T>(
        address, [line = address.line(), ask = std::move(ask)](T* into) { return ask(line, into); },
        std::move(done));
  }
  static LONG handle(Address& address, std::function<void(LONG, DWORD)> done,
                     const std::function<LONG(HLINE, DWORD*)>& function) {
    Requests& requests = address.telephony().state_->requests;
    if (requests.full(true)) return LINEERR_REQUESTOVERRUN;
    auto request = std::make_shared<HandleRequest>(address, std::move(done));
    const LONG id = function(address.line(), request->handle());
    return requests.add(id, std::move(request));
  }
  static std::uint32_t proxy_types(Address& address); // bit per LINEPROXYREQUEST_ that has a handler
};

} // namespace tl::telephony
