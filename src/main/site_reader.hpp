// SPDX-License-Identifier: Apache-2.0
// Reads one TOML table key by key and collects what is wrong with it, each problem with its line.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <toml++/toml.h>
#include <vector>

namespace tl::program {

// What is wrong with a file, and on which line each key stands (for the checks made after reading).
class Problems {
public:
  static constexpr std::size_t shown_max = 20;

  explicit Problems(std::string file) : file_(std::move(file)) {}

  void add(std::uint32_t line, std::string_view key, std::string_view what);
  // For a key read earlier; `at` is its full path with indexes, "queue[0].group".
  void add_at(const std::string& at, std::string_view what);
  void remember(const std::string& at, std::uint32_t line) { lines_[at] = line; }

  bool empty() const { return found_.empty(); }
  std::string text() const; // in the file's order
  const std::string& file() const { return file_; }

private:
  std::string file_;
  std::multimap<std::uint32_t, std::string> found_;
  std::map<std::string, std::uint32_t> lines_;
};

// `text` without control characters: a message must not command the terminal that shows it.
std::string printable(std::string_view text);
// `text` in quotes, for messages, and not all of it when it is long.
std::string in_quotes(std::string_view text);
// "; did you mean \"x\"?" for the nearest of `known`, or nothing when none is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

enum class Need { optional, required };

class Reader {
public:
  // `path` is the table's own, "station[2]"; empty for the file itself.
  Reader(const toml::table& table, std::string path, Problems& problems);
  ~Reader(); // reports the keys nobody asked for
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  bool text(const char* key, std::string& out, Need need = Need::optional);
  bool secret(const char* key, std::string& out); // never quoted in a message
  bool number(const char* key, std::int64_t& out, std::int64_t least, std::int64_t most);
  bool flag(const char* key, bool& out);
  // A list of texts; with `one_will_do`, a single text too. An empty text is an empty list then.
  bool texts(const char* key, std::vector<std::string>& out, bool one_will_do = false);
  // A table that others will read, as JSON.
  bool json(const char* key, std::string& out);
  bool numbers(const char* key, std::vector<std::int64_t>& out, std::size_t count, std::int64_t least,
               std::int64_t most);
  bool choice(const char* key, std::string& out, const std::vector<std::string>& allowed);
  // The table under `key`, or null; its content is the caller's to read.
  const toml::table* table(const char* key);
  // The tables of [[key]].
  std::vector<const toml::table*> tables(const char* key);

  void problem(const char* key, std::string_view what);
  std::string at(const char* key) const { return path_.empty() ? key : path_ + "." + key; }

private:
  const toml::node* find(const char* key, Need need = Need::optional);
  void expected(const char* key, const toml::node& node, std::string_view what, bool hide = false);

  const toml::table& table_;
  std::string path_;
  Problems& problems_;
  std::vector<std::string> known_;
};

} // namespace tl::program
