// SPDX-License-Identifier: Apache-2.0
// The folder a server keeps its own files in: the database, generated passwords. One server at a time.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "main/site.hpp"

namespace tl::program {

class StateFolder {
public:
  // Creates the folder (for its user alone) and locks it until destruction.
  static Result<std::unique_ptr<StateFolder>> open(const std::string& path);
  ~StateFolder();
  StateFolder(const StateFolder&) = delete;
  StateFolder& operator=(const StateFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }

private:
  StateFolder(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}

  std::string path_;
  int lock_; // descriptor of the locked file
};

// Creates a folder and the ones above it, each new one with mode 0700.
Result<void> make_private_folder(const std::string& path);

} // namespace tl::program
