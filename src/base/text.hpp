// SPDX-License-Identifier: Apache-2.0
// UTF-8 and UTF-16: TAPI's wide strings are UTF-16 (char16_t), its A functions take and give UTF-8.
// Ill-formed input becomes U+FFFD, one per maximal ill-formed part (Unicode 15, section 3.9); nothing fails.
#pragma once

#include <string>
#include <string_view>

namespace tl {

std::u16string to_utf16(std::string_view utf8);
std::string to_utf8(std::u16string_view utf16);

} // namespace tl
