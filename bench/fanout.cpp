// SPDX-License-Identifier: Apache-2.0
// Many programs that watch the same lines: what one costs the server in memory, how long one event takes to
// reach all of them, how many requests are answered. Server and clients are two processes, over the Unix
// socket and over TLS; each figure stands beside a bare one taken in the same minute. fanout --help says how
// to call it.
#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "base/real_loop.hpp"
#include "main/certificate.hpp"
#include "main/tls_door.hpp"
#include "main/unix_door.hpp"
#include "server/server.hpp"
#include "server/tspi_table.hpp"
#include "tapi32/stream.hpp"
#include "wire/frame.hpp"

namespace {

using namespace tl;
using Clock = std::chrono::steady_clock;
using wire::Fn;

constexpr const char* usage =
    R"(usage: fanout [--clients N] [--lines N] [--events N] [--seconds N] [unix|tls]...

  --clients N   programs that are connected, two connections each (1000)
  --lines N     lines that each of them watches (1000)
  --events N    events told to all of them, one after the other (50)
  --seconds N   how long requests are counted (3)
  unix, tls     which transports; both by default
)";

struct Plan {
  std::size_t clients = 1000, lines = 1000, events = 50, seconds = 3;
  bool over_unix = false, over_tls = false;
};

[[noreturn]] void fail(const std::string& what) {
  std::fprintf(stderr, "fanout: %s\n", what.c_str());
  std::exit(1);
}

double us(Clock::duration time) {
  return std::chrono::duration<double, std::micro>(time).count();
}
double median(std::vector<double> all) {
  std::sort(all.begin(), all.end());
  return all[all.size() / 2];
}

// ---- A switch without devices: lines that say what they are told to -------------------------------------

namespace lines {

std::size_t count = 0;
LINEEVENT report = nullptr;
HTAPILINE first_line = nullptr; // as the server named it
HTAPICALL call = nullptr;
bool connected = false;

LONG negotiate(DWORD, DWORD, DWORD high, LPDWORD version) {
  *version = high;
  return 0;
}
LONG enum_devices(DWORD, LPDWORD lines, LPDWORD phones, HPROVIDER, LINEEVENT, PHONEEVENT) {
  *lines = static_cast<DWORD>(count);
  *phones = 0;
  return 0;
}
LONG init(DWORD, DWORD, DWORD, DWORD, DWORD_PTR, DWORD_PTR, ASYNC_COMPLETION, LPDWORD) {
  return 0;
}
LONG open(DWORD id, HTAPILINE line, LPHDRVLINE driver, DWORD, LINEEVENT procedure) {
  *driver = reinterpret_cast<HDRVLINE>(DWORD_PTR{id} + 1);
  report = procedure;
  if (id == 0) first_line = line;
  return 0;
}
LONG dev_caps(DWORD, DWORD, DWORD, LPLINEDEVCAPS caps) {
  caps->dwNeededSize = caps->dwUsedSize = std::min<DWORD>(caps->dwTotalSize, sizeof *caps);
  caps->dwNumAddresses = 1;
  return 0;
}
template <class... A> LONG fine(A...) {
  return 0;
}
template <class... A> LONG unavailable(A...) {
  return LINEERR_OPERATIONUNAVAIL;
}
template <class... A> void set(server::Tspi<LONG (*)(A...)>& slot, bool good) {
  slot = good ? &fine<A...> : &unavailable<A...>;
}

server::ProviderTable table() {
  server::ProviderTable made{};
#define SET(name) set(made.name, false);
  TL_TSPI_REQUIRED(SET)
#undef SET
  set(made.lineClose, true);
  set(made.providerShutdown, true);
  set(made.lineCloseCall, true);
  set(made.lineSetStatusMessages, true);
  set(made.lineSetDefaultMediaDetection, true);
  made.lineNegotiateTSPIVersion = &negotiate;
  made.providerEnumDevices = &enum_devices;
  made.providerInit = &init;
  made.lineOpen = &open;
  made.lineGetDevCaps = &dev_caps;
  return made;
}

// The first line's call changes its state: one event. The first time there is a call at all.
void tell() {
  if (!call) report(first_line, nullptr, LINE_NEWCALL, 1, reinterpret_cast<DWORD_PTR>(&call), 0);
  connected = !connected;
  report(first_line, call, LINE_CALLSTATE, connected ? LINECALLSTATE_CONNECTED : LINECALLSTATE_ONHOLD, 0,
         LINEMEDIAMODE_INTERACTIVEVOICE);
}

} // namespace lines

