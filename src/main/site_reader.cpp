// SPDX-License-Identifier: Apache-2.0
#include "main/site_reader.hpp"

#include <algorithm>
#include <fmt/core.h>
#include <numeric>
#include <sstream>

namespace tl::program {
namespace {

// "station[2].number" as people read it beside a line number: "station.number".
std::string without_indexes(std::string_view path) {
  std::string out;
  bool inside = false;
  for (char c : path) {
    if (c == '[') inside = true;
    if (!inside) out += c;
    if (c == ']') inside = false;
  }
  return out;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

std::string value_text(const toml::node& node) {
  if (node.is_table()) return "a table";
  if (node.is_array()) return "a list";
  std::ostringstream out;
  node.visit([&out](const auto& value) { out << value; });
  return node.is_string() ? in_quotes(*node.value<std::string>()) : out.str();
}

} // namespace

std::string printable(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  return out;
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t shown_max = 80;
  return '"' + printable(text.substr(0, shown_max)) + (text.size() > shown_max ? "...\"" : "\"");
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  constexpr std::size_t word_max = 64; // longer ones are no slips of the finger
  if (word.size() > word_max) return {};
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : known) {
    std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance && distance < candidate.size()) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best.empty() ? std::string{} : "; did you mean " + in_quotes(best) + "?";
}

void Problems::add(std::uint32_t line, std::string_view key, std::string_view what) {
  std::string name = without_indexes(key);
  found_.emplace(line, fmt::format("{}:{}: {}{}{}", file_, line, name, name.empty() ? "" : ": ", what));
}

void Problems::add_at(const std::string& at, std::string_view what) {
  auto known = lines_.find(at);
  add(known == lines_.end() ? 1 : known->second, at, what);
}

std::string Problems::text() const {
  std::string out;
  std::size_t shown = 0;
  for (const auto& [line, what] : found_) {
    if (shown++ == shown_max) return out + fmt::format("\n{}: and {} more", file_, found_.size() - shown_max);
    out += (out.empty() ? "" : "\n") + what;
  }
  return out;
}

Reader::Reader(const toml::table& table, std::string path, Problems& problems)
    : table_(table), path_(std::move(path)), problems_(problems) {
  problems_.remember(path_, table.source().begin.line);
}

Reader::~Reader() {
  for (const auto& [key, node] : table_) {
    std::string name{key.str()};
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
    std::string what = "unknown key";
    std::string hint = did_you_mean(name, known_);
    if (hint.empty()) {
      what += "; expected one of: ";
      for (const std::string& one : known_) what += (one == known_.front() ? "" : ", ") + one;
    }
    problems_.add(key.source().begin.line, at(in_quotes(name).c_str()), what + hint);
  }
}

const toml::node* Reader::find(const char* key, Need need) {
  known_.emplace_back(key);
  const toml::node* node = table_.get(key);
  if (node)
    problems_.remember(at(key), node->source().begin.line);
  else if (need == Need::required)
    problems_.add(table_.source().begin.line, at(key), "missing; every entry here needs it");
  return node;
}

void Reader::expected(const char* key, const toml::node& node, std::string_view what, bool hide) {
  problems_.add(node.source().begin.line, at(key),
                fmt::format("{}: expected {}", hide ? "(hidden)" : value_text(node), what));
}

void Reader::problem(const char* key, std::string_view what) {
  problems_.add_at(at(key), what);
}

bool Reader::text(const char* key, std::string& out, Need need) {
  const toml::node* node = find(key, need);
  if (!node) return false;
  auto value = node->value_exact<std::string>();
  if (!value) {
    expected(key, *node, node->is_integer() ? "a text; put it in quotes" : "a text in quotes");
    return false;
  }
  if (value->empty() && need == Need::required) {
    expected(key, *node, "a text that is not empty");
    return false;
  }
  out = std::move(*value);
  return true;
}

bool Reader::secret(const char* key, std::string& out) {
  const toml::node* node = find(key);
  if (!node) return false;
  auto value = node->value_exact<std::string>();
  if (!value || value->empty()) {
    expected(key, *node, "a text in quotes that is not empty", true);
    return false;
  }
  out = std::move(*value);
  return true;
}

bool Reader::number(const char* key, std::int64_t& out, std::int64_t least, std::int64_t most) {
  const toml::node* node = find(key);
  if (!node) return false;
  auto value = node->value_exact<std::int64_t>();
  if (!value || *value < least || *value > most) {
    expected(key, *node, fmt::format("a whole number from {} to {}", least, most));
    return false;
  }
  out = *value;
  return true;
}

bool Reader::flag(const char* key, bool& out) {
  const toml::node* node = find(key);
  if (!node) return false;
  auto value = node->value_exact<bool>();
  if (!value) {
    expected(key, *node, "true or false");
    return false;
  }
  out = *value;
  return true;
}

bool Reader::texts(const char* key, std::vector<std::string>& out, bool one_will_do) {
  const toml::node* node = find(key);
  if (!node) return false;
  if (auto one = node->value_exact<std::string>(); one && one_will_do) {
    problems_.remember(at(key) + "[0]", node->source().begin.line);
    out.clear();
    if (!one->empty()) out.push_back(std::move(*one));
    return true;
  }
  const toml::array* list = node->as_array();
  bool good = list != nullptr;
  std::vector<std::string> read;
  for (std::size_t i = 0; good && i < list->size(); ++i) {
    auto value = list->get(i)->value_exact<std::string>();
    good = value.has_value();
    if (good) read.push_back(std::move(*value));
    problems_.remember(at(key) + "[" + std::to_string(i) + "]", list->get(i)->source().begin.line);
  }
  if (good)
    out = std::move(read);
  else
    expected(key, *node,
             one_will_do ? "a text in quotes, or a list of them" : "a list of texts, like [\"a\", \"b\"]");
  return good;
}

bool Reader::numbers(const char* key, std::vector<std::int64_t>& out, std::size_t count, std::int64_t least,
                     std::int64_t most) {
  const toml::node* node = find(key);
  if (!node) return false;
  const toml::array* list = node->as_array();
  bool good = list && list->size() == count;
  std::vector<std::int64_t> read;
  for (std::size_t i = 0; good && i < count; ++i) {
    auto value = list->get(i)->value_exact<std::int64_t>();
    good = value && *value >= least && *value <= most;
    if (good) read.push_back(*value);
  }
  if (good)
    out = std::move(read);
  else
    expected(key, *node, fmt::format("a list of {} whole numbers from {} to {}", count, least, most));
  return good;
}

bool Reader::choice(const char* key, std::string& out, const std::vector<std::string>& allowed) {
  std::string value;
  if (!text(key, value)) return false;
  if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) {
    out = std::move(value);
    return true;
  }
  std::string list;
  for (const std::string& one : allowed) list += (list.empty() ? "" : ", ") + in_quotes(one);
  problem(key, in_quotes(value) + ": expected one of: " + list + did_you_mean(value, allowed));
  return false;
}

bool Reader::json(const char* key, std::string& out) {
  const toml::table* found = table(key);
  if (!found) return false;
  std::ostringstream text;
  text << toml::json_formatter{*found};
  out = text.str();
  return true;
}

const toml::table* Reader::table(const char* key) {
  const toml::node* node = find(key);
  if (!node) return nullptr;
  if (!node->is_table()) expected(key, *node, fmt::format("a section, [{}]", at(key)));
  return node->as_table();
}

std::vector<const toml::table*> Reader::tables(const char* key) {
  std::vector<const toml::table*> out;
  const toml::node* node = find(key);
  if (!node) return out;
  const toml::array* list = node->as_array();
  for (std::size_t i = 0; list && i < list->size(); ++i)
    if (const toml::table* one = list->get(i)->as_table()) out.push_back(one);
  if (!list || out.size() != list->size()) {
    expected(key, *node, fmt::format("a section with double brackets, [[{}]]", at(key)));
    out.clear();
  }
  return out;
}

} // namespace tl::program
