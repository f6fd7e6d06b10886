// SPDX-License-Identifier: Apache-2.0
// What the TUISPI_ functions do, on the one terminal of the process.
#pragma once

#include "tui/screen.hpp"

namespace tl::tui {

// The errors of a family of functions.
struct Codes {
  LONG in_use, unavailable, failed, invalid_class;
};
inline constexpr Codes line_codes{LINEERR_INUSE, LINEERR_OPERATIONUNAVAIL, LINEERR_OPERATIONFAILED,
                                  LINEERR_INVALDEVICECLASS};
inline constexpr Codes phone_codes{PHONEERR_INUSE, PHONEERR_OPERATIONUNAVAIL, PHONEERR_OPERATIONFAILED,
                                   PHONEERR_INVALDEVICECLASS};

// NULL, "" or `own`, in letters of any case [nf-tapi-lineconfigdialogw].
bool is_top_level(LPCWSTR device_class, std::u16string_view own);

// Shows the owner's form. `must_save`: leaving without saving is a failure (an installation).
LONG show(const Owner& owner, const Codes& codes, const std::string& address, bool must_save);
// Asks whether the owner has anything to set.
bool has_form(const Owner& owner);
// Edits a configuration that is a set of values, without the device [nf-tspi-tuispi_lineconfigdialogedit].
LONG edit_config(const Owner& owner, std::span<const char> in, LPVARSTRING out);
// A dialog of the provider's: the block is a form as an Answer has it. Waits for the terminal.
LONG run_dialog(const Owner& owner, HTAPIDIALOGINSTANCE name, std::span<const char> block, HANDLE ready);
// A sentence for it ("done" or "error" of an Answer); no block: close it.
void tell_dialog(HTAPIDIALOGINSTANCE name, std::optional<std::span<const char>> block);

} // namespace tl::tui