// ---- The server's process -------------------------------------------------------------------------------

// What it answers to each byte: 't' tells an event, 'm' nothing but these.
struct Measured {
  double cpu_us = 0;
  std::size_t memory_kb = 0;
};

Measured measure_self() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  Measured now;
  now.cpu_us = 1e6 * static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
               static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
  if (std::FILE* const file = std::fopen("/proc/self/statm", "r")) {
    unsigned long size = 0, resident = 0;
    if (std::fscanf(file, "%lu %lu", &size, &resident) == 2)
      now.memory_kb = resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) / 1024;
    std::fclose(file);
  }
  return now;
}

constexpr const char* password = "the bench's password";

[[noreturn]] void serve(int control, const std::string& folder, bool tls) {
  RealLoop loop;
  NullLog log;
  server::Options options;
  options.access["bench"] = {.administrator = true};
  server::Server server(loop, log, std::move(options));
  if (const auto loaded = server.load_provider("lines", lines::table()); !loaded) fail(loaded.error().text);
  program::TlsOptions with{
      .listen = "127.0.0.1:0", .certificate = folder + "/server.crt", .key = folder + "/server.key"};
  with.passwords.emplace("bench", *program::parse_password_hash(program::hash_password(password)));
  auto door =
      tls ? program::open_tls_door(loop, std::move(with)) : program::open_unix_door(folder + "/socket");
  if (!door) fail(door.error().text);
  const std::string name = (*door)->name() + "\n";
  const auto listener = program::Listener::make(loop, log, server, std::move(*door));
  if (write(control, name.data(), name.size()) < 0) std::exit(1);
  const auto watch = loop.watch(control, [&] {
    char command = 0;
    if (recv(control, &command, 1, 0) != 1) return loop.stop();
    if (command == 't') return lines::tell();
    const Measured now = measure_self();
    if (send(control, &now, sizeof now, MSG_NOSIGNAL) < 0) loop.stop();
  });
  loop.run();
  std::_Exit(0); // a million handles need no farewell
}

class ServerProcess {
public:
  ServerProcess(const std::string& folder, bool tls) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) fail("socketpair");
    pid_ = fork();
    if (pid_ == 0) {
      close(ends[0]);
      serve(ends[1], folder, tls);
    }
    close(ends[1]);
    control_ = ends[0];
    std::string name;
    for (char c = 0; recv(control_, &c, 1, 0) == 1 && c != '\n';) name += c;
    if (name.empty()) fail("the server did not start");
    address = tls ? tapi32::Server{.host = "127.0.0.1",
                                   .port = name.substr(name.rfind(':') + 1),
                                   .user = "bench",
                                   .password = password,
                                   .ca = folder + "/server.crt"}
                  : tapi32::Server{.path = name};
  }
  ~ServerProcess() {
    close(control_);
    waitpid(pid_, nullptr, 0);
  }
  void tell() const {
    if (send(control_, "t", 1, MSG_NOSIGNAL) != 1) fail("the server is gone");
  }
  Measured measure() const {
    Measured now;
    if (send(control_, "m", 1, MSG_NOSIGNAL) != 1 ||
        recv(control_, &now, sizeof now, MSG_WAITALL) != sizeof now)
      fail("the server is gone");
    return now;
  }

  tapi32::Server address;

private:
  int control_ = -1;
  pid_t pid_ = 0;
};

// ---- Clients ---------------------------------------------------------------------------------------------

class Frames {
public:
  explicit Frames(const tapi32::Server& server) {
    auto opened = server.path.empty() ? tapi32::open_tls(server) : tapi32::open_unix(server);
    if (!opened) fail(opened.error().text);
    stream_ = std::move(*opened);
  }
  int fd() const { return stream_->fd(); }
  void send(wire::Bytes bytes) {
    if (!stream_->send(bytes)) fail("the server closed a connection");
  }
  // Takes what has come, waiting for it if nothing has.
  void fill() {
    const std::size_t got = stream_->receive(splitter_.space());
    if (got == 0) fail("the server closed a connection");
    splitter_.commit(got);
  }
  std::optional<wire::Bytes> next() { return splitter_.next(); }
  wire::Bytes receive() {
    for (;;) {
      if (const auto frame = next()) return *frame;
      fill();
    }
  }

private:
  std::unique_ptr<tapi32::Stream> stream_;
  wire::Splitter splitter_;
};

