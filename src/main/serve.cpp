// SPDX-License-Identifier: Apache-2.0
#include "main/serve.hpp"

#include <cstdio>
#include <fmt/core.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include "main/console_log.hpp"
#include "main/installation.hpp"
#include "main/ready.hpp"
#include "server/server.hpp"

namespace tl::program {

int serve(const ServeOptions& options) {
  umask(077); // what the server writes names callers and holds passwords: its user's alone
  server::contain_faults();
  ConsoleLog log;
  Installation installation(log);
  if (Result<void> started = installation.start(options); !started) {
    installation.stop();
    fmt::print(stderr, "trunkline: {}\n", started.error().text);
    return 1;
  }
  Ready ready{.site = installation.site(),
              .state = installation.state_path(),
              .socket = installation.socket(),
              .remote = installation.remote(),
              .store = installation.store_path()};
  std::string note = ready.state + "/ready.json"; // where the phone and the demo look
  std::ofstream(note) << ready_json(ready);
  fmt::print("{}", options.json ? ready_json(ready) : ready_text(ready));
  std::fflush(stdout);
  installation.run();
  log.info("main", "stopping");
  unlink(note.c_str());
  installation.stop();
  return 0;
}

} // namespace tl::program
