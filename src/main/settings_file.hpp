// SPDX-License-Identifier: Apache-2.0
// Dialling locations, calling cards and priorities of applications, kept beside the database (JSON). Card
// numbers are secrets: the file is its user's alone.
#pragma once

#include <string>

#include "base/log.hpp"
#include "base/result.hpp"
#include "main/site.hpp"
#include "server/settings.hpp"

namespace tl::program {

class SettingsFile final : public server::SettingsStore {
public:
  SettingsFile(std::string path, Log& log) : path_(std::move(path)), log_(log) {}

  // What was kept (an absent file is nothing), with the site's own location as the first one.
  Result<server::Settings> load(const Site& site) const;
  bool save(const server::Settings& settings) override; // all or nothing

private:
  std::string path_;
  Log& log_;
};

} // namespace tl::program
