// SPDX-License-Identifier: Apache-2.0
#include "tui/screen.hpp"

#include <algorithm>
#include <charconv>

namespace tl::tui {
namespace {

// What may be typed in place of a value.
constexpr std::string_view leave = "!", help = "?", nothing = "-";

std::string shown(const form::Setting& setting) {
  if (setting.secret) return "not shown";
  const std::string text = form::shown(setting, setting.value);
  return text.empty() ? "none" : text;
}

std::string prompt(const form::Setting& setting) {
  const std::string unit = setting.unit.empty() ? "" : ", " + setting.unit;
  const std::string choices = setting.type == form::Type::on_off ? ", on or off" : "";
  return setting.label + unit + choices + " [" + shown(setting) + "]: ";
}

} // namespace

// The things of a menu by their number, from 1.
struct Screen::Menu {
  struct Item {
    const form::List* list;
    const form::Entry* entry;
  };
  std::vector<Item> items;
  const Item* find(std::string_view number) const {
    std::size_t at = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), at);
    if (error != std::errc{} || end != number.data() + number.size() || at == 0 || at > items.size())
      return nullptr;
    return &items[at - 1];
  }
};

void Screen::introduce(const form::Description& form) {
  if (!form.title.empty()) terminal_.print(form.title);
  for (const std::string& each : form.notes) terminal_.print("  " + each);
}

void Screen::explain(const form::Setting& setting) {
  if (!setting.help.empty()) terminal_.print("  " + setting.help);
  std::string what = "  Expected: " + form::expected(setting);
  if (setting.initial) {
    const std::string text = form::shown(setting, *setting.initial);
    what += "; by default " + (text.empty() ? "none" : text);
  }
  terminal_.print(what + ".");
}

bool Screen::ask(const form::Setting& setting, form::Values& edited) {
  for (;;) {
    const auto line = terminal_.ask(prompt(setting), setting.secret);
    if (!line || *line == leave) return false;
    if (line->empty()) return true;
    if (*line == help) {
      explain(setting);
      continue;
    }
    const bool empties = *line == nothing && setting.type == form::Type::text;
    const auto value = form::typed(setting, empties ? std::string_view{} : std::string_view{*line});
    if (!value) {
      terminal_.print("  " + value.error().text + ".");
      continue;
    }
    if (setting.secret || *value != setting.value) edited[setting.name] = *value;
    return true;
  }
}

Outcome Screen::edit(form::Description form, const Save& save) {
  introduce(form);
  terminal_.print("Enter keeps a value, - empties it, ? explains it, ! leaves without saving.");
  form::Values edited;
  std::string again; // only the setting that was refused
  for (;;) {
    for (form::Setting& each : form.settings) {
      if (!again.empty() && each.name != again) continue;
      if (!ask(each, edited)) {
        terminal_.print("Nothing was changed.");
        return Outcome::cancelled;
      }
      if (const auto at = edited.find(each.name); at != edited.end()) each.value = at->second;
    }
    if (edited.empty()) {
      terminal_.print("Nothing was changed.");
      return Outcome::unchanged;
    }
    auto answer = save(edited);
    report(answer);
    if (answer && answer->error.empty()) return Outcome::saved;
    if (!answer) return Outcome::cancelled;
    const std::string& refused = answer->setting;
    const bool named = std::any_of(form.settings.begin(), form.settings.end(),
                                   [&](const form::Setting& each) { return each.name == refused; });
    again = named ? refused : "";
  }
}

void Screen::report(const Result<form::Answer>& answer) {
  if (!answer) return terminal_.print(answer.error().text);
  const form::Answer& said = *answer;
  if (!said.error.empty()) return terminal_.print("Refused: " + said.error);
  if (!said.done.empty()) terminal_.print(said.done);
}

Result<form::Answer> Screen::fetch(const Owner& owner, const std::string& object,
                                   const std::string& address) {
  auto answer = owner.ask({.object = object, .address = address});
  if (answer && answer->error.empty() && !answer->description)
    return Error{LINEERR_OPERATIONFAILED, "The provider describes nothing."};
  return answer;
}

