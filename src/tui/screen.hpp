// SPDX-License-Identifier: Apache-2.0
// A form on a terminal, line by line: a question per setting, and a numbered list where there are several
// things.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "form/form.hpp"
#include "tui/owner.hpp"
#include "tui/terminal.hpp"

namespace tl::tui {

enum class Outcome : std::uint8_t { saved, unchanged, cancelled };

class Screen {
public:
  explicit Screen(Terminal& terminal) : terminal_(terminal) {}

  // Asks for each setting; `save` gets what was edited. A refusal is shown and asked about again.
  using Save = std::function<Result<form::Answer>(const form::Values&)>;
  Outcome edit(form::Description form, const Save& save);
  // A form of an owner and all it leads to. The error's code is the owner's, or LINEERR_OPERATIONUNAVAIL when
  // it has nothing to set.
  Result<Outcome> show(const Owner& owner, const std::string& address);

private:
  struct Menu;

  void introduce(const form::Description& form);
  void explain(const form::Setting& setting);
  // False: cancelled.
  bool ask(const form::Setting& setting, form::Values& edited);
  Result<form::Answer> fetch(const Owner& owner, const std::string& object, const std::string& address);
  Outcome edit_object(const Owner& owner, const std::string& object, form::Description form);
  Result<Outcome> browse(const Owner& owner, const std::string& address, form::Description form);
  void print_menu(const form::Description& form, Menu& menu);
  void obey(const Owner& owner, const std::string& line, const form::Description& form, const Menu& menu);
  void report(const Result<form::Answer>& answer);

  Terminal& terminal_;
  Outcome last_ = Outcome::unchanged; // of what a menu led to
};

} // namespace tl::tui
