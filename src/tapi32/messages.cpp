// SPDX-License-Identifier: Apache-2.0
// lineGetMessage, phoneGetMessage [nf-tapi-linegetmessage], and the notify hook.
#include <cstring>

#include "tapi32/codes.hpp"
#include "tapi32/library.hpp"
#include "trunkline/tapi_ext.h"

namespace tl::tapi32 {
namespace {

static_assert(sizeof(LINEMESSAGE) == sizeof(PHONEMESSAGE));

struct Found {
  std::shared_ptr<App> app;
  bool threads = true;
  LONG error = 0;
};

Found find(wire::Family family, DWORD handle) {
  const Codes& code = codes(family);
  const auto session = Library::instance().session();
  if (!session) return {nullptr, true, code.invalid_app_handle};
  auto app = session->find_app(family, handle);
  if (!app) return {nullptr, true, code.invalid_app_handle};
  return {std::move(app), session->threads(), 0};
}

// In process nothing can arrive while the loop waits here: an empty queue is a time-out at once.
LONG get_message(wire::Family family, DWORD handle, void* message, DWORD timeout_ms) {
  if (!message) return codes(family).invalid_pointer;
  const auto [app, threads, error] = find(family, handle);
  if (!app) return error;
  if (app->delivery() != Delivery::event) return codes(family).failed;
  std::optional<std::chrono::milliseconds> timeout{timeout_ms};
  if (!threads)
    timeout = std::chrono::milliseconds{0};
  else if (timeout_ms == INFINITE)
    timeout.reset();
  const auto taken = app->take(timeout);
  if (!taken) return app->closed() ? codes(family).invalid_app_handle : codes(family).failed;
  std::memcpy(message, &*taken, sizeof *taken);
  return 0;
}

} // namespace
} // namespace tl::tapi32

using namespace tl;

extern "C" {

LONG WINAPI lineGetMessage(HLINEAPP hLineApp, LPLINEMESSAGE lpMessage, DWORD dwTimeout) {
  return tapi32::get_message(wire::Family::line, hLineApp, lpMessage, dwTimeout);
}

LONG WINAPI phoneGetMessage(HPHONEAPP hPhoneApp, LPPHONEMESSAGE lpMessage, DWORD dwTimeout) {
  return tapi32::get_message(wire::Family::phone, hPhoneApp, lpMessage, dwTimeout);
}

LONG WINAPI trunkline_lineSetNotify(HLINEAPP hLineApp, void (*notify)(void* context), void* context) {
  const auto [app, threads, error] = tapi32::find(wire::Family::line, hLineApp);
  if (!app) return error;
  if (app->delivery() != tapi32::Delivery::event) return LINEERR_INVALAPPHANDLE;
  app->set_notify(notify, context);
  return 0;
}

LONG WINAPI trunkline_phoneSetNotify(HPHONEAPP hPhoneApp, void (*notify)(void* context), void* context) {
  const auto [app, threads, error] = tapi32::find(wire::Family::phone, hPhoneApp);
  if (!app) return error;
  if (app->delivery() != tapi32::Delivery::event) return PHONEERR_INVALAPPHANDLE;
  app->set_notify(notify, context);
  return 0;
}

} // extern "C"
