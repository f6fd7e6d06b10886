// SPDX-License-Identifier: Apache-2.0
// What the media engine costs: opening and closing a stream, an idle stream's memory, relayed and music
// streams per core. The far ends are a process of their own, so that this one's CPU time is the engine's.
//
//   build/release/media_relay [pairs of streams, default 500] [seconds, default 5]
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <malloc.h>
#include <memory>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "base/real_loop.hpp"
#include "media/address.hpp"
#include "media/media.hpp"
#include "media/rtp.hpp"

using namespace tl;
using namespace tl::media;

namespace {

constexpr int packets_per_s = 50;
constexpr std::size_t far_sockets =
    16; // far ends share sockets; the engine sees one source per stream all the same

double cpu_s() {
  timespec spent{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
  return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) * 1e-9;
}

void run_for(RealLoop& loop, Duration span) {
  Timer end(loop, [&] { loop.stop(); });
  loop.post([&] { end.start(span); });
  loop.run();
}

int far_socket(std::uint16_t* port) {
  const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  auto address = *Address::parse("127.0.0.1", 0);
  if (::bind(fd, &address.plain, address.size()) != 0) std::perror("bind"), std::exit(1);
  const int bytes = 4 << 20;
  ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  socklen_t size = sizeof address;
  ::getsockname(fd, &address.plain, &size);
  *port = address.port();
  return fd;
}

// The child: 20 ms packets to every port, evenly spread, and everything that comes back thrown away and
// counted.
struct Far {
  int sockets[far_sockets];
  std::uint16_t ports[far_sockets];
  struct Shared {
    volatile bool speak;
    volatile std::uint64_t heard;
    volatile std::size_t targets;
    volatile std::uint16_t target[16384];
  } * shared;
  pid_t pid = -1;

  void start() {
    for (std::size_t i = 0; i < far_sockets; ++i) sockets[i] = far_socket(&ports[i]);
    void* memory = ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    shared = new (memory) Shared{};
    const pid_t parent = ::getpid();
    pid = ::fork();
    if (pid != 0) return;
    while (::getppid() == parent) round();
    ::_exit(0);
  }
  void stop() {
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
  }
  void drain() {
    static std::uint8_t bytes[64][256];
    iovec vectors[64];
    mmsghdr messages[64]{};
    for (int i = 0; i < 64; ++i) {
      vectors[i] = {bytes[i], sizeof bytes[i]};
      messages[i].msg_hdr.msg_iov = &vectors[i];
      messages[i].msg_hdr.msg_iovlen = 1;
    }
    for (const int fd : sockets)
      for (int got = 64; got == 64;) {
        got = ::recvmmsg(fd, messages, 64, MSG_DONTWAIT, nullptr);
        if (got > 0) shared->heard = shared->heard + static_cast<std::uint64_t>(got);
      }
  }
  void round() { // 20 ms in ten slices
    static std::uint16_t sequence = 0;
    ++sequence;
    const std::size_t count = shared->speak ? shared->targets : 0;
    for (std::size_t slice = 0; slice < 10; ++slice) {
      timespec begin{};
      ::clock_gettime(CLOCK_MONOTONIC, &begin);
      for (std::size_t i = slice; i < count; i += 10) {
        std::uint8_t packet[172];
        RtpHeader header;
        header.sequence = sequence;
        header.timestamp = sequence * 160U;
        header.ssrc = static_cast<std::uint32_t>(i);
        write_rtp_header(header, packet);
        const auto to = *Address::parse("127.0.0.1", shared->target[i]);
        ::sendto(sockets[i % far_sockets], packet, sizeof packet, 0, &to.plain, to.size());
      }
      drain();
      begin.tv_nsec += 2'000'000;
      if (begin.tv_nsec >= 1'000'000'000) begin.tv_nsec -= 1'000'000'000, ++begin.tv_sec;
      ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &begin, nullptr);
    }
  }
};

struct Bench {
  RealLoop loop;
  StderrLog log;
  Far far;
  std::unique_ptr<Engine> engine;
  std::vector<std::unique_ptr<Stream>> streams;

