// SPDX-License-Identifier: Apache-2.0
#include "cli/phone_input.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tl::cli {

PhoneInput::PhoneInput(Loop& loop, std::function<void(const std::string&)> line) : line_(std::move(line)) {
  // Files (and /dev/null) cannot be waited for, and nobody types there.
  struct stat about {};
  if (fstat(STDIN_FILENO, &about) != 0 ||
      !(S_ISFIFO(about.st_mode) || S_ISSOCK(about.st_mode) || isatty(STDIN_FILENO)))
    return;
  flags_ = fcntl(STDIN_FILENO, F_GETFL);
  watch_ = loop.watch(STDIN_FILENO, [this] { readable(); });
}

PhoneInput::~PhoneInput() {
  watch_.reset();
  if (flags_ >= 0) fcntl(STDIN_FILENO, F_SETFL, flags_);
}

void PhoneInput::readable() {
  char bytes[256];
  ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (got <= 0) return watch_.reset();
  for (ssize_t i = 0; i < got; ++i) {
    if (bytes[i] != '\n') {
      if (rest_.size() < line_bytes_max) rest_ += bytes[i];
      continue;
    }
    std::string line;
    line.swap(rest_);
    line_(line);
  }
}

} // namespace tl::cli
