// SPDX-License-Identifier: Apache-2.0
// lineInitialize(Ex), phoneInitialize(Ex), lineShutdown, phoneShutdown [nf-tapi-lineinitializeexw,
// nf-tapi-lineshutdown].
#include <filesystem>
#include <string>

#include "base/text.hpp"
#include "tapi32/call.hpp"
#include "tapi32/codes.hpp"
#include "tapi32/library.hpp"

namespace tl::tapi32 {
namespace {

constexpr std::size_t app_name_max_units = 1024;
constexpr DWORD version_lowest = 0x00010003;
// What lineInitialize and phoneInitialize stand for, until their application negotiates 1.4 [line-create].
constexpr DWORD version_of_1x = 0x00010003;
constexpr DWORD delivery_mask = 0x00000003; // the rest of dwOptions is call-hub tracking

static_assert(sizeof(LINEINITIALIZEEXPARAMS) == sizeof(PHONEINITIALIZEEXPARAMS));
static_assert(offsetof(LINEINITIALIZEEXPARAMS, Handles) == offsetof(PHONEINITIALIZEEXPARAMS, Handles));

// One application that wants to begin. `params`: NULL in the 1.x forms.
struct Beginning {
  wire::Family family;
  DWORD* handle;
  Callback callback;
  std::u16string name;
  DWORD* devices;
  DWORD* version; // in: the highest the program knows; out: the one it gets
  LINEINITIALIZEEXPARAMS* params;
};

// The program's file name, as lineHandoff knows it and as the friendly name if there is none.
std::u16string module_name() {
  std::error_code error;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? std::u16string{} : path.filename().u16string();
}

LONG check(const Beginning& beginning) {
  const Codes& code = codes(beginning.family);
  if (!beginning.handle || !beginning.devices || !beginning.version) return code.invalid_pointer;
  if (*beginning.version < version_lowest) return code.version;
  if (beginning.name.size() > app_name_max_units) return code.app_name;
  DWORD options = LINEINITIALIZEEXOPTION_USEHIDDENWINDOW;
  if (beginning.params) {
    if (beginning.params->dwTotalSize < sizeof *beginning.params) return code.too_small;
    options = beginning.params->dwOptions & ~LINEINITIALIZEEXOPTION_CALLHUBTRACKING;
  }
  switch (options) {
  case LINEINITIALIZEEXOPTION_USEHIDDENWINDOW: return beginning.callback ? 0 : code.invalid_pointer;
  case LINEINITIALIZEEXOPTION_USEEVENT: return 0;
  case LINEINITIALIZEEXOPTION_USECOMPLETIONPORT: return 0;
  default: return code.invalid_param;
  }
}

bool wants(const Beginning& beginning, DWORD option) {
  return beginning.params && (beginning.params->dwOptions & delivery_mask) == option;
}

Delivery delivery_of(const Beginning& beginning, const Session& session) {
  if (wants(beginning, LINEINITIALIZEEXOPTION_USEEVENT)) return Delivery::event;
  if (wants(beginning, LINEINITIALIZEEXOPTION_USECOMPLETIONPORT)) return Delivery::port;
  return session.threads() ? Delivery::callback_thread : Delivery::callback_direct;
}

Announced announced_at(const Beginning& beginning) {
  if (!wants(beginning, LINEINITIALIZEEXOPTION_USECOMPLETIONPORT)) return {};
  return {Library::instance().find_port(beginning.params->Handles.hCompletionPort),
          beginning.params->dwCompletionKey};
}

LONG ask_server(Session& session, const Beginning& beginning, DWORD& handle) {
  const std::u16string module = module_name();
  const std::u16string& name = beginning.name.empty() ? module : beginning.name;
  const auto ask = [&]<wire::Fn F>() {
    DWORD version = 0;
    const auto all =
        items<F>(&handle, reinterpret_cast<LPCWSTR>(name.c_str()), reinterpret_cast<LPCWSTR>(module.c_str()),
                 beginning.devices, *beginning.version, &version);
    const LONG result = session.perform(F, all);
    if (result == 0) *beginning.version = version;
    return result;
  };
  if (beginning.family == wire::Family::phone) return ask.operator()<wire::Fn::phoneInitializeEx>();
  return ask.operator()<wire::Fn::lineInitializeEx>();
}

void fill(LINEINITIALIZEEXPARAMS& params, const App& app) {
  params.dwNeededSize = sizeof params;
  params.dwUsedSize = sizeof params;
  if (app.delivery() == Delivery::event) params.Handles.hEvent = app.signal().handle();
}

LONG begin(const Beginning& beginning) {
  if (const LONG bad = check(beginning); bad != 0) return bad;
  Announced announced = announced_at(beginning);
  if (wants(beginning, LINEINITIALIZEEXOPTION_USECOMPLETIONPORT) && !announced.port)
    return codes(beginning.family).invalid_param;
  LONG Codes::*code = &Codes::failed;
  auto& library = Library::instance();
  const auto session = library.connect(code);
  if (!session) return codes(beginning.family).*code;
  session->begin_app();
  DWORD handle = 0;
  const LONG result = ask_server(*session, beginning, handle);
  std::shared_ptr<App> app;
  if (result == 0) {
    const Delivery delivery = delivery_of(beginning, *session);
    app = std::make_shared<App>(beginning.family, delivery, beginning.callback, std::move(announced));
    *beginning.handle = handle;
    if (beginning.params) fill(*beginning.params, *app);
    app->start();
  }
  session->end_app(beginning.family, handle, app);
  if (result != 0) library.app_gone(session);
  return result;
}

LONG end(wire::Fn fn, DWORD handle) {
  const wire::Family family = wire::family(fn);
  auto& library = Library::instance();
  const auto session = library.session();
  if (!session) return codes(family).uninitialized;
  const auto app = session->find_app(family, handle);
  if (!app) return codes(family).invalid_app_handle;
  if (!session->is_lost()) {
    const Item item{.kind = wire::Kind::dword, .value = handle};
    const LONG result = session->perform(fn, {&item, 1});
    if (result != 0 && !session->is_lost()) return result;
  }
  if (!session->remove_app(family, handle))
    return codes(family).invalid_app_handle; // another thread was faster
  app->close();
  library.app_gone(session);
  return 0;
}

std::u16string wide(const char* name) {
  return name ? to_utf16(name) : std::u16string{};
}
std::u16string wide(const WCHAR* name) {
  return name ? std::u16string{reinterpret_cast<const char16_t*>(name)} : std::u16string{};
}

LINEINITIALIZEEXPARAMS* line_params(PHONEINITIALIZEEXPARAMS* params) {
  return reinterpret_cast<LINEINITIALIZEEXPARAMS*>(params);
}

} // namespace
} // namespace tl::tapi32