  void open(std::size_t count, bool connect) {
    for (std::size_t i = 0; i < count; ++i) {
      auto stream = engine->open(nullptr);
      if (!stream) std::fprintf(stderr, "%s\n", stream.error().text.c_str()), far.stop(), std::exit(1);
      Remote remote;
      remote.ip = "127.0.0.1";
      remote.port = far.ports[i % far_sockets];
      (void)(*stream)->set_remote(remote);
      if (connect && i % 2 == 1) streams.back()->connect(**stream);
      streams.push_back(std::move(*stream));
    }
  }
};

void measure_opening(Bench& bench, std::size_t count, Duration quarantine) {
  for (int round = 0; round < 6; ++round) {
    const double before = cpu_s();
    bench.open(count, true);
    bench.streams.clear();
    run_for(bench.loop, 10ms);
    const double spent = cpu_s() - before;
    std::printf("open, set remote, connect, close: %6.2f us CPU a stream (%s)\n",
                spent / static_cast<double>(count) * 1e6, round == 0 ? "new sockets" : "pooled");
    run_for(bench.loop, quarantine + 20ms);
  }
}

// As calls come: each wakes the media thread by itself.
void measure_opening_one_by_one(Bench& bench) {
  constexpr int calls = 500;
  double spent = 0;
  for (int i = 0; i < calls; ++i) {
    const double before = cpu_s();
    bench.open(2, false);
    bench.streams[0]->connect(*bench.streams[1]);
    ::usleep(200); // CPU time goes on for the media thread alone
    (void)bench.streams[0]->treat({Treatment::Kind::silence, "", false});
    bench.streams.clear();
    ::usleep(200);
    spent += cpu_s() - before;
  }
  std::printf("the same one call of two streams at a time: %6.2f us CPU a stream\n", spent / calls / 2 * 1e6);
}

void measure_memory(Bench& bench, std::size_t count) {
  run_for(bench.loop, 20ms);
  const auto before = ::mallinfo2().uordblks;
  bench.open(count, true);
  run_for(bench.loop, 20ms);
  const auto after = ::mallinfo2().uordblks;
  std::printf("memory of an idle stream: %zu bytes\n", (after - before) / count);
}

void measure_packets(Bench& bench, const char* what, bool speak, double seconds) {
  bench.far.shared->targets = bench.streams.size();
  for (std::size_t i = 0; i < bench.streams.size(); ++i)
    bench.far.shared->target[i] = bench.streams[i]->local_port();
  bench.far.shared->speak = speak;
  run_for(bench.loop, 500ms);
  const auto before = bench.engine->counters();
  const auto heard = bench.far.shared->heard;
  const double cpu = cpu_s();
  run_for(bench.loop, std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds)));
  const double load = (cpu_s() - cpu) / seconds;
  const auto after = bench.engine->counters();
  const auto sent = static_cast<double>(after.packets_sent - before.packets_sent) / seconds;
  std::printf(
      "%s: %zu streams, %.0f packets/s out (of %zu), %.0f heard, %.1f %% of a core, %.2f us a packet, "
      "%.0f streams per core; %llu unsent\n",
      what, bench.streams.size(), sent, bench.streams.size() * packets_per_s,
      static_cast<double>(bench.far.shared->heard - heard) / seconds, load * 100, load / sent * 1e6,
      static_cast<double>(bench.streams.size()) / load,
      static_cast<unsigned long long>(after.dropped_unsent - before.dropped_unsent));
  bench.far.shared->speak = false;
  run_for(bench.loop, 100ms);
}

} // namespace

int main(int argc, char** argv) {
  const std::size_t pairs = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 500;
  const double seconds = argc > 2 ? std::strtod(argv[2], nullptr) : 5;
  if (pairs == 0 || pairs > 4000 || !(seconds > 0))
    return std::fprintf(stderr, "usage: media_relay [pairs] [seconds]\n"), 2;

  Bench bench;
  bench.far.start(); // before the engine's thread
  Options options;
  options.streams_max = 2 * pairs;
  options.sockets_idle_max = 2 * pairs;
  options.quarantine = 100ms;
  auto engine = Engine::start(bench.loop, bench.log, options);
  if (!engine) return std::fprintf(stderr, "%s\n", engine.error().text.c_str()), bench.far.stop(), 1;
  bench.engine = std::move(*engine);

  measure_opening(bench, 2 * pairs, options.quarantine);
  measure_opening_one_by_one(bench);
  measure_memory(bench, 2 * pairs);
  measure_packets(bench, "relay", true, seconds);
  for (auto& stream : bench.streams) (void)stream->treat({Treatment::Kind::music, "", false});
  measure_packets(bench, "music", false, seconds);
  bench.far.stop();
  bench.streams.clear();
}
