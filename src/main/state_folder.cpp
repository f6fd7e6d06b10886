// SPDX-License-Identifier: Apache-2.0
#include "main/state_folder.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/core.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tl::program {

Result<void> make_private_folder(const std::string& path) {
  std::filesystem::path whole = std::filesystem::absolute(path).lexically_normal();
  std::filesystem::path part;
  for (const std::filesystem::path& name : whole) {
    part /= name;
    if (part.empty() || mkdir(part.c_str(), 0700) == 0 || errno == EEXIST) continue;
    int error = errno;
    if (!std::filesystem::is_directory(part)) // EROFS, EACCES for a parent that is there already
      return Error{error, fmt::format("{}: cannot be created: {}; expected a folder this user may write to",
                                      part.string(), std::strerror(error))};
  }
  if (!std::filesystem::is_directory(whole))
    return Error{ENOTDIR, whole.string() + ": is not a folder; expected a folder this user may write to"};
  return {};
}

Result<std::unique_ptr<StateFolder>> StateFolder::open(const std::string& path) {
  if (Result<void> made = make_private_folder(path); !made) return made.error();
  std::string name = path + "/lock";
  int lock = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) return Error{errno, fmt::format("{}: cannot be opened: {}", name, std::strerror(errno))};
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    int error = errno;
    close(lock);
    return Error{error,
                 fmt::format("{}: another server uses this state folder; stop it, or give this one its own "
                             "with --state DIR",
                             path)};
  }
  return std::unique_ptr<StateFolder>(new StateFolder(path, lock));
}

StateFolder::~StateFolder() {
  close(lock_);
}

} // namespace tl::program
