// SPDX-License-Identifier: Apache-2.0
#include "form/form.hpp"

#include <nlohmann/json.hpp>

namespace tl::form {
namespace {

using nlohmann::json;

const char* name_of(Type type) {
  switch (type) {
  case Type::text: return "text";
  case Type::number: return "number";
  case Type::on_off: return "on_off";
  case Type::choice: return "choice";
  }
  return "text";
}

const char* name_of(Request::Op op) {
  switch (op) {
  case Request::Op::describe: return "describe";
  case Request::Op::apply: return "apply";
  case Request::Op::choose: return "choose";
  case Request::Op::remove: return "remove";
  }
  return "describe";
}

json value_json(const Value& value) {
  return std::visit([](const auto& held) { return json(held); }, value);
}

void put(json& to, const char* name, const std::string& text) {
  if (!text.empty()) to[name] = text;
}

json setting_json(const Setting& from) {
  json to{{"name", from.name}, {"label", from.label}, {"type", name_of(from.type)}};
  if (!from.secret) to["value"] = value_json(from.value);
  if (from.secret) to["secret"] = true;
  if (from.min != 0) to["min"] = from.min;
  if (from.max != 0) to["max"] = from.max;
  put(to, "unit", from.unit);
  put(to, "help", from.help);
  if (from.initial) to["default"] = value_json(*from.initial);
  for (const Choice& each : from.choices) {
    json one{{"value", each.value}};
    put(one, "label", each.label);
    to["choices"].push_back(std::move(one));
  }
  return to;
}

json list_json(const List& from) {
  json to{{"name", from.name}, {"label", from.label}, {"entries", json::array()}};
  put(to, "add", from.add);
  if (from.remove) to["remove"] = true;
  if (from.choose) to["choose"] = true;
  for (const Entry& each : from.entries) {
    json one{{"object", each.object}, {"label", each.label}};
    if (each.current) one["current"] = true;
    to["entries"].push_back(std::move(one));
  }
  return to;
}

json description_json(const Description& from) {
  json to{{"title", from.title}, {"settings", json::array()}};
  if (!from.notes.empty()) to["notes"] = from.notes;
  for (const Setting& each : from.settings) to["settings"].push_back(setting_json(each));
  for (const List& each : from.lists) to["lists"].push_back(list_json(each));
  return to;
}

json values_json(const Values& from) {
  json to = json::object();
  for (const auto& [name, value] : from) to[name] = value_json(value);
  return to;
}

// What is not UTF-8 becomes U+FFFD: a text of somebody's configuration must not end a dialog.
std::string text_of(const json& from) {
  return from.dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace

std::string write(const Request& from) {
  json to{{"op", name_of(from.op)}};
  put(to, "object", from.object);
  put(to, "address", from.address);
  if (!from.values.empty()) to["values"] = values_json(from.values);
  return text_of(to);
}

std::string write(const Answer& from) {
  json to = json::object();
  if (from.description) to["form"] = description_json(*from.description);
  put(to, "done", from.done);
  put(to, "error", from.error);
  put(to, "setting", from.setting);
  return text_of(to);
}

std::string write(const Values& from) {
  return text_of(values_json(from));
}

} // namespace tl::form