// A program: signed in, with an application.
class Program {
public:
  explicit Program(const tapi32::Server& server) : requests_(server) {
    wire::Buffer frame;
    wire::write_hello(frame, {.process_id = 1, .user = server.user, .password = server.password});
    requests_.send(frame);
    const auto ticket = wire::read_welcome(requests_.receive());
    if (!ticket) fail("the server refuses");
    events_ = std::make_unique<Frames>(server);
    wire::write_attach(frame, *ticket);
    events_->send(frame);
    events_->receive();
    ask<Fn::lineInitializeEx>(wire::Text{u"fanout"}, wire::Text{u"fanout"}, 0x00020002u);
    app_ = std::get<0>(*wire::decode_answers<Fn::lineInitializeEx>(reply()));
  }
  Frames& events() { return *events_; }

  // A batch of requests travels at once: opening is not what is measured.
  void watch(std::size_t lines) {
    constexpr std::size_t batch = 50;
    for (std::size_t at = 0; at < lines; at += batch) {
      const std::size_t end = std::min(lines, at + batch);
      wire::Buffer all;
      for (std::size_t line = at; line < end; ++line) {
        write<Fn::lineOpen>(app_, static_cast<DWORD>(line), 0x00020002u, 0u, std::uint64_t{0},
                            DWORD{LINECALLPRIVILEGE_MONITOR}, 0u, wire::Data{});
        all.insert(all.end(), frame_.begin(), frame_.end());
      }
      requests_.send(all);
      for (std::size_t line = at; line < end; ++line) {
        reply();
        line_ = std::get<0>(*wire::decode_answers<Fn::lineOpen>(answers_));
      }
    }
  }
  void ask_status() {
    ask<Fn::lineGetStatusMessages>(line_);
    reply();
  }

private:
  template <Fn F, class... A> void write(const A&... arguments) {
    wire::FrameWriter writer{frame_, wire::FrameKind::request, static_cast<std::uint16_t>(F), ++sequence_};
    wire::encode_arguments<F>(writer, arguments...);
    if (!writer.finish()) fail("a request too large");
  }
  template <Fn F, class... A> void ask(const A&... arguments) {
    write<F>(arguments...);
    requests_.send(frame_);
  }
  wire::Bytes reply() {
    const wire::Bytes payload = wire::payload(requests_.receive());
    if (const auto result = static_cast<LONG>(wire::Reader{payload}.dword()); result != 0)
      fail("a request failed: " + std::to_string(result));
    return answers_ = payload.subspan(sizeof(LONG));
  }

  Frames requests_;
  std::unique_ptr<Frames> events_;
  wire::Buffer frame_;
  wire::Bytes answers_;
  std::uint32_t sequence_ = 0;
  DWORD app_ = 0, line_ = 0;
};

// ---- Bare figures ----------------------------------------------------------------------------------------

constexpr std::size_t event_bytes = 64; // about what a LINE_CALLSTATE takes
constexpr std::size_t request_bytes = 16, reply_bytes = 24;

// One writer, as many readers as clients, one message to each: what the system's sockets cost.
double bare_fan_out(std::size_t clients, std::size_t rounds) {
  std::vector<std::array<int, 2>> pairs(clients);
  const int ready = epoll_create1(0);
  for (std::size_t i = 0; i < clients; ++i) {
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pairs[i].data()) != 0) fail("socketpair");
    epoll_event wanted{.events = EPOLLIN, .data = {.u64 = i}};
    epoll_ctl(ready, EPOLL_CTL_ADD, pairs[i][1], &wanted);
  }
  const std::array<char, event_bytes> message{};
  std::vector<double> times;
  for (std::size_t round = 0; round < rounds; ++round) {
    const auto start = Clock::now();
    std::thread writer([&] {
      for (const auto& pair : pairs)
        if (send(pair[0], message.data(), message.size(), MSG_NOSIGNAL) < 0) fail("send");
    });
    std::array<epoll_event, 256> events;
    for (std::size_t left = clients; left > 0;) {
      const int count = epoll_wait(ready, events.data(), static_cast<int>(events.size()), -1);
      for (int i = 0; i < count; ++i) {
        std::array<char, 4096> space;
        if (recv(pairs[events[static_cast<std::size_t>(i)].data.u64][1], space.data(), space.size(), 0) > 0)
          --left;
      }
    }
    times.push_back(us(Clock::now() - start));
    writer.join();
  }
  for (const auto& pair : pairs)
    for (const int fd : pair) close(fd);
  close(ready);
  return median(times);
}

