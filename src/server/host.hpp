// SPDX-License-Identifier: Apache-2.0
// What trunkline/provider_host.h promises, on the server's loop. Destroying it stops every timer and watch
// the provider left behind; what it had posted is not run any more.
#pragma once

#include "trunkline/provider_host.h"

#include <functional>
#include <memory>
#include <string>

#include "base/log.hpp"
#include "base/loop.hpp"
#include "server/list.hpp"

namespace tl::server {

class Host {
public:
  // `around` runs each callback of the provider, so that what it reports is handled right after it.
  using Around = std::function<void(trunkline_callback, void*)>;

  Host(Loop& loop, Log& log, std::string config_json, bool has_descriptors, Around around);
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  const trunkline_host& c() const { return c_; }

private:
  struct OfHost;
  struct HostTimer;
  struct HostWatch;
  struct Functions;

  Loop& loop_;
  Log& log_;
  std::string config_json_;
  bool has_descriptors_;
  Around around_;
  trunkline_host c_{};
  std::shared_ptr<Host*> alive_;
  List<HostTimer, OfHost> timers_;
  List<HostWatch, OfHost> watches_;
};

} // namespace tl::server
