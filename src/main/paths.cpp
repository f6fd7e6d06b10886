// SPDX-License-Identifier: Apache-2.0
#include "main/paths.hpp"

#include <cstdlib>
#include <filesystem>
#include <pwd.h>
#include <unistd.h>

namespace tl::program {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::string home() {
  std::string folder = environment("HOME");
  if (!folder.empty()) return folder;
  const passwd* user = getpwuid(getuid());
  return user && user->pw_dir ? user->pw_dir : "/";
}

} // namespace

std::string default_state_folder() {
  std::string base = environment("XDG_STATE_HOME");
  // The specification: a path that is not absolute is to be ignored.
  if (base.empty() || base[0] != '/') base = home() + "/.local/state";
  return base + "/trunkline";
}

std::string default_socket(const std::string& state_folder) {
  if (std::string named = environment("TRUNKLINE_SOCKET"); !named.empty()) return named;
  std::error_code ignored;
  std::string runtime = environment("XDG_RUNTIME_DIR");
  if (!runtime.empty() && runtime[0] == '/' && std::filesystem::is_directory(runtime, ignored))
    return runtime + "/trunkline/tapi.sock";
  if (geteuid() == 0) return "/run/trunkline/tapi.sock";
  return state_folder + "/tapi.sock";
}

std::string program_folder() {
  std::error_code error;
  std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? "." : self.parent_path().string();
}

} // namespace tl::program
