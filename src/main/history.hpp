// SPDX-License-Identifier: Apache-2.0
// The ACD's events on their way to the store.
#pragma once

#include "acd/event.hpp"
#include "store/store.hpp"

namespace tl::program {

class History final : public acd::EventSink {
public:
  explicit History(store::Store& store) : store_(store) {}
  void event(const acd::Event& event) override;

private:
  store::Store& store_;
};

} // namespace tl::program