double bare_ping_pongs_per_second(std::size_t seconds) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) fail("socketpair");
  std::thread peer([fd = ends[1]] {
    std::array<char, 4096> space{};
    while (recv(fd, space.data(), space.size(), 0) > 0)
      if (send(fd, space.data(), reply_bytes, MSG_NOSIGNAL) < 0) return;
  });
  std::array<char, 4096> space{};
  std::size_t count = 0;
  const auto start = Clock::now(), end = start + std::chrono::seconds(seconds);
  while (Clock::now() < end) {
    if (send(ends[0], space.data(), request_bytes, MSG_NOSIGNAL) < 0 ||
        recv(ends[0], space.data(), space.size(), 0) <= 0)
      fail("ping-pong");
    ++count;
  }
  const double rate = static_cast<double>(count) / (us(Clock::now() - start) / 1e6);
  shutdown(ends[0], SHUT_RDWR);
  peer.join();
  for (const int fd : ends) close(fd);
  return rate;
}

// ---- What is measured ------------------------------------------------------------------------------------

struct Fan {
  double last_us = 0, cpu_us = 0;
};

// From the order to tell an event until the last client has it.
Fan measure_fan_out(const ServerProcess& server, std::vector<std::unique_ptr<Program>>& programs,
                    std::size_t events) {
  const int ready = epoll_create1(0);
  for (std::size_t i = 0; i < programs.size(); ++i) {
    epoll_event wanted{.events = EPOLLIN, .data = {.u64 = i}};
    epoll_ctl(ready, EPOLL_CTL_ADD, programs[i]->events().fd(), &wanted);
  }
  std::array<epoll_event, 256> batch;
  const auto once = [&](std::size_t frames_each) {
    const auto start = Clock::now();
    server.tell();
    for (std::size_t left = programs.size() * frames_each; left > 0;) {
      const int count = epoll_wait(ready, batch.data(), static_cast<int>(batch.size()), 30'000);
      if (count <= 0) fail("an event never came");
      for (int i = 0; i < count; ++i) {
        Frames& from = programs[batch[static_cast<std::size_t>(i)].data.u64]->events();
        from.fill();
        while (from.next()) --left;
      }
    }
    return us(Clock::now() - start);
  };
  once(2); // LINE_APPNEWCALL and LINE_CALLSTATE
  std::vector<double> times;
  const Measured before = server.measure();
  for (std::size_t i = 0; i < events; ++i) times.push_back(once(1));
  const Measured after = server.measure();
  close(ready);
  return {median(times), (after.cpu_us - before.cpu_us) / static_cast<double>(events)};
}

double requests_per_second(std::vector<std::unique_ptr<Program>>& programs, std::size_t clients,
                           std::size_t seconds) {
  clients = std::min(clients, programs.size());
  std::vector<std::thread> threads;
  std::atomic<std::size_t> count = 0;
  const auto start = Clock::now(), end = start + std::chrono::seconds(seconds);
  for (std::size_t i = 0; i < clients; ++i)
    threads.emplace_back([&, i] {
      std::size_t mine = 0;
      for (; Clock::now() < end; ++mine) programs[i]->ask_status();
      count += mine;
    });
  for (std::thread& thread : threads) thread.join();
  return static_cast<double>(count) / (us(Clock::now() - start) / 1e6);
}

void measure(const Plan& plan, const std::string& folder, bool tls, double bare_fan_us, double bare_rate) {
  const ServerProcess server(folder, tls);
  const Measured empty = server.measure();
  std::vector<std::unique_ptr<Program>> programs;
  auto start = Clock::now();
  for (std::size_t i = 0; i < plan.clients; ++i)
    programs.push_back(std::make_unique<Program>(server.address));
  const double connect_us = us(Clock::now() - start);
  const Measured connected = server.measure();
  start = Clock::now();
  for (const auto& program : programs) program->watch(plan.lines);
  const double watch_us = us(Clock::now() - start);
  const Measured watching = server.measure();
  const Fan fan = measure_fan_out(server, programs, plan.events);
  const double one = requests_per_second(programs, 1, plan.seconds);
  const double many = requests_per_second(programs, 64, plan.seconds);

  const auto clients = static_cast<double>(plan.clients);
  const double opens = clients * static_cast<double>(plan.lines);
  std::printf("\n| %s, %zu clients watching %zu lines each | | beside the bare one |\n|---|---|---|\n",
              tls ? "TLS 1.3" : "Unix socket", plan.clients, plan.lines);
  std::printf("| a client connects and signs in | %.0f us | |\n", connect_us / clients);
  std::printf("| a client's memory in the server | %.1f kB | |\n",
              static_cast<double>(connected.memory_kb - empty.memory_kb) / clients);
  std::printf("| a line is opened | %.1f us | |\n", watch_us / opens);
  std::printf("| an open line's memory in the server | %.0f bytes | |\n",
              1024.0 * static_cast<double>(watching.memory_kb - connected.memory_kb) / opens);
  std::printf("| one event reaches the last of all clients | %.2f ms | %.1f times |\n", fan.last_us / 1000,
              fan.last_us / bare_fan_us);
  std::printf("| the server's CPU for it | %.2f ms (%.1f us a client) | |\n", fan.cpu_us / 1000,
              fan.cpu_us / clients);
  std::printf("| requests a second from 1 client | %.0f | %.2f |\n", one, one / bare_rate);
  std::printf("| requests a second from 64 clients | %.0f | %.2f |\n", many, many / bare_rate);
}

std::size_t number(const char* text) {
  const long value = std::strtol(text, nullptr, 10);
  if (value < 1) fail(std::string{"a positive number was expected: "} + text);
  return static_cast<std::size_t>(value);
}

Plan read_plan(int argc, char** argv) {
  Plan plan;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    std::size_t* const value = word == "--clients"   ? &plan.clients
                               : word == "--lines"   ? &plan.lines
                               : word == "--events"  ? &plan.events
                               : word == "--seconds" ? &plan.seconds
                                                     : nullptr;
    if (value && i + 1 < argc) {
      *value = number(argv[++i]);
    } else if (word == "unix" || word == "tls") {
      (word == "tls" ? plan.over_tls : plan.over_unix) = true;
    } else {
      std::fputs(usage, word == "--help" ? stdout : stderr);
      std::exit(word == "--help" ? 0 : 2);
    }
  }
  if (!plan.over_tls && !plan.over_unix) plan.over_tls = plan.over_unix = true;
  return plan;
}

void raise_descriptor_limit() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

int main(int argc, char** argv) {
  const Plan plan = read_plan(argc, argv);
  std::signal(SIGPIPE, SIG_IGN);
  raise_descriptor_limit();
  char folder[] = "/tmp/trunkline_fanout_XXXXXX";
  if (!mkdtemp(folder)) fail("no temporary folder");
  if (const auto made = program::make_certificate({.hosts = {"127.0.0.1"}, .folder = folder}); !made)
    fail(made.error().text);
  lines::count = plan.lines;
  const double bare_fan_us = bare_fan_out(plan.clients, plan.events);
  const double bare_rate = bare_ping_pongs_per_second(plan.seconds);
  std::printf("| bare, on Unix sockets | |\n|---|---|\n| one message to %zu peers | %.2f ms |\n",
              plan.clients, bare_fan_us / 1000);
  std::printf("| ping-pongs a second | %.0f |\n", bare_rate);
  if (plan.over_unix) measure(plan, folder, false, bare_fan_us, bare_rate);
  if (plan.over_tls) measure(plan, folder, true, bare_fan_us, bare_rate);
  std::filesystem::remove_all(folder);
}
