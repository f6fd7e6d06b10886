// SPDX-License-Identifier: Apache-2.0
#include "tables.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>

namespace conformance {
namespace {

std::vector<std::string> split(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  if (text.empty()) return parts;
  for (;;) {
    const auto at = text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + separator.size());
  }
}

[[noreturn]] void broken(const std::string& file, const std::string& what) {
  std::fprintf(stderr, "conformance: %s: %s\n", file.c_str(), what.c_str());
  std::exit(2);
}

// Rows of a tab separated file as text by column name.
class Rows {
public:
  explicit Rows(std::string path) : path_(std::move(path)) {
    std::ifstream file{path_};
    std::string line;
    if (!std::getline(file, line)) broken(path_, "no such table");
    const auto names = split(line, "\t");
    for (std::size_t i = 0; i < names.size(); ++i) columns_[names[i]] = i;
    while (std::getline(file, line)) rows_.push_back(split(line, "\t"));
  }
  void each(const std::function<void()>& work) {
    for (const auto& row : rows_) {
      row_ = &row;
      work();
    }
  }
  const std::string& operator[](const std::string& column) const {
    static const std::string none;
    const auto found = columns_.find(column);
    if (found == columns_.end()) broken(path_, "no column " + column);
    return found->second < row_->size() ? (*row_)[found->second] : none;
  }

private:
  std::string path_;
  std::map<std::string, std::size_t> columns_;
  std::vector<std::vector<std::string>> rows_;
  const std::vector<std::string>* row_ = nullptr;
};

// "LPVARSTRING lpNonDirAddress [inout]"
Parameter parameter(const std::string& text) {
  Parameter out;
  auto words = split(text, " ");
  const std::string direction = words.back();
  out.in = direction != "[out]";
  out.out = direction != "[in]";
  out.name = words[words.size() - 2];
  out.type = words[0];
  return out;
}

// "onHold | onHoldPendingTransfer": the words of the table; "any except idle and disconnected".
std::uint32_t states(const Tables& tables, const std::string& text) {
  static const std::map<std::string, std::string> words = {{"idle", "IDLE"},
                                                           {"offering", "OFFERING"},
                                                           {"accepted", "ACCEPTED"},
                                                           {"dialtone", "DIALTONE"},
                                                           {"dialing", "DIALING"},
                                                           {"ringback", "RINGBACK"},
                                                           {"busy", "BUSY"},
                                                           {"connected", "CONNECTED"},
                                                           {"proceeding", "PROCEEDING"},
                                                           {"onHold", "ONHOLD"},
                                                           {"conferenced", "CONFERENCED"},
                                                           {"onHoldPendingConference", "ONHOLDPENDCONF"},
                                                           {"disconnected", "DISCONNECTED"},
                                                           {"onHoldPendingTransfer", "ONHOLDPENDTRANSFER"}};
  const auto state = [&](const std::string& word) -> std::uint32_t {
    const auto found = words.find(word);
    if (found == words.end()) return 0;
    return static_cast<std::uint32_t>(tables.constants.at("LINECALLSTATE_" + found->second));
  };
  constexpr std::uint32_t all = 0xFFFF;
  if (text.starts_with("any except ")) {
    std::uint32_t mask = all;
    for (const auto& word : split(text.substr(11), " ")) mask &= ~state(word);
    return mask;
  }
  if (text.starts_with("any")) return all;
  std::uint32_t mask = 0;
  for (const auto& word : split(text, " | ")) mask |= state(word);
  return mask ? mask : all;
}

void read_constants(Tables& out, const std::string& folder) {
  Rows rows{folder + "/tapi_constants.tsv"};
  rows.each([&] {
    if (rows["header"] == "tapi.h") out.constants[rows["name"]] = std::atoll(rows["value_dec"].c_str());
  });
}

void read_functions(Tables& out, const std::string& folder) {
  Rows rows{folder + "/tapi_functions.tsv"};
  rows.each([&] {
    if (rows["sync_async"] == "callback") return;
    Function made{rows["name"], rows["a_w"], rows["sync_async"], {}, {}, {}, {}};
    for (const auto& each : split(rows["params"], "; ")) made.parameters.push_back(parameter(each));
    made.errors = split(rows["errors"], ", ");
    for (const auto& each : split(rows["valid_call_states"], "; "))
      if (const auto colon = each.find(": "); colon != std::string::npos)
        made.states[each.substr(0, colon)] = states(out, each.substr(colon + 2));
    for (const auto& each : split(rows["privilege"], "; "))
      if (each.ends_with(": owner")) made.owned.push_back(each.substr(0, each.size() - 7));
    out.functions.push_back(std::move(made));
  });
}

std::uint32_t version_number(const std::string& text) {
  return static_cast<std::uint32_t>((text[0] - '0') << 16 | (text[2] - '0'));
}

void read_structures(Tables& out, const std::string& folder) {
  const char* const column = sizeof(void*) == 8 ? "off64_pack1" : "off32_pack1";
  Rows rows{folder + "/tapi_structures.tsv"};
  rows.each([&] {
    Structure& made = out.structures[rows["struct"]];
    const auto number = static_cast<std::uint32_t>(std::atoi(rows[column].c_str()));
    if (rows["order"] == "0")
      made.size = number;
    else if (rows["order"] == "V")
      made.sizes[version_number(rows["since"])] = number;
    else
      made.fields.push_back({rows["field"], rows["c_type"], number});
  });
}

void read_messages(Tables& out, const std::string& folder) {
  Rows rows{folder + "/tapi_messages.tsv"};
  rows.each([&] {
    if (rows["level"] != "TSPI") out.messages.push_back(rows["name"]);
  });
}

} // namespace

std::string Parameter::pointee() const {
  std::string plain = type.substr(2);
  return plain.starts_with("C") && plain.ends_with("STR") ? plain.substr(1) : plain;
}

bool Function::documents(std::string_view error) const {
  return std::find(errors.begin(), errors.end(), error) != errors.end();
}

const Parameter* Function::parameter(std::string_view wanted) const {
  for (const auto& each : parameters)
    if (each.name == wanted) return &each;
  return nullptr;
}

std::uint32_t Structure::fixed(std::uint32_t version) const {
  std::uint32_t out = sizes.empty() ? size : sizes.begin()->second;
  for (const auto& [since, bytes] : sizes)
    if (since <= version) out = bytes;
  return out;
}

const Field* Structure::field(std::string_view wanted) const {
  for (const auto& each : fields)
    if (each.name == wanted) return &each;
  return nullptr;
}

const Function& Tables::function(std::string_view name) const {
  for (const auto& each : functions)
    if (each.name == name) return each;
  broken("tapi_functions.tsv", "no row " + std::string{name});
}

std::string Tables::constant_name(std::string_view prefix, std::int64_t value) const {
  for (const auto& [name, number] : constants)
    if (number == value && name.starts_with(prefix)) return name;
  return std::string{prefix} + std::to_string(value);
}

std::string Tables::result_name(std::string_view function, std::int32_t result) const {
  if (result >= 0) return std::to_string(result);
  const char* const family = function.front() == 'p'   ? "PHONEERR_"
                             : function.front() == 't' ? "TAPIERR_"
                                                       : "LINEERR_";
  return constant_name(family, result);
}

Tables read_tables(const std::string& folder) {
  Tables out;
  read_constants(out, folder);
  read_functions(out, folder);
  read_structures(out, folder);
  read_messages(out, folder);
  return out;
}

} // namespace conformance
