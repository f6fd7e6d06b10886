// SPDX-License-Identifier: Apache-2.0
#include "acd/acd.hpp"

#include "acd/adapter.hpp"

namespace tl::acd {

struct Acd::State : Adapter {
  using Adapter::Adapter;
};

Acd::Acd(Loop& loop, Log& log, Config config, std::vector<EventSink*> sinks)
    : state_(std::make_unique<State>(loop, log, std::move(config), std::move(sinks))) {}

Acd::~Acd() = default;

Result<void> Acd::start() {
  return state_->start();
}
void Acd::stop() {
  state_->stop();
}
const Statistics& Acd::statistics() const {
  return state_->statistics();
}

} // namespace tl::acd
