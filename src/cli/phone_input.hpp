// SPDX-License-Identifier: Apache-2.0
// Lines of standard input, on the loop.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/loop.hpp"

namespace tl::cli {

class PhoneInput {
public:
  static constexpr std::size_t line_bytes_max = 1024; // a longer one is cut

  PhoneInput(Loop& loop, std::function<void(const std::string&)> line);
  ~PhoneInput();

private:
  void readable();

  std::function<void(const std::string&)> line_;
  std::string rest_;
  int flags_ = -1; // the descriptor's own, restored at the end: it is shared with the shell
  std::unique_ptr<Watch> watch_;
};

} // namespace tl::cli
