// SPDX-License-Identifier: Apache-2.0
#include "tapi32/dialog.hpp"

#include <array>

#include "base/text.hpp"
#include "tapi32/call.hpp"
#include "tapi32/library.hpp"
#include "trunkline/tapi_ext.h"
#include "trunkline/ui_module.h"

namespace tl::tapi32 {
namespace {

// Why the latest dialog of the thread failed. Valid for the program until the next one.
thread_local std::string why;

constexpr std::size_t module_units_max = 256;
using ModuleName = std::array<char16_t, module_units_max + 1>; // and a zero

Span place_of(ModuleName& name) {
  return bytes_out(name.data(), sizeof name - sizeof name.back());
}
std::string narrow(const ModuleName& name) {
  return to_utf8(std::u16string_view{name.data()});
}

// Whether a module must have the function [the TUISPI_ pages: implementation is optional].
enum class Need : std::uint8_t { required, optional };

// Runs one function of a module; `run` gets it.
template <class Function, class Run>
LONG run_module(wire::Fn fn, const std::string& name, const char* function, Need need, Run run) {
  auto module = UiModule::open(name);
  if (!module) {
    explain_dialog(module.error().text);
    return codes(fn).failed;
  }
  if (auto* const entry = module->find<Function>(function)) return dialog_result(fn, run(*entry));
  if (need == Need::optional) return 0;
  explain_dialog("user interface module " + module->path() + " has no " + function);
  return codes(fn).unavailable;
}

// Asks the server for the module of a device or provider and runs a function of it.
template <wire::Fn F, class Function, class Run>
LONG show(Conversation::With whom, DWORD id, const char* function, Run run) {
  explain_dialog({});
  const Conversation talk{F, whom};
  if (talk.error() != 0) return talk.error();
  ModuleName name{};
  const LONG result = talk.session().perform(F, items<F>(id, place_of(name)));
  if (result == codes(F).unavailable) explain_dialog("its provider has no user interface");
  if (result != 0) return result;
  return run_module<Function>(F, narrow(name), function, Need::required, run);
}

LONG config_dialog(DWORD device, HWND owner, LPCWSTR device_class) {
  return show<wire::Fn::lineConfigDialog, decltype(TUISPI_lineConfigDialog)>(
      Conversation::With::application, device, "TUISPI_lineConfigDialog",
      [&](auto& dialog) { return dialog(&dialog_callback, device, owner, device_class); });
}

LONG config_dialog_edit(DWORD device, HWND owner, LPCWSTR device_class, LPVOID in, DWORD size,
                        LPVARSTRING out) {
  if (!in || !out) return LINEERR_INVALPOINTER;
  if (out->dwTotalSize < sizeof *out) return LINEERR_STRUCTURETOOSMALL;
  return show<wire::Fn::lineConfigDialogEdit, decltype(TUISPI_lineConfigDialogEdit)>(
      Conversation::With::application, device, "TUISPI_lineConfigDialogEdit",
      [&](auto& dialog) { return dialog(&dialog_callback, device, owner, device_class, in, size, out); });
}

LONG phone_dialog(DWORD device, HWND owner, LPCWSTR device_class) {
  return show<wire::Fn::phoneConfigDialog, decltype(TUISPI_phoneConfigDialog)>(
      Conversation::With::application, device, "TUISPI_phoneConfigDialog",
      [&](auto& dialog) { return dialog(&dialog_callback, device, owner, device_class); });
}

// Any error of the many that a module may return means one thing: it was not installed.
LONG install(Session& session, const std::string& module, HWND owner, DWORD id) {
  const LONG result = run_module<decltype(TUISPI_providerInstall)>(
      wire::Fn::lineAddProvider, module, "TUISPI_providerInstall", Need::optional,
      [&](auto& dialog) { return dialog(&dialog_callback, owner, id); });
  const LONG ended = session.perform(
      wire::Fn::installEnd, items<wire::Fn::installEnd>(id, static_cast<DWORD>(result == 0 ? 1 : 0)));
  return result != 0 ? result : ended;
}

template <Form form, class Char> LONG add_provider(const Char* file, HWND owner, LPDWORD id) {
  constexpr auto fn = wire::Fn::lineAddProvider;
  if (!id) return LINEERR_INVALPOINTER;
  explain_dialog({});
  const Conversation talk{fn, Conversation::With::anybody};
  if (talk.error() != 0) return talk.error();
  ModuleName name{};
  DWORD made = 0;
  LONG result = talk.session().perform(fn, items<fn, form>(file, &made, place_of(name)));
  if (result == 0 && name.front() != 0) result = install(talk.session(), narrow(name), owner, made);
  if (result == 0) *id = made;
  return result;
}

LONG remove_provider(DWORD id, HWND owner) {
  constexpr auto fn = wire::Fn::lineRemoveProvider;
  explain_dialog({});
  const Conversation talk{fn, Conversation::With::anybody};
  if (talk.error() != 0) return talk.error();
  ModuleName name{};
  const LONG identified = talk.session().perform(wire::Fn::lineConfigProvider,
                                                 items<wire::Fn::lineConfigProvider>(id, place_of(name)));
  if (identified != 0 && identified != LINEERR_OPERATIONUNAVAIL) return identified;
  if (identified == 0) {
    const LONG result = run_module<decltype(TUISPI_providerRemove)>(
        fn, narrow(name), "TUISPI_providerRemove", Need::optional,
        [&](auto& dialog) { return dialog(&dialog_callback, owner, id); });
    if (result != 0) return result;
  }
  return talk.session().perform(fn, items<fn>(id));
}

// Belongs to no provider: a module of this library's own shows it [nf-tapi-linetranslatedialogw].
LONG translate_dialog(HLINEAPP app, DWORD device, DWORD version, HWND owner, LPCWSTR address) {
  constexpr auto fn = wire::Fn::lineTranslateDialog;
  explain_dialog({});
  const Conversation talk{fn, Conversation::With::anybody};
  if (talk.error() != 0) return talk.error();
  const LONG result = talk.session().perform(fn, items<fn>(app, device, version, address));
  if (result != 0) return result;
  return run_module<decltype(TRUNKLINE_translateDialog)>(
      fn, TRUNKLINE_LOCATIONS_MODULE, "TRUNKLINE_translateDialog", Need::required,
      [&](auto& dialog) { return dialog(&dialog_callback, device, owner, address); });
}

// An A function's text as the W form has it.
class Wide {
public:
  explicit Wide(LPCSTR text) : null_(!text), copy_(text ? to_utf16(text) : std::u16string{}) {}
  LPCWSTR c() const { return null_ ? nullptr : reinterpret_cast<LPCWSTR>(copy_.c_str()); }

private:
  bool null_;
  std::u16string copy_;
};

} // namespace

Conversation::Conversation(wire::Fn fn, With whom) {
  auto& library = Library::instance();
  LONG Codes::*code = &Codes::uninitialized;
  session_ = whom == With::application ? library.session() : library.connect(code);
  if (!session_)
    error_ = codes(fn).*code;
  else
    session_->begin_use();
}

Conversation::~Conversation() {
  if (!session_) return;
  session_->end_use();
  Library::instance().app_gone(session_);
}

LONG CALLBACK dialog_callback(DWORD_PTR object, DWORD type, LPVOID parameters, DWORD size) {
  constexpr auto fn = wire::Fn::dialogData;
  const auto session = Library::instance().session();
  if (!session) return LINEERR_OPERATIONFAILED;
  if (!parameters && size != 0) return LINEERR_INVALPOINTER;
  const auto id = static_cast<DWORD>(object);
  if (id != object) return LINEERR_INVALPARAM;
  return session->perform(fn, items<fn>(id, type, bytes_inout(parameters, size)));
}

void explain_dialog(std::string sentence) {
  why = std::move(sentence);
}

} // namespace tl::tapi32

