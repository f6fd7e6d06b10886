// SPDX-License-Identifier: Apache-2.0
#include "tui/owner.hpp"

namespace tl::tui {

Result<form::Answer> Owner::ask(const form::Request& request) const {
  std::vector<char> block(form::block_bytes_max);
  if (!form::put_text(block, form::write(request)))
    return Error{LINEERR_OPERATIONFAILED, "The request is too long."};
  const LONG result = callback_(id_, type_, block.data(), static_cast<DWORD>(block.size()));
  if (result != 0)
    return Error{result < 0 ? result : LINEERR_OPERATIONFAILED, "The provider does not answer."};
  auto answer = form::read_answer(form::text_of(block));
  if (!answer)
    return Error{LINEERR_OPERATIONFAILED, "The provider's answer is no form: " + answer.error().text};
  return answer;
}

} // namespace tl::tui
