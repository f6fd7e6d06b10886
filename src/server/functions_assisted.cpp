// SPDX-License-Identifier: Apache-2.0
// Assisted telephony and the order of applications: a program asks for a call; the application of the same
// user that registered for it and comes first makes it [nf-tapi-tapirequestmakecall, line-request,
// nf-tapi-linegetrequest, nf-tapi-linesetapppriority].
//
// The server starts no programs: without a registered application there is no recipient, whatever the list
// says.
#include <algorithm>
#include <bit>
#include <cstring>

#include "server/functions.hpp"

namespace tl::server {
namespace {

constexpr DWORD request_modes_known =
    LINEREQUESTMODE_MAKECALL | LINEREQUESTMODE_MEDIACALL | LINEREQUESTMODE_DROP;
constexpr std::size_t app_name_max_units = 260;
constexpr DWORD media_known = 0x0003FFFE; // LINEMEDIAMODE_UNKNOWN to the last one

// The first of the user's recipients: by the priority list, then by the time of registration.
App* first_recipient(Core& core, const std::string& user) {
  App* first = nullptr;
  std::size_t first_rank = 0;
  core.clients.for_each([&](Client& client) {
    if (client.identity.user != user) return;
    client.apps.for_each([&](App& app) {
      if (!(app.request_modes & LINEREQUESTMODE_MAKECALL)) return;
      const std::size_t rank =
          Core::rank(core.options.settings.priorities.requests, LINEREQUESTMODE_MAKECALL, app);
      if (first && std::pair{rank, app.request_order} >= std::pair{first_rank, first->request_order}) return;
      first = &app;
      first_rank = rank;
    });
  });
  return first;
}

void announce(Core& core, App& app) {
  core.send(app.client, {.message = LINE_REQUEST,
                         .app = app.handle,
                         .instance = app.request_instance,
                         .param1 = LINEREQUESTMODE_MAKECALL});
}

// Zero-terminated, cut between two characters.
template <std::size_t N> void put(WCHAR (&to)[N], const Text& text) {
  auto units = text.value_or(std::u16string_view{}).substr(0, N - 1);
  if (!units.empty() && units.size() == N - 1 && units.back() >= 0xD800 && units.back() < 0xDC00)
    units.remove_suffix(1);
  if (!units.empty()) std::memcpy(&to, units.data(), units.size() * sizeof(WCHAR));
}

LONG request_make_call(Request& r, Text address, Text app, Text party, Text comment) {
  if (!address || address->empty() || address->size() >= TAPIMAXDESTADDRESSSIZE)
    return TAPIERR_INVALDESTADDRESS;
  const std::string& user = r.client.identity.user;
  App* const recipient = first_recipient(r.core, user);
  if (!recipient) return TAPIERR_NOREQUESTRECIPIENT;
  auto& queue = r.core.assisted[user];
  if (queue.size() >= r.core.options.limits.assisted_requests_max) return TAPIERR_REQUESTQUEUEFULL;
  LINEREQMAKECALLW& made = queue.emplace_back();
  put(made.szDestAddress, address);
  put(made.szAppName, app);
  put(made.szCalledParty, party);
  put(made.szComment, comment);
  announce(r.core, *recipient);
  return 0;
}

LONG register_recipient(Request& r, DWORD handle, DWORD instance, DWORD modes, DWORD enable) {
  App* const app = r.core.app(r.client, handle);
  if (!app) return LINEERR_INVALAPPHANDLE;
  if (modes == 0 || (modes & ~request_modes_known)) return LINEERR_INVALREQUESTMODE;
  if (!enable) {
    r.core.leave_requests(*app, modes);
    return 0;
  }
  if (!(app->request_modes & LINEREQUESTMODE_MAKECALL)) app->request_order = ++r.core.request_orders;
  app->request_modes |= modes;
  app->request_instance = instance;
  return 0;
}

LONG get_request(Request& r, DWORD handle, DWORD mode, Capacity capacity) {
  const App* const app = r.core.app(r.client, handle);
  if (!app) return LINEERR_INVALAPPHANDLE;
  if (mode != LINEREQUESTMODE_MAKECALL && mode != LINEREQUESTMODE_MEDIACALL) return LINEERR_INVALREQUESTMODE;
  if (!(app->request_modes & mode)) return LINEERR_NOTREGISTERED;
  const auto queue = r.core.assisted.find(r.client.identity.user);
  // Media calls are obsolete: nobody can ask for one.
  if (mode == LINEREQUESTMODE_MEDIACALL || queue == r.core.assisted.end() || queue->second.empty())
    return LINEERR_NOREQUEST;
  if (capacity.bytes < sizeof(LINEREQMAKECALLW)) return LINEERR_OPERATIONFAILED;
  r.reply.data(std::as_bytes(std::span{&queue->second.front(), 1}));
  queue->second.pop_front();
  return 0;
}

LONG check_app_name(const Text& name) {
  if (!name || name->empty() || name->size() > app_name_max_units) return LINEERR_INVALAPPNAME;
  return name->find_first_of(u"/\\") == std::u16string_view::npos ? 0 : LINEERR_INVALAPPNAME;
}

// What both functions check of the mode: of assisted telephony when `media` is 0.
LONG check_modes(DWORD media, DWORD request) {
  if (media & ~media_known) return LINEERR_INVALMEDIAMODE;
  return media == 0 && request != LINEREQUESTMODE_MAKECALL ? LINEERR_INVALREQUESTMODE : 0;
}

using List = std::vector<std::u16string>;

void set_first(std::map<std::uint32_t, List>& lists, DWORD mode, std::u16string_view name, bool first) {
  List& list = lists[mode];
  std::erase(list, name);
  if (first) list.emplace(list.begin(), name);
  if (list.empty()) lists.erase(mode);
}

LONG set_app_priority(Request& r, Text name, DWORD media, Data, DWORD request, Text, DWORD priority) {
  if (const LONG bad = check_app_name(name)) return bad;
  if (const LONG bad = check_modes(media, request)) return bad;
  if (priority > 1) return LINEERR_INVALPARAM;
  Settings changed = r.core.options.settings;
  Priorities& lists = changed.priorities;
  if (media == 0) set_first(lists.requests, request, *name, priority == 1);
  for (DWORD rest = media; rest != 0; rest &= rest - 1)
    set_first(lists.media, rest & ~(rest - 1), *name, priority == 1);
  const auto too_long = [&](const auto& each) {
    return each.second.size() > r.core.options.limits.priority_apps_max;
  };
  if (std::any_of(lists.media.begin(), lists.media.end(), too_long) ||
      std::any_of(lists.requests.begin(), lists.requests.end(), too_long))
    return LINEERR_RESOURCEUNAVAIL;
  return r.core.keep(std::move(changed)) ? 0 : LINEERR_OPERATIONFAILED;
}

LONG get_app_priority(Request& r, Text name, DWORD media, Data, DWORD request, Capacity extension_name) {
  if (const LONG bad = check_app_name(name)) return bad;
  if (const LONG bad = check_modes(media, request)) return bad;
  if (media != 0 && !std::has_single_bit(media)) return LINEERR_INVALMEDIAMODE;
  const Priorities& lists = r.core.options.settings.priorities;
  const auto& of = media == 0 ? lists.requests : lists.media;
  const auto list = of.find(media == 0 ? request : media);
  DWORD priority = 0; // not in the list
  if (list != of.end()) {
    const auto at = std::find(list->second.begin(), list->second.end(), *name);
    if (at != list->second.end()) priority = static_cast<DWORD>(at - list->second.begin()) + 1;
  }
  // The extension's name is ignored; who gives room for it gets an empty one.
  if (extension_name.bytes == 0) {
    r.reply.data(Data{wire::Bytes{}});
  } else if (const LONG bad =
                 answer_structure(r, wire::var_string, version_high, extension_name, [](Filling&) {})) {
    return bad;
  }
  r.reply.dword(priority);
  return 0;
}

} // namespace

std::size_t Core::rank(const std::map<std::uint32_t, std::vector<std::u16string>>& lists, DWORD mode,
                       const App& app) {
  const auto list = lists.find(mode);
  if (list == lists.end()) return unranked;
  const auto at = std::find(list->second.begin(), list->second.end(), app.module);
  return at == list->second.end() ? unranked : static_cast<std::size_t>(at - list->second.begin());
}

// What it has not fetched goes to the user's next recipient; without one nobody will make these calls.
void Core::leave_requests(App& app, DWORD modes) {
  const bool served = app.request_modes & modes & LINEREQUESTMODE_MAKECALL;
  app.request_modes &= ~modes;
  const auto queue = assisted.find(app.client.identity.user);
  if (!served || queue == assisted.end()) return;
  App* const next = first_recipient(*this, app.client.identity.user);
  if (!next)
    assisted.erase(queue);
  else if (!queue->second.empty())
    server::announce(*this, *next);
}

void bind_assisted_functions(Bindings& b) {
  b.bind<Fn::tapiRequestMakeCall, &request_make_call>();
  b.bind<Fn::lineRegisterRequestRecipient, &register_recipient>();
  b.bind<Fn::lineGetRequest, &get_request>();
  b.bind<Fn::lineSetAppPriority, &set_app_priority>();
  b.bind<Fn::lineGetAppPriority, &get_app_priority>();
}

} // namespace tl::server