using namespace tl::tapi32;
using tl::wire::Fn;

extern "C" {

const char* WINAPI trunkline_dialogError(void) {
  return why.c_str();
}

LONG WINAPI lineAddProviderA(LPCSTR lpszProviderFilename, HWND hwndOwner, LPDWORD lpdwPermanentProviderID) {
  return add_provider<Form::narrow>(lpszProviderFilename, hwndOwner, lpdwPermanentProviderID);
}
LONG WINAPI lineAddProviderW(LPCWSTR lpszProviderFilename, HWND hwndOwner, LPDWORD lpdwPermanentProviderID) {
  return add_provider<Form::wide>(lpszProviderFilename, hwndOwner, lpdwPermanentProviderID);
}
LONG WINAPI lineAddProvider(LPCSTR lpszProviderFilename, HWND hwndOwner, LPDWORD lpdwPermanentProviderID) {
  return lineAddProviderA(lpszProviderFilename, hwndOwner, lpdwPermanentProviderID);
}

LONG WINAPI lineConfigDialogA(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass) {
  return config_dialog(dwDeviceID, hwndOwner, Wide{lpszDeviceClass}.c());
}
LONG WINAPI lineConfigDialogW(DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass) {
  return config_dialog(dwDeviceID, hwndOwner, lpszDeviceClass);
}
LONG WINAPI lineConfigDialog(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass) {
  return lineConfigDialogA(dwDeviceID, hwndOwner, lpszDeviceClass);
}

// The configuration is the provider's, the same in both forms.
LONG WINAPI lineConfigDialogEditA(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass,
                                  LPVOID const lpDeviceConfigIn, DWORD dwSize,
                                  LPVARSTRING lpDeviceConfigOut) {
  return config_dialog_edit(dwDeviceID, hwndOwner, Wide{lpszDeviceClass}.c(), lpDeviceConfigIn, dwSize,
                            lpDeviceConfigOut);
}
LONG WINAPI lineConfigDialogEditW(DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass,
                                  LPVOID const lpDeviceConfigIn, DWORD dwSize,
                                  LPVARSTRING lpDeviceConfigOut) {
  return config_dialog_edit(dwDeviceID, hwndOwner, lpszDeviceClass, lpDeviceConfigIn, dwSize,
                            lpDeviceConfigOut);
}
LONG WINAPI lineConfigDialogEdit(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass,
                                 LPVOID const lpDeviceConfigIn, DWORD dwSize, LPVARSTRING lpDeviceConfigOut) {
  return lineConfigDialogEditA(dwDeviceID, hwndOwner, lpszDeviceClass, lpDeviceConfigIn, dwSize,
                               lpDeviceConfigOut);
}

LONG WINAPI lineConfigProvider(HWND hwndOwner, DWORD dwPermanentProviderID) {
  return show<Fn::lineConfigProvider, decltype(TUISPI_providerConfig)>(
      Conversation::With::anybody, dwPermanentProviderID, "TUISPI_providerConfig",
      [&](auto& dialog) { return dialog(&dialog_callback, hwndOwner, dwPermanentProviderID); });
}

LONG WINAPI lineRemoveProvider(DWORD dwPermanentProviderID, HWND hwndOwner) {
  return remove_provider(dwPermanentProviderID, hwndOwner);
}

LONG WINAPI lineTranslateDialogA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, HWND hwndOwner,
                                 LPCSTR lpszAddressIn) {
  return translate_dialog(hLineApp, dwDeviceID, dwAPIVersion, hwndOwner, Wide{lpszAddressIn}.c());
}
LONG WINAPI lineTranslateDialogW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, HWND hwndOwner,
                                 LPCWSTR lpszAddressIn) {
  return translate_dialog(hLineApp, dwDeviceID, dwAPIVersion, hwndOwner, lpszAddressIn);
}
LONG WINAPI lineTranslateDialog(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, HWND hwndOwner,
                                LPCSTR lpszAddressIn) {
  return lineTranslateDialogA(hLineApp, dwDeviceID, dwAPIVersion, hwndOwner, lpszAddressIn);
}

LONG WINAPI phoneConfigDialogA(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass) {
  return phone_dialog(dwDeviceID, hwndOwner, Wide{lpszDeviceClass}.c());
}
LONG WINAPI phoneConfigDialogW(DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass) {
  return phone_dialog(dwDeviceID, hwndOwner, lpszDeviceClass);
}
LONG WINAPI phoneConfigDialog(DWORD dwDeviceID, HWND hwndOwner, LPCSTR lpszDeviceClass) {
  return phoneConfigDialogA(dwDeviceID, hwndOwner, lpszDeviceClass);
}

} // extern "C"