using tl::wire::Family;
using tl::wire::Fn;
namespace tapi32 = tl::tapi32;

extern "C" {

LONG WINAPI lineInitializeExW(LPHLINEAPP lphLineApp, HINSTANCE, LINECALLBACK lpfnCallback,
                              LPCWSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs, LPDWORD lpdwAPIVersion,
                              LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams) {
  return tapi32::begin({Family::line, lphLineApp, lpfnCallback, tapi32::wide(lpszFriendlyAppName),
                        lpdwNumDevs, lpdwAPIVersion, lpLineInitializeExParams});
}

LONG WINAPI lineInitializeExA(LPHLINEAPP lphLineApp, HINSTANCE, LINECALLBACK lpfnCallback,
                              LPCSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs, LPDWORD lpdwAPIVersion,
                              LPLINEINITIALIZEEXPARAMS lpLineInitializeExParams) {
  return tapi32::begin({Family::line, lphLineApp, lpfnCallback, tapi32::wide(lpszFriendlyAppName),
                        lpdwNumDevs, lpdwAPIVersion, lpLineInitializeExParams});
}

LONG WINAPI lineInitialize(LPHLINEAPP lphLineApp, HINSTANCE, LINECALLBACK lpfnCallback, LPCSTR lpszAppName,
                           LPDWORD lpdwNumDevs) {
  DWORD version = tapi32::version_of_1x;
  return tapi32::begin(
      {Family::line, lphLineApp, lpfnCallback, tapi32::wide(lpszAppName), lpdwNumDevs, &version, nullptr});
}

LONG WINAPI phoneInitializeExW(LPHPHONEAPP lphPhoneApp, HINSTANCE, PHONECALLBACK lpfnCallback,
                               LPCWSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs, LPDWORD lpdwAPIVersion,
                               LPPHONEINITIALIZEEXPARAMS lpPhoneInitializeExParams) {
  return tapi32::begin({Family::phone, lphPhoneApp, lpfnCallback, tapi32::wide(lpszFriendlyAppName),
                        lpdwNumDevs, lpdwAPIVersion, tapi32::line_params(lpPhoneInitializeExParams)});
}

LONG WINAPI phoneInitializeExA(LPHPHONEAPP lphPhoneApp, HINSTANCE, PHONECALLBACK lpfnCallback,
                               LPCSTR lpszFriendlyAppName, LPDWORD lpdwNumDevs, LPDWORD lpdwAPIVersion,
                               LPPHONEINITIALIZEEXPARAMS lpPhoneInitializeExParams) {
  return tapi32::begin({Family::phone, lphPhoneApp, lpfnCallback, tapi32::wide(lpszFriendlyAppName),
                        lpdwNumDevs, lpdwAPIVersion, tapi32::line_params(lpPhoneInitializeExParams)});
}

LONG WINAPI phoneInitialize(LPHPHONEAPP lphPhoneApp, HINSTANCE, PHONECALLBACK lpfnCallback,
                            LPCSTR lpszAppName, LPDWORD lpdwNumDevs) {
  DWORD version = tapi32::version_of_1x;
  return tapi32::begin(
      {Family::phone, lphPhoneApp, lpfnCallback, tapi32::wide(lpszAppName), lpdwNumDevs, &version, nullptr});
}

LONG WINAPI lineShutdown(HLINEAPP hLineApp) {
  return tapi32::end(Fn::lineShutdown, hLineApp);
}
LONG WINAPI phoneShutdown(HPHONEAPP hPhoneApp) {
  return tapi32::end(Fn::phoneShutdown, hPhoneApp);
}

} // extern "C"
