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

const char* const system_socket = "/run/trunkline/tapi.sock";

std::string runtime_folder() {
  std::error_code ignored;
  std::string folder = environment("XDG_RUNTIME_DIR");
  return !folder.empty() && folder[0] == '/' && std::filesystem::is_directory(folder, ignored)
             ? folder
             : std::string{};
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

std::string socket_to_serve(const std::string& state_folder) {
  if (std::string named = environment("TRUNKLINE_SOCKET"); !named.empty()) return named;
  if (std::string runtime = runtime_folder(); !runtime.empty()) return runtime + "/trunkline/tapi.sock";
  return geteuid() == 0 ? system_socket : state_folder + "/tapi.sock";
}

std::string socket_to_find(const std::string& state_folder) {
  if (std::string named = environment("TRUNKLINE_SOCKET"); !named.empty()) return named;
  std::error_code ignored;
  std::string own = state_folder + "/tapi.sock";
  std::string runtime = runtime_folder();
  if (!runtime.empty() && std::filesystem::exists(runtime + "/trunkline/tapi.sock", ignored))
    return runtime + "/trunkline/tapi.sock";
  if (!std::filesystem::exists(system_socket, ignored) && std::filesystem::exists(own, ignored)) return own;
  return system_socket;
}

std::string program_folder() {
  std::error_code error;
  std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? "." : self.parent_path().string();
}

} // namespace tl::program
