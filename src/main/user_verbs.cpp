// SPDX-License-Identifier: Apache-2.0
#include "main/user_verbs.hpp"

#include <cstdio>
#include <fmt/core.h>
#include <iostream>
#include <termios.h>
#include <unistd.h>

#include "main/password_hash.hpp"
#include "wire/frame.hpp"

namespace tl::program {
namespace {

constexpr std::size_t password_min_bytes = 8;

// The terminal shows nothing while this lives.
class Hidden {
public:
  Hidden() : shown_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!shown_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~Hidden() {
    if (shown_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Hidden(const Hidden&) = delete;
  Hidden& operator=(const Hidden&) = delete;

private:
  termios before_{};
  bool shown_;
};

bool ask(const char* what, std::string& out) {
  const bool terminal = isatty(STDIN_FILENO) == 1;
  if (terminal) fmt::print(stderr, "{}: ", what);
  const Hidden hidden;
  const bool read = static_cast<bool>(std::getline(std::cin, out));
  if (terminal) fmt::print(stderr, "\n");
  return read;
}

int complain(const std::string& what) {
  fmt::print(stderr, "trunkline: {}\n", what);
  return 1;
}

} // namespace

int print_password_hash() {
  std::string password, again;
  if (!ask("Password", password)) return complain("no password was given");
  if (isatty(STDIN_FILENO) == 1 && (!ask("Once more", again) || again != password))
    return complain("the two are not the same");
  if (password.size() < password_min_bytes || password.size() > wire::password_max_units)
    return complain(
        fmt::format("expected a password of {} to {} bytes", password_min_bytes, wire::password_max_units));
  const std::string hash = hash_password(password);
  if (hash.empty()) return complain("the hash could not be made");
  fmt::print("{}\n", hash);
  return 0;
}

int print_certificate(const CertificateOptions& options) {
  if (const Result<void> made = make_certificate(options); !made) return complain(made.error().text);
  fmt::print("{0}/server.crt and {0}/server.key: for [remote] certificate and key of the site file.\n"
             "Give clients a copy of server.crt (never of server.key): TRUNKLINE_CA=server.crt\n",
             options.folder);
  return 0;
}

} // namespace tl::program
