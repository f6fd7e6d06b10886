// SPDX-License-Identifier: Apache-2.0
#include "main/passwords.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/core.h>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace tl::program {
namespace {

// 16 of 56 signs that are not mistaken for each other: 92 bits.
constexpr std::size_t password_length = 16;
constexpr std::string_view signs = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

Result<std::string> make_password() {
  std::string out;
  while (out.size() < password_length) {
    unsigned char bytes[64];
    if (getentropy(bytes, sizeof bytes) != 0)
      return Error{errno, fmt::format("no random numbers: {}", std::strerror(errno))};
    for (unsigned char byte :
         bytes) // rejecting what lies beyond a whole multiple keeps every sign equally likely
      if (byte < 256 / signs.size() * signs.size() && out.size() < password_length)
        out += signs[byte % signs.size()];
  }
  return out;
}

// All or nothing: a new file takes the old one's place.
Result<void> write_passwords(const std::string& file, const Passwords& passwords) {
  std::string text =
      "# Passwords of stations whose [[station]] has none; made by trunkline serve. number password\n";
  for (const auto& [number, password] : passwords) text += number + " " + password + "\n";
  std::string fresh = file + ".new";
  int out = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  bool good = out >= 0 && write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
              fsync(out) == 0;
  int error = errno;
  if (out >= 0) close(out);
  if (good && rename(fresh.c_str(), file.c_str()) == 0) return {};
  if (good) error = errno;
  unlink(fresh.c_str());
  return Error{error, fmt::format("{}: generated passwords cannot be kept: {}", file, std::strerror(error))};
}

} // namespace

Result<Passwords> read_passwords(const std::string& file) {
  Passwords out;
  std::ifstream in(file);
  std::error_code ignored;
  if (!in && !std::filesystem::exists(file, ignored)) return out;
  if (!in) return Error{errno, fmt::format("{}: cannot be read: {}", file, std::strerror(errno))};
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    std::istringstream words(line);
    std::string station, password, more;
    words >> station >> password >> more;
    if (station.empty() || station[0] == '#') continue;
    if (password.empty() || !more.empty())
      return Error{EINVAL, fmt::format("{}:{}: expected: number password", file, number)};
    out[station] = password;
  }
  return out;
}

Result<void> complete_passwords(Site& site, const std::string& file) {
  Result<Passwords> kept = read_passwords(file);
  if (!kept) return kept.error();
  bool changed = false;
  for (StationEntry& station : site.stations) {
    if (station.driver != "sip" || !station.password.empty() || !station.contact.empty()) continue;
    std::string& password = (*kept)[station.number];
    if (password.empty()) {
      Result<std::string> made = make_password();
      if (!made) return made.error();
      password = *made;
      changed = true;
    }
    station.password = password;
  }
  return changed ? write_passwords(file, *kept) : Result<void>{};
}

} // namespace tl::program
