// SPDX-License-Identifier: Apache-2.0
// terminal.tui.so: the TUISPI_ functions [nf-tspi-tuispi_lineconfigdialog and the pages beside it].
// TUISPI_providerRemove is left out: there is nothing to ask.
#include <new>

#include "base/text.hpp"
#include "trunkline/ui_module.h"
#include "tui/dialogs.hpp"

using namespace tl;
using namespace tl::tui;

namespace {

// No exception crosses the ABI.
template <class Body> LONG guarded(const Codes& codes, Body body) noexcept {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return &codes == &phone_codes ? PHONEERR_NOMEM : LINEERR_NOMEM;
  } catch (...) {
    return codes.failed;
  }
}

std::span<const char> block_of(const void* block, DWORD size) {
  return {static_cast<const char*>(block), block ? size : 0};
}

} // namespace

LONG TSPIAPI TUISPI_lineConfigDialog(TUISPIDLLCALLBACK callback, DWORD device, HWND, LPCWSTR device_class) {
  return guarded(line_codes, [&] {
    if (!is_top_level(device_class, u"tapi/line")) return line_codes.invalid_class;
    return show({callback, device, TUISPIDLL_OBJECT_LINEID}, line_codes, "", false);
  });
}

LONG TSPIAPI TUISPI_lineConfigDialogEdit(TUISPIDLLCALLBACK callback, DWORD device, HWND, LPCWSTR device_class,
                                         LPVOID const in, DWORD size, LPVARSTRING out) {
  return guarded(line_codes, [&] {
    if (!is_top_level(device_class, u"tapi/line")) return line_codes.invalid_class;
    return edit_config({callback, device, TUISPIDLL_OBJECT_LINEID}, block_of(in, size), out);
  });
}

LONG TSPIAPI TUISPI_phoneConfigDialog(TUISPIDLLCALLBACK callback, DWORD device, HWND, LPCWSTR device_class) {
  return guarded(phone_codes, [&] {
    if (!is_top_level(device_class, u"tapi/phone")) return phone_codes.invalid_class;
    return show({callback, device, TUISPIDLL_OBJECT_PHONEID}, phone_codes, "", false);
  });
}

LONG TSPIAPI TUISPI_providerConfig(TUISPIDLLCALLBACK callback, HWND, DWORD provider) {
  return guarded(line_codes, [&] {
    return show({callback, provider, TUISPIDLL_OBJECT_PROVIDERID}, line_codes, "", false);
  });
}

LONG TSPIAPI TUISPI_providerInstall(TUISPIDLLCALLBACK callback, HWND, DWORD provider) {
  return guarded(line_codes, [&]() -> LONG {
    const Owner owner{callback, provider, TUISPIDLL_OBJECT_PROVIDERID};
    return has_form(owner) ? show(owner, line_codes, "", true) : 0;
  });
}

LONG TSPIAPI TUISPI_providerGenericDialog(TUISPIDLLCALLBACK callback, HTAPIDIALOGINSTANCE dialog,
                                          LPVOID block, DWORD size, HANDLE ready) {
  return guarded(line_codes, [&] {
    return run_dialog({callback, dialog, TUISPIDLL_OBJECT_DIALOGINSTANCE}, dialog, block_of(block, size),
                      ready);
  });
}

LONG TSPIAPI TUISPI_providerGenericDialogData(HTAPIDIALOGINSTANCE dialog, LPVOID block, DWORD size) {
  return guarded(line_codes, [&]() -> LONG {
    tell_dialog(dialog, block ? std::optional{block_of(block, size)} : std::nullopt);
    return 0;
  });
}

LONG TSPIAPI TRUNKLINE_translateDialog(TUISPIDLLCALLBACK callback, DWORD, HWND, LPCWSTR address) {
  return guarded(line_codes, [&] {
    const std::string number = address ? to_utf8(std::u16string_view{address}) : std::string{};
    return show({callback, 0, TRUNKLINE_OBJECT_LOCATIONS}, line_codes, number, false);
  });
}