Outcome Screen::edit_object(const Owner& owner, const std::string& object, form::Description form) {
  return edit(std::move(form), [&](const form::Values& values) {
    return owner.ask({.op = form::Request::Op::apply, .object = object, .values = values});
  });
}

Result<Outcome> Screen::show(const Owner& owner, const std::string& address) {
  auto answer = fetch(owner, "", address);
  if (!answer) {
    terminal_.print(answer.error().text);
    return answer.error();
  }
  if (!answer->error.empty()) {
    terminal_.print(answer->error);
    return Error{LINEERR_OPERATIONUNAVAIL, answer->error};
  }
  const form::Description& form = *answer->description;
  if (!form.lists.empty()) return browse(owner, address, form);
  if (!form.settings.empty()) return edit_object(owner, "", form);
  introduce(form);
  terminal_.print("There is nothing to set.");
  return Error{LINEERR_OPERATIONUNAVAIL, "nothing to set"};
}

void Screen::print_menu(const form::Description& form, Menu& menu) {
  introduce(form);
  for (const form::List& list : form.lists) {
    terminal_.print(list.label + ":");
    for (const form::Entry& each : list.entries) {
      menu.items.push_back({&list, &each});
      terminal_.print("  " + std::to_string(menu.items.size()) + (each.current ? " * " : "   ") + each.label);
    }
    if (list.entries.empty()) terminal_.print("    none");
  }
}

Result<Outcome> Screen::browse(const Owner& owner, const std::string& address, form::Description form) {
  last_ = Outcome::unchanged;
  for (;;) {
    Menu menu;
    print_menu(form, menu);
    const auto line = terminal_.ask("A number to edit it, ? for the other commands, Enter to end: ");
    if (!line || line->empty() || *line == leave) return last_;
    obey(owner, *line, form, menu);
    auto answer = fetch(owner, "", address);
    if (!answer) return answer.error();
    if (!answer->description) return Error{LINEERR_OPERATIONFAILED, answer->error};
    form = std::move(*answer->description);
  }
}

void Screen::obey(const Owner& owner, const std::string& line, const form::Description& form,
                  const Menu& menu) {
  const auto space = line.find(' ');
  const std::string verb = line.substr(0, space);
  const std::string what = space == std::string::npos ? "" : line.substr(space + 1);
  std::string object; // to edit
  if (verb == "edit" && what.empty() && !form.settings.empty()) {
    last_ = edit_object(owner, "", form);
    return;
  }
  for (const form::List& list : form.lists)
    if (verb == "add" && what == list.name) object = list.add;
  if (const Menu::Item* const item = menu.find(space == std::string::npos ? verb : what)) {
    if (space == std::string::npos) object = item->entry->object;
    const bool choose = verb == "choose" && item->list->choose,
               remove = verb == "remove" && item->list->remove;
    if (choose || remove) {
      const auto op = choose ? form::Request::Op::choose : form::Request::Op::remove;
      auto answer = owner.ask({.op = op, .object = item->entry->object});
      if (answer && answer->error.empty()) last_ = Outcome::saved;
      return report(answer);
    }
  }
  if (object.empty()) {
    terminal_.print("  N            edits thing N of the lists");
    if (!form.settings.empty()) terminal_.print("  edit         edits what is common to all");
    for (const form::List& list : form.lists) {
      if (!list.add.empty()) terminal_.print("  add " + list.name + "   makes a new one");
      if (list.choose) terminal_.print("  choose N     makes it the current " + list.name);
      if (list.remove) terminal_.print("  remove N     removes a " + list.name);
    }
    return;
  }
  auto answer = fetch(owner, object, "");
  if (!answer || !answer->description) return report(answer);
  last_ = edit_object(owner, object, std::move(*answer->description));
}

} // namespace tl::tui
