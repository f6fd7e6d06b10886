// SPDX-License-Identifier: Apache-2.0
// Prints docs/functions.md: every function of tapi.h, its forms, who answers it, and whether it works. Made
// from the wire's table and the server's list of bound functions, so that it cannot promise what is not
// there.
#include <cstdio>
#include <map>
#include <string>
#include <string_view>

#include "server/server.hpp"
#include "wire/functions.hpp"

namespace {

using namespace tl::wire;

// Functions that the library answers without the server, and how.
const std::map<std::string_view, std::string_view> local_functions{
    {"lineInitialize", "as lineInitializeEx"},
    {"phoneInitialize", "as phoneInitializeEx"},
    {"lineGetMessage", ""},
    {"phoneGetMessage", ""},
    {"tapiRequestDrop", "always fails, as documented"},
    {"tapiRequestMediaCall", "always fails, as documented"},
};

std::string forms(const Function& f) {
  switch (f.forms) {
  case Forms::plain: return "plain";
  case Forms::aw: return "A, W";
  case Forms::awp: return "A, W, plain";
  case Forms::none: break;
  }
  return {};
}

std::string kind(const Function& f) {
  return f.mode == Mode::async ? "asynchronous" : "synchronous";
}

struct State {
  bool works;
  std::string text;
};

State state(Fn fn) {
  const Function& f = function(fn);
  if (f.mode != Mode::local)
    return tl::server::is_bound(fn) ? State{true, "works"} : State{false, "OPERATIONUNAVAIL"};
  const auto local = local_functions.find(f.name);
  if (local == local_functions.end()) return {false, "missing from functions_table.cpp"};
  const bool fails = local->second.find("UNAVAIL") != std::string_view::npos ||
                     local->second.find("FAIL") != std::string_view::npos;
  if (fails) return {false, std::string{local->second}};
  return {true, local->second.empty() ? "works" : "works: " + std::string{local->second}};
}

} // namespace

int main() {
  std::size_t works = 0, all = 0;
  for (std::size_t i = 0; i < functions.size(); ++i) {
    if (functions[i].forms == Forms::none) continue;
    ++all;
    works += state(static_cast<Fn>(i)).works;
  }
  std::printf("# Functions\n\nEvery function of TAPI 2.x is a symbol of `libtapi32.so`, in the forms that "
              "`tapi.h` declares (A: UTF-8, W: UTF-16, plain: as A).\n"
              "What a provider does not offer returns `LINEERR_OPERATIONUNAVAIL` or "
              "`PHONEERR_OPERATIONUNAVAIL` as well; this table is about\n"
              "the library and the server.\n\nThis page is generated from `src/wire/functions.def` and the "
              "server's bindings (`functions_table > docs/functions.md`);\n"
              "a test compares them. %zu of %zu work.\n\n"
              "| Function | Forms | Kind | Answered by | State |\n|---|---|---|---|---|\n",
              works, all);
  for (std::size_t i = 0; i < functions.size(); ++i) {
    const Fn fn = static_cast<Fn>(i);
    const Function& f = function(fn);
    if (f.forms == Forms::none) continue;
    std::printf("| %s | %s | %s | %s | %s |\n", std::string{f.name}.c_str(), forms(f).c_str(),
                kind(f).c_str(), f.mode == Mode::local ? "library" : "server", state(fn).text.c_str());
  }
}
