// SPDX-License-Identifier: Apache-2.0
#include "tui/terminal.hpp"

#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

namespace tl::tui {
namespace {

// Somebody may be at the other end; /dev/null, and what a service has instead, is not one.
bool usable(int fd) {
  struct stat about {};
  if (::isatty(fd)) return true;
  if (::fstat(fd, &about) != 0) return false;
  return S_ISFIFO(about.st_mode) || S_ISREG(about.st_mode) || S_ISSOCK(about.st_mode);
}

// C0, DEL and, in UTF-8, C1.
std::string clean(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (c1) ++i;
    out += byte < 0x20 || byte == 0x7F || c1 ? '?' : text[i];
  }
  return out;
}

// While a secret is typed it is not shown.
class WithoutEcho {
public:
  explicit WithoutEcho(int fd) : fd_(fd), changed_(::tcgetattr(fd, &before_) == 0) {
    if (!changed_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = ::tcsetattr(fd_, TCSANOW, &silent) == 0;
  }
  ~WithoutEcho() {
    if (changed_) ::tcsetattr(fd_, TCSANOW, &before_);
  }
  WithoutEcho(const WithoutEcho&) = delete;
  WithoutEcho& operator=(const WithoutEcho&) = delete;

private:
  int fd_;
  termios before_{};
  bool changed_;
};

} // namespace

std::unique_ptr<Terminal> Terminal::open() {
  if (usable(STDIN_FILENO) && usable(STDOUT_FILENO))
    return std::make_unique<Terminal>(STDIN_FILENO, STDOUT_FILENO, false);
  const int tty = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
  return tty < 0 ? nullptr : std::make_unique<Terminal>(tty, tty, true);
}

Terminal::Terminal(int in, int out, bool own)
    : in_(in), out_(out), own_(own), interruption_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Terminal::~Terminal() {
  if (own_) ::close(in_);
  ::close(interruption_);
}

void Terminal::print(std::string_view text) {
  write(clean(text) + "\n");
}

void Terminal::write(std::string_view text) const {
  while (!text.empty()) {
    const auto written = ::write(out_, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return; // nobody reads any more: the input will end too
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

// False: interrupted.
bool Terminal::wait() const {
  pollfd both[] = {{in_, POLLIN, 0}, {interruption_, POLLIN, 0}};
  while (::poll(both, 2, -1) < 0)
    if (errno != EINTR) return false;
  return both[1].revents == 0;
}

std::optional<std::string> Terminal::ask(std::string_view prompt, bool secret) {
  write(clean(prompt));
  std::optional<WithoutEcho> silence;
  if (secret) silence.emplace(in_);
  std::string line;
  for (;;) {
    if (!wait()) return std::nullopt;
    char byte = 0;
    const auto got = ::read(in_, &byte, 1);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got <= 0 && line.empty()) return std::nullopt;
    if (got <= 0 || byte == '\n') break;
    if (byte != '\r' && line.size() < line_bytes_max) line += byte;
  }
  // Where the terminal did not show the line's end, the next output begins one.
  if (secret || !::isatty(in_)) write("\n");
  return line;
}

void Terminal::interrupt() {
  const std::uint64_t one = 1;
  if (::write(interruption_, &one, sizeof one) < 0) return; // it is set already
}

} // namespace tl::tui
