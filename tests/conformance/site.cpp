// SPDX-License-Identifier: Apache-2.0
#include "site.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace conformance {
namespace {

std::string trimmed(const std::string& text) {
  const auto from = text.find_first_not_of(" \t\r");
  if (from == std::string::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

[[noreturn]] void broken(const std::string& path, const std::string& what) {
  std::fprintf(stderr, "conformance: %s: %s\n", path.c_str(), what.c_str());
  std::exit(2);
}

} // namespace

std::unique_ptr<Site> read_site(const std::string& path) {
  std::ifstream file{path};
  if (!file) broken(path, "no such site file");
  std::map<std::string, std::string> values;
  for (std::string line; std::getline(file, line);) {
    const auto equals = line.find('=');
    if (line.starts_with('#') || trimmed(line).empty()) continue;
    if (equals == std::string::npos) broken(path, "\"" + line + "\": name = value was expected");
    values[trimmed(line.substr(0, equals))] = trimmed(line.substr(equals + 1));
  }
  auto site = values["drive"] == "sim" ? make_sim_site() : std::make_unique<Site>();
  values.erase("drive");
  const std::map<std::string, std::string*> known = {{"desk", &site->desk},
                                                     {"called", &site->called},
                                                     {"other", &site->other},
                                                     {"answers", &site->answers},
                                                     {"silent", &site->silent},
                                                     {"busy", &site->busy},
                                                     {"queue", &site->queue},
                                                     {"route_point", &site->route_point},
                                                     {"nobody", &site->nobody},
                                                     {"agents", &site->agents},
                                                     {"dev_specific", &site->dev_specific}};
  for (const auto& [name, value] : values) {
    if (name.starts_with("foreign.")) {
      site->foreign[name.substr(8)] = static_cast<std::uint32_t>(std::strtoul(value.c_str(), nullptr, 0));
      continue;
    }
    const auto found = known.find(name);
    if (found == known.end()) broken(path, "\"" + name + "\" is no name of a site file");
    *found->second = value;
  }
  for (const char* const needed : {"desk", "called", "answers", "silent"})
    if (known.at(needed)->empty()) broken(path, std::string{needed} + " is needed");
  return site;
}

} // namespace conformance
