// SPDX-License-Identifier: Apache-2.0
// One call of a function with arguments made from its row of the table: all right, but for what a case
// changes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "calls.hpp"
#include "world.hpp"

namespace conformance {

class Invocation {
public:
  // Arguments with which the function can succeed. `calls`: bring the calls it needs into being; without,
  // call handles are 0.
  Invocation(World& world, const Function& function, Form form, bool calls = true);

  void set(std::string_view parameter, Value value);
  Value value(std::string_view parameter) const { return values_[index(parameter)]; }
  void set_text(std::string_view parameter, const std::string& text);
  // Sets what else must be so that the parameter is looked at: dwSelect for an address, an option for a card.
  void make_count(std::string_view parameter);
  // The memory behind a pointer that was made for it; nullptr when the argument is NULL or no structure.
  Block* memory(std::string_view parameter);
  // Gives a structure exactly so many bytes.
  Block& resize(std::string_view parameter, std::uint32_t total);

  // Calls, and waits for the reply of an asynchronous function. Fails where the contract is broken: an
  // asynchronous function that returns 0, a synchronous one that returns a positive number, a result that is
  // not documented for the function, memory written that is not its own.
  LONG result();
  // The function's own result, nothing waited for.
  LONG call();

  const Function& function;

private:
  Value good(const Parameter& parameter);
  Value good_handle(const Parameter& parameter);
  Value good_pointer(const Parameter& parameter);
  std::size_t index(std::string_view parameter) const;
  void check_result(LONG result) const;
  void check_memory(LONG result);

  World& world_;
  Form form_;
  bool calls_;
  std::vector<Value> values_;
  std::map<std::string, Block*, std::less<>> blocks_;
};

// May the argument be NULL or 0 by the function's page?
bool optional(const Function& function, const Parameter& parameter);
// The state in which a call handle's function is tried: the first that is documented and can be made.
std::uint32_t state_for(const Function& function, const Parameter& parameter);
// The forms that the function has; the first is the one that gets every case.
std::vector<Form> forms_of(const Function& function);
std::string symbol_name(const Function& function, Form form);

} // namespace conformance
