// SPDX-License-Identifier: Apache-2.0
// What a synchronous TAPI call costs: lineGetCallStatus over the server's Unix socket, beside a bare
// ping-pong of frames of the same size on such a socket, and lineGetCallStatus in process. Prints medians and
// the ratio.
//
//   ninja roundtrip echo_tsp && ./roundtrip [rounds]
//
// Each side runs on its own thread in both cases, as client and server do in life.
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "base/real_loop.hpp"
#include "main/unix_door.hpp"
#include "server/server.hpp"
#include "tapi32/library.hpp"
#include "trunkline/tapi_ext.h"

namespace {

using namespace tl;

constexpr int rounds_default = 100'000;
constexpr int warm_up_rounds = 2'000;
// Frames of lineGetCallStatus: header, handle, capacity; header, result, size, LINECALLSTATUS.
constexpr std::size_t request_bytes = 20;
constexpr std::size_t reply_bytes = 20 + sizeof(LINECALLSTATUS);

[[noreturn]] void fail(const char* what, LONG code) {
  std::fprintf(stderr, "roundtrip: %s: 0x%08x\n", what, static_cast<unsigned>(code));
  std::exit(1);
}

struct Times {
  double median_us, p99_us;
};

Times measure(int rounds, const std::function<void()>& once) {
  using Clock = std::chrono::steady_clock;
  for (int i = 0; i < warm_up_rounds; ++i) once();
  std::vector<double> times(static_cast<std::size_t>(rounds));
  for (double& time : times) {
    const auto start = Clock::now();
    once();
    time = std::chrono::duration<double, std::micro>(Clock::now() - start).count();
  }
  std::sort(times.begin(), times.end());
  return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

Times bare_ping_pong(int rounds) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) fail("socketpair", errno);
  std::thread peer{[fd = ends[1]] {
    char buffer[4096] = {};
    while (::recv(fd, buffer, sizeof buffer, 0) > 0)
      if (::send(fd, buffer, reply_bytes, MSG_NOSIGNAL) < 0) return;
  }};
  char buffer[4096] = {};
  const Times times = measure(rounds, [&] {
    if (::send(ends[0], buffer, request_bytes, MSG_NOSIGNAL) < 0 ||
        ::recv(ends[0], buffer, sizeof buffer, 0) <= 0)
      fail("ping-pong", errno);
  });
  ::shutdown(ends[0], SHUT_RDWR);
  peer.join();
  ::close(ends[0]);
  ::close(ends[1]);
  return times;
}

// A program with one call, on the example provider's first line.
class Caller {
public:
  Caller() {
    DWORD lines = 0, version = 0x00020002;
    LINEINITIALIZEEXPARAMS params{};
    params.dwTotalSize = sizeof params;
    params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
    LINEEXTENSIONID extension;
    HLINE line = 0;
    check("lineInitializeEx",
          lineInitializeExA(&app_, nullptr, nullptr, "roundtrip", &lines, &version, &params));
    check("lineNegotiateAPIVersion",
          lineNegotiateAPIVersion(app_, 0, 0x00020000, version, &version, &extension));
    check("lineOpen", lineOpenA(app_, 0, &line, version, 0, 0, LINECALLPRIVILEGE_NONE,
                                LINEMEDIAMODE_INTERACTIVEVOICE, nullptr));
    check("lineMakeCall", lineMakeCallA(line, &call_, "12345", 0, nullptr));
  }
  ~Caller() { lineShutdown(app_); }
  HLINEAPP app() const { return app_; }

  // Takes messages; true once the call's handle has come.
  bool ready(DWORD timeout_ms) {
    LINEMESSAGE message;
    while (call_ == 0 && lineGetMessage(app_, &message, timeout_ms) == 0)
      if (message.dwMessageID == LINE_REPLY) check("LINE_REPLY", static_cast<LONG>(message.dwParam2));
    return call_ != 0;
  }
  Times measure_status(int rounds) const {
    LINECALLSTATUS status{};
    status.dwTotalSize = sizeof status;
    return measure(rounds, [&] { check("lineGetCallStatus", lineGetCallStatus(call_, &status)); });
  }

private:
  static void check(const char* what, LONG result) {
    if (result < 0) fail(what, result);
  }
  HLINEAPP app_ = 0;
  HCALL call_ = 0;
};

std::unique_ptr<server::Server> start_server(Loop& loop, Log& log) {
  auto server = std::make_unique<server::Server>(loop, log);
  if (const auto loaded = server->load_provider(ECHO_TSP); !loaded) {
    std::fprintf(stderr, "roundtrip: %s\n", loaded.error().text.c_str());
    std::exit(1);
  }
  return server;
}

Times over_socket(int rounds) {
  RealLoop loop;
  NullLog log;
  auto server = start_server(loop, log);
  const std::string path = "/tmp/trunkline_roundtrip_" + std::to_string(::getpid());
  auto listener = program::listen_unix(loop, log, *server, path);
  if (!listener) fail(listener.error().text.c_str(), listener.error().code);
  std::thread thread{[&] { loop.run(); }};
  trunkline_setServer(path.c_str());
  Times times{};
  {
    Caller caller;
    if (!caller.ready(5000)) fail("no LINE_REPLY", 0);
    times = caller.measure_status(rounds);
  }
  loop.stop();
  thread.join();
  return times;
}

Times in_process(int rounds) {
  RealLoop loop;
  NullLog log;
  auto server = start_server(loop, log);
  tapi32::Library::instance().use_in_process(server.get());
  Times times{};
  {
    Caller caller;
    struct Waiting {
      RealLoop& loop;
      Caller& caller;
    } waiting{loop, caller};
    trunkline_lineSetNotify(
        caller.app(),
        [](void* context) {
          auto* const w = static_cast<Waiting*>(context);
          w->loop.post([w] {
            if (w->caller.ready(0)) w->loop.stop();
          });
        },
        &waiting);
    loop.run();
    times = caller.measure_status(rounds);
  }
  tapi32::Library::instance().use_in_process(nullptr);
  return times;
}

} // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : rounds_default;
  if (rounds < 1) {
    std::fprintf(stderr, "usage: roundtrip [rounds]\n");
    return 2;
  }
  const Times bare = bare_ping_pong(rounds), socket = over_socket(rounds), direct = in_process(rounds);
  std::printf("| round trip | median | p99 |\n|---|---|---|\n");
  std::printf("| bare ping-pong on a Unix socket | %.1f us | %.1f us |\n", bare.median_us, bare.p99_us);
  std::printf("| lineGetCallStatus over the Unix socket | %.1f us | %.1f us |\n", socket.median_us,
              socket.p99_us);
  std::printf("| lineGetCallStatus in process | %.2f us | %.2f us |\n", direct.median_us, direct.p99_us);
  std::printf("\nratio of the medians: %.2f\n", socket.median_us / bare.median_us);
}
