// SPDX-License-Identifier: Apache-2.0
// A user interface module in this process: found by its bare name in the client's own folder, tried before it
// is loaded, released when the dialog is over [functions-designed-to-generate-ui].
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace tl::tapi32 {

class UiModule {
public:
  // The error's code is a LINEERR_; its text names the module and what is wrong with it.
  static Result<UiModule> open(std::string_view name);
  ~UiModule();
  UiModule(UiModule&& other) noexcept;
  UiModule& operator=(UiModule&&) = delete;

  // Null: it does not export the function.
  template <class Function> Function* find(const char* name) const {
    return reinterpret_cast<Function*>(symbol(name));
  }
  const std::string& path() const { return path_; }

private:
  UiModule(std::string path, void* library) : path_(std::move(path)), library_(library) {}
  void* symbol(const char* name) const;

  std::string path_;
  void* library_;
};

// $TRUNKLINE_UI_MODULES, else the folder of this library.
std::string ui_module_folder();

} // namespace tl::tapi32
