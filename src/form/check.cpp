// SPDX-License-Identifier: Apache-2.0
#include "form/form.hpp"

#include <algorithm>
#include <charconv>

namespace tl::form {
namespace {

constexpr std::int32_t wrong_value = -1;

std::size_t bytes_max(const Setting& setting) {
  return setting.max > 0 ? static_cast<std::size_t>(setting.max) : text_bytes_max;
}

const Choice* find_choice(const Setting& setting, std::string_view text) {
  const auto at = std::find_if(setting.choices.begin(), setting.choices.end(),
                               [&](const Choice& each) { return each.value == text || each.label == text; });
  return at == setting.choices.end() ? nullptr : &*at;
}

// Control characters would move a terminal's cursor and break a protocol's lines.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; });
}

bool of_type(const Setting& setting, const Value& value) {
  switch (setting.type) {
  case Type::text:
  case Type::choice: return std::holds_alternative<std::string>(value);
  case Type::number: return std::holds_alternative<std::int64_t>(value);
  case Type::on_off: return std::holds_alternative<bool>(value);
  }
  return false;
}

bool in_range(const Setting& setting, const Value& value) {
  switch (setting.type) {
  case Type::text: {
    const auto& text = std::get<std::string>(value);
    return text.size() <= bytes_max(setting) && is_plain(text);
  }
  case Type::choice: {
    const Choice* const found = find_choice(setting, std::get<std::string>(value));
    return found && found->value == std::get<std::string>(value);
  }
  case Type::number: {
    const auto number = std::get<std::int64_t>(value);
    return number >= setting.min && number <= setting.max;
  }
  case Type::on_off: return true;
  }
  return false;
}

} // namespace

std::string expected(const Setting& setting) {
  const std::string unit = setting.unit.empty() ? "" : " " + setting.unit;
  switch (setting.type) {
  case Type::text: return "a text of at most " + std::to_string(bytes_max(setting)) + " bytes";
  case Type::number:
    return "a whole number from " + std::to_string(setting.min) + " to " + std::to_string(setting.max) + unit;
  case Type::on_off: return "on or off";
  case Type::choice: {
    std::string all;
    for (const Choice& each : setting.choices)
      all += (all.empty() ? "" : ", ") + (each.label.empty() ? each.value : each.label);
    return "one of: " + all;
  }
  }
  return {};
}

std::string fault(const Setting& setting, const Value& value) {
  if (of_type(setting, value) && in_range(setting, value)) return {};
  return setting.label + ": " + expected(setting) + " was expected";
}

Result<Value> typed(const Setting& setting, std::string_view text) {
  Value value = std::string{text};
  if (setting.type == Type::number) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size()) value = number;
  } else if (setting.type == Type::on_off) {
    if (text == "on" || text == "yes") value = true;
    if (text == "off" || text == "no") value = false;
  } else if (setting.type == Type::choice) {
    if (const Choice* const found = find_choice(setting, text)) value = found->value;
  }
  if (const std::string why = fault(setting, value); !why.empty()) return Error{wrong_value, why};
  return value;
}

std::string shown(const Setting& setting, const Value& value) {
  if (const auto* const number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* const flag = std::get_if<bool>(&value)) return *flag ? "on" : "off";
  const auto& text = std::get<std::string>(value);
  if (setting.type != Type::choice) return text;
  const Choice* const found = find_choice(setting, text);
  return found && !found->label.empty() ? found->label : text;
}

} // namespace tl::form
