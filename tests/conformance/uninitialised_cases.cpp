// SPDX-License-Identifier: Apache-2.0
// Before lineInitializeEx or phoneInitializeEx no other function works.
#include "function_cases.hpp"

namespace conformance {
namespace {

constexpr std::size_t anything_size = 512;

// Arguments that point to memory and name handle 1; nothing of it may be looked at.
LONG call_blindly(World& world, const Function& function, Form form) {
  const Symbol* const symbol = find_symbol(function.name, form);
  expect(symbol != nullptr, "a symbol " + symbol_name(function, form), "none");
  std::vector<Value> values;
  for (const Parameter& each : function.parameters) {
    if (each.pointer()) {
      Block& memory = world.block(anything_size);
      std::memset(memory.data(), 0, memory.size());
      if (!each.type.ends_with("STR")) memory.set_dword(0, anything_size);
      values.push_back(reinterpret_cast<std::uintptr_t>(memory.data()));
    } else {
      values.push_back(each.type.starts_with("HWND") || each.name == "dwSize" ? 0 : 1);
    }
  }
  return symbol->call(values.data());
}

} // namespace

std::vector<Case> uninitialised_cases(const Tables& tables) {
  std::vector<Case> out;
  for (const Function& function : tables.functions) {
    auto errors = documented(function, {"UNINITIALIZED"});
    if (errors.empty()) continue;
    // Functions that may be called without lineInitialize, with 0 as handle, see that this one is none.
    if (const Parameter* const app = function.parameter("hLineApp"); app && optional(function, *app))
      errors.push_back("LINEERR_INVALAPPHANDLE");
    for (const Form form : forms_of(function))
      out.push_back(function_case(
          function, symbol_name(function, form) + " before initialisation",
          [&function, errors, form](World& world) {
            expect_error(world, function, call_blindly(world, function, form), errors);
          },
          "uninitialised"));
  }
  return out;
}

} // namespace conformance
