// SPDX-License-Identifier: Apache-2.0
#include "form/form.hpp"

#include <nlohmann/json.hpp>

namespace tl::form {
namespace {

using nlohmann::json;

// Thrown and caught in this file: reading is a straight line, its failures are one sentence each.
struct Wrong {
  std::string text;
};

const json* find(const json& object, const char* name) {
  const auto at = object.find(name);
  return at == object.end() ? nullptr : &*at;
}

std::string text(const json& object, const char* name) {
  const json* const value = find(object, name);
  if (!value) return {};
  if (!value->is_string()) throw Wrong{std::string{name} + ": a text was expected"};
  const auto& read = value->get_ref<const std::string&>();
  if (read.size() > text_bytes_max) throw Wrong{std::string{name} + ": the text is too long"};
  return read;
}

bool flag(const json& object, const char* name) {
  const json* const value = find(object, name);
  if (!value) return false;
  if (!value->is_boolean()) throw Wrong{std::string{name} + ": true or false was expected"};
  return value->get<bool>();
}

std::int64_t number(const json& object, const char* name) {
  const json* const value = find(object, name);
  if (!value) return 0;
  if (!value->is_number_integer()) throw Wrong{std::string{name} + ": a whole number was expected"};
  return value->get<std::int64_t>();
}

Value value_of(const json& from, const std::string& name) {
  if (from.is_boolean()) return from.get<bool>();
  if (from.is_number_integer()) return from.get<std::int64_t>();
  if (from.is_string() && from.get_ref<const std::string&>().size() <= text_bytes_max)
    return from.get<std::string>();
  throw Wrong{name + ": a text, a whole number, true or false was expected"};
}

// Each element of an array of objects, at most `most`.
template <class Read> void each(const json& object, const char* name, std::size_t most, Read read) {
  const json* const list = find(object, name);
  if (!list) return;
  if (!list->is_array() || list->size() > most)
    throw Wrong{std::string{name} + ": a list of at most " + std::to_string(most) + " was expected"};
  for (const json& one : *list) read(one);
}

template <class Read> void each_object(const json& object, const char* name, std::size_t most, Read read) {
  each(object, name, most, [&](const json& one) {
    if (!one.is_object()) throw Wrong{std::string{name} + ": objects were expected"};
    read(one);
  });
}

Type type_of(const std::string& name) {
  if (name == "text") return Type::text;
  if (name == "number") return Type::number;
  if (name == "on_off") return Type::on_off;
  if (name == "choice") return Type::choice;
  throw Wrong{"type: text, number, on_off or choice was expected"};
}

Value empty_of(Type type) {
  if (type == Type::number) return std::int64_t{0};
  if (type == Type::on_off) return false;
  return std::string{};
}

Setting setting_from(const json& from) {
  Setting to;
  to.name = text(from, "name");
  if (to.name.empty()) throw Wrong{"a setting has no name"};
  to.label = text(from, "label");
  if (to.label.empty()) to.label = to.name;
  to.type = type_of(text(from, "type"));
  to.min = number(from, "min");
  to.max = number(from, "max");
  to.unit = text(from, "unit");
  to.help = text(from, "help");
  to.secret = flag(from, "secret");
  each_object(from, "choices", choices_max, [&](const json& one) {
    to.choices.push_back({text(one, "value"), text(one, "label")});
  });
  to.value = empty_of(to.type);
  if (const json* const value = find(from, "value")) to.value = value_of(*value, to.name);
  if (to.value.index() != empty_of(to.type).index()) throw Wrong{to.name + ": its value is of another type"};
  if (const json* const initial = find(from, "default")) to.initial = value_of(*initial, to.name);
  return to;
}

List list_from(const json& from) {
  List to;
  to.name = text(from, "name");
  to.label = text(from, "label");
  to.add = text(from, "add");
  to.remove = flag(from, "remove");
  to.choose = flag(from, "choose");
  each_object(from, "entries", entries_max, [&](const json& one) {
    to.entries.push_back({text(one, "object"), text(one, "label"), flag(one, "current")});
  });
  return to;
}

Description description_from(const json& from) {
  Description to;
  to.title = text(from, "title");
  each(from, "notes", notes_max, [&](const json& one) {
    if (!one.is_string() || one.get_ref<const std::string&>().size() > text_bytes_max)
      throw Wrong{"notes: texts were expected"};
    to.notes.push_back(one.get<std::string>());
  });
  each_object(from, "settings", settings_max,
              [&](const json& one) { to.settings.push_back(setting_from(one)); });
  each_object(from, "lists", lists_max, [&](const json& one) { to.lists.push_back(list_from(one)); });
  return to;
}

Values values_from(const json& from) {
  if (!from.is_object() || from.size() > settings_max) throw Wrong{"values: an object was expected"};
  Values to;
  for (const auto& [name, value] : from.items()) to[name] = value_of(value, name);
  return to;
}

Request::Op op_of(const std::string& name) {
  if (name == "describe") return Request::Op::describe;
  if (name == "apply") return Request::Op::apply;
  if (name == "choose") return Request::Op::choose;
  if (name == "remove") return Request::Op::remove;
  throw Wrong{"op: describe, apply, choose or remove was expected"};
}

Request request_from(const json& from) {
  Request to;
  to.op = op_of(text(from, "op"));
  to.object = text(from, "object");
  to.address = text(from, "address");
  if (const json* const values = find(from, "values")) to.values = values_from(*values);
  return to;
}

Answer answer_from(const json& from) {
  Answer to;
  to.error = text(from, "error");
  to.setting = text(from, "setting");
  to.done = text(from, "done");
  if (const json* const form = find(from, "form")) {
    if (!form->is_object()) throw Wrong{"form: an object was expected"};
    to.description = description_from(*form);
  }
  if (to.error.empty() && to.done.empty() && !to.description) throw Wrong{"form, done or error was expected"};
  return to;
}

template <class T> Result<T> read(std::string_view text, T (*from)(const json&)) {
  constexpr std::int32_t malformed = -1;
  try {
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object()) return Error{malformed, "an object in JSON was expected"};
    return from(object);
  } catch (const Wrong& wrong) {
    return Error{malformed, wrong.text};
  }
}

} // namespace

Result<Request> read_request(std::string_view text) {
  return read<Request>(text, &request_from);
}
Result<Answer> read_answer(std::string_view text) {
  return read<Answer>(text, &answer_from);
}
Result<Values> read_values(std::string_view text) {
  return read<Values>(text, &values_from);
}

} // namespace tl::form
