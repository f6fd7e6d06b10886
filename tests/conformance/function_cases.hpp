// SPDX-License-Identifier: Apache-2.0
// How the cases of a function are made from its row; each file makes one kind of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "case.hpp"
#include "invocation.hpp"

namespace conformance {

// Adds the cases of one function. `scene` is shared by those that leave the calls as they are.
using Maker = void (*)(std::vector<Case>&, const Function&);
void handle_cases(std::vector<Case>&, const Function&);
void pointer_cases(std::vector<Case>&, const Function&);
void structure_cases(std::vector<Case>&, const Function&, const Tables&);
void value_cases(std::vector<Case>&, const Function&);
void privilege_cases(std::vector<Case>&, const Function&);
void success_cases(std::vector<Case>&, const Function&);
// These run before anything is initialised.
std::vector<Case> uninitialised_cases(const Tables&);

// Whether success needs more than good arguments: such functions have cases of their own.
bool by_hand(const Function& function);

// Those of the errors (without their prefix) that the function's page has.
std::vector<std::string> documented(const Function& function, const std::vector<std::string>& errors);
// Fails unless the result is one of them; a function that is not offered at all cannot be judged by it.
void expect_error(const World& world, const Function& function, LONG got,
                  const std::vector<std::string>& errors);

Case function_case(const Function& function, std::string name, std::function<void(World&)> run,
                   std::string scene = {});

} // namespace conformance
