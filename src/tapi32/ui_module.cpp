// SPDX-License-Identifier: Apache-2.0
#include "tapi32/ui_module.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <filesystem>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

#include "tapi.h"

namespace tl::tapi32 {
namespace {

constexpr unsigned load_limit_s = 5; // a module that takes longer is taken for stuck
constexpr std::size_t name_bytes_max = 255;

// A server must not choose a folder, nor a hidden or odd file: letters, digits, dots, dashes, underscores.
bool is_bare(std::string_view name) {
  if (name.empty() || name.size() > name_bytes_max || name.front() == '.') return false;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '-' || c == '_';
    if (!plain) return false;
  }
  return true;
}

// The child's part: nothing it does is seen, and no handler of the program runs in it.
[[noreturn]] void try_and_exit(const char* path) {
  for (const int each : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGALRM, SIGTERM})
    std::signal(each, SIG_DFL);
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  if (const int nowhere = ::open("/dev/null", O_RDWR); nowhere >= 0)
    for (const int each : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nowhere, each);
  ::alarm(load_limit_s);
  ::_exit(dlopen(path, RTLD_NOW | RTLD_LOCAL) ? 0 : 1);
}

// Loading runs a module's initialisers: a child tries it first, so that one that crashes or hangs there costs
// an error and not the program. Empty: it can be loaded, or nobody knows.
std::string fault_of(const std::string& path) {
  const pid_t child = ::fork();
  if (child < 0) return {};
  if (child == 0) try_and_exit(path.c_str());
  int status = 0;
  pid_t ended;
  do {
    ended = ::waitpid(child, &status, 0);
  } while (ended < 0 && errno == EINTR);
  if (ended != child) return {}; // the program takes the ends of its children itself
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) return "it does not finish loading";
  if (WIFSIGNALED(status))
    return std::string{"it crashes while it is loaded: "} + strsignal(WTERMSIG(status));
  const int code = WEXITSTATUS(status);
  return code <= 1 ? "" : "it ends the program while it is loaded";
}

} // namespace

std::string ui_module_folder() {
  if (const char* const named = ::secure_getenv("TRUNKLINE_UI_MODULES"); named && *named) return named;
  Dl_info self{};
  if (dladdr(reinterpret_cast<const void*>(&ui_module_folder), &self) == 0 || !self.dli_fname) return ".";
  // Linked into a program, the name is argv[0] as it was typed.
  std::error_code error;
  std::filesystem::path file = std::filesystem::canonical(self.dli_fname, error);
  if (error) file = std::filesystem::read_symlink("/proc/self/exe", error);
  return file.parent_path().string();
}

Result<UiModule> UiModule::open(std::string_view name) {
  if (!is_bare(name))
    return Error{LINEERR_OPERATIONFAILED, "user interface module \"" + std::string{name} +
                                              "\": not a bare file name, so it is not loaded"};
  std::string path = ui_module_folder() + "/" + std::string{name};
  if (::access(path.c_str(), R_OK) != 0)
    return Error{LINEERR_OPERATIONFAILED,
                 "user interface module " + path + ": " + std::strerror(errno) +
                     " (TRUNKLINE_UI_MODULES names the folder of the modules of this machine)"};
  if (const std::string fault = fault_of(path); !fault.empty())
    return Error{LINEERR_OPERATIONFAILED, "user interface module " + path + ": " + fault};
  void* const library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library)
    return Error{LINEERR_OPERATIONFAILED,
                 std::string{"user interface module cannot be loaded: "} + dlerror()};
  return UiModule{std::move(path), library};
}

UiModule::UiModule(UiModule&& other) noexcept
    : path_(std::move(other.path_)), library_(std::exchange(other.library_, nullptr)) {}

UiModule::~UiModule() {
  if (library_) dlclose(library_);
}

void* UiModule::symbol(const char* name) const {
  return dlsym(library_, name);
}

} // namespace tl::tapi32
