// SPDX-License-Identifier: Apache-2.0
// How a function of the wire's table is bound to its implementation, and what implementations share. An
// implementation takes the request and the row's items and returns what the C function returns: 0 or a
// request id, or a negative error. A synchronous one writes its answers to request.reply in the row's order.
#pragma once

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"
#include "server/core.hpp"
#include "wire/codec.hpp"

namespace tl::server {

using wire::Capacity;
using wire::Data;
using wire::Fn;
using wire::Text;

// The code that a function's family has for the same fault.
inline LONG code(Fn function, LONG of_line, LONG of_phone) {
  return wire::family(function) == wire::Family::phone ? of_phone : of_line;
}
inline LONG too_small(Fn function) {
  return code(function, LINEERR_STRUCTURETOOSMALL, PHONEERR_STRUCTURETOOSMALL);
}

using Handler = LONG (*)(Request&, wire::Bytes payload);

class Bindings {
public:
  template <Fn F, auto Implementation> void bind() {
    handlers_[static_cast<std::size_t>(F)] = [](Request& request, wire::Bytes payload) -> LONG {
      const auto arguments = wire::decode_arguments<F>(payload);
      if (!arguments) return malformed(request);
      return std::apply([&](const auto&... each) { return Implementation(request, each...); }, *arguments);
    };
  }
  Handler find(Fn function) const { return handlers_[static_cast<std::size_t>(function)]; }

private:
  static LONG malformed(Request& request);

  std::array<Handler, wire::functions.size()> handlers_{};
};

// One per file of functions.
void bind_app_functions(Bindings& bindings);
void bind_line_functions(Bindings& bindings);
void bind_call_functions(Bindings& bindings);
void bind_new_call_functions(Bindings& bindings);
void bind_info_functions(Bindings& bindings);
void bind_privilege_functions(Bindings& bindings);
void bind_media_functions(Bindings& bindings);
void bind_device_functions(Bindings& bindings);
void bind_agent_functions(Bindings& bindings);
void bind_proxy_functions(Bindings& bindings);
void bind_dialing_functions(Bindings& bindings);
void bind_assisted_functions(Bindings& bindings);
void bind_provider_functions(Bindings& bindings);
void bind_dialog_functions(Bindings& bindings);
void bind_msp_functions(Bindings& bindings);
void bind_phone_functions(Bindings& bindings);
void bind_phone_device_functions(Bindings& bindings);

const Bindings& bindings();

// A text as the C pointer that providers take: zero-terminated, NULL when there was none.
class Wide {
public:
  explicit Wide(const Text& text) : null_(!text), copy_(text.value_or(std::u16string_view{})) {}
  LPCWSTR c() const { return null_ ? nullptr : copy_.c_str(); }

private:
  bool null_;
  std::u16string copy_;
};

inline LPCSTR bytes_of(const Data& data) {
  return data && !data->empty() ? reinterpret_cast<LPCSTR>(data->data()) : nullptr;
}
inline DWORD size_of(const Data& data) {
  return data ? static_cast<DWORD>(data->size()) : 0;
}

// Whether the site lets applications add, remove and configure providers.
bool may_manage_providers(const Request& request);
// Running or being installed by this client; null: none.
Provider* provider_of_id(const Request& request, DWORD permanent_id);
// The bare file name of the provider's user interface module.
LONG answer_module(Request& request, Provider& provider, Capacity capacity);

// LINEDEVSTATE_TRANSLATECHANGE, to everybody but the one that made the change.
void tell_translate_change(Core& core, const App* except);

// The highest version known in the range, 0 if none.
DWORD choose_version(DWORD low, DWORD high);
inline bool is_version(DWORD version) {
  return version != 0 && choose_version(version, version) == version;
}
// The version an application counts as after it negotiated one.
DWORD raised_version(DWORD version, DWORD negotiated);
// The extension version a provider chooses for a line.
LONG negotiate_extension_of(LineDevice& line, DWORD low, DWORD high, DWORD& chosen);
// INCOMPATIBLEEXTVERSION when the line has not this extension version; 0 is none.
LONG check_extension(LineDevice& line, DWORD extension);
std::u16string_view file_name(std::u16string_view path);

// Whether a device class is `wanted`, in letters of any case.
bool is_class(const Text& name, std::u16string_view wanted);
// INVALADDRESSID unless the line has that address.
LONG address_exists(LineDevice& line, DWORD address);
// A VARSTRING with a device id.
LONG answer_id(Request& request, Capacity capacity, DWORD id);
// Turns the device id that a provider put into a VARSTRING into the client's own; false: it does not see the
// device.
bool own_id(Filling& filling, const OwnIds& ids);

// The call of a handle if the request's client may control it in its present state; else null and why.
// `states` 0 = any state; a state that is not known permits everything.
CallHandle* owned_call(Request& request, DWORD handle, DWORD states, LONG& error);
// The same without a privilege.
CallHandle* held_call(Request& request, DWORD handle, DWORD states, LONG& error);

inline constexpr DWORD any_state = 0;
inline constexpr DWORD not_idle = 0xFFFFFFFF & ~DWORD{LINECALLSTATE_IDLE};
inline constexpr DWORD not_ended = not_idle & ~DWORD{LINECALLSTATE_DISCONNECTED};

// Begins an asynchronous request of `open` at its provider; null and why. Whoever may only watch the line
// asks nothing of its provider.
Pending* new_request(Request& request, OpenLine& open, LONG& error);
// What the application gets for the provider's answer: the id, or the error (then the request is forgotten).
LONG started(Request& request, Pending& pending, LONG answer);

// `begin` gets the request and calls the provider with its id.
template <class Begin> LONG start(Request& request, OpenLine& open, Begin begin) {
  LONG error = 0;
  Pending* const pending = new_request(request, open, error);
  if (!pending) return error;
  return started(request, *pending, begin(*pending));
}

// A function of the provider on one call.
template <auto Member, class... A>
LONG start_on_call(Request& request, DWORD handle, DWORD states, A... arguments) {
  LONG error = 0;
  CallHandle* const call = owned_call(request, handle, states, error);
  if (!call) return error;
  const auto function = call->call.line.provider.tspi.*Member;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  return start(request, call->open,
               [&](Pending& pending) { return function(pending.id, call->call.driver, arguments...); });
}

// Fills a structure inside the reply: checks the room, lets `fill` (a provider or the server) fill it, checks
// what it wrote, lets `amend` add the server's own fields.
template <class Fill, class Amend>
LONG answer_structure(Request& request, const Layout& layout, DWORD version, DWORD provider_version,
                      Capacity capacity, Fill fill, Amend amend) {
  if (capacity.bytes < layout.fixed(version)) return too_small(request.function);
  const auto room = static_cast<DWORD>(
      std::min<std::size_t>(capacity.bytes, request.core.options.limits.structure_bytes_max));
  // The provider's fixed part may be longer or shorter than the application's.
  const DWORD fixed = layout.fixed(version), provider_fixed = layout.fixed(provider_version);
  const DWORD total = room - fixed + provider_fixed;
  const auto memory = request.reply.begin_data(std::max({total, room, layout.declared}));
  Filling filling{memory.data(), total};
  filling.as<DWORD>() = total;
  const LONG result = fill(filling);
  if (result != 0) return result < 0 ? result : failed(request.function);
  if (!check_filled(filling, layout, provider_version)) {
    request.core.log.warn("server", "{}: the provider used {} of {} bytes",
                          wire::function(request.function).name, filling.used(), total);
    return failed(request.function);
  }
  filling.capacity = room;
  change_version(filling, layout, version, provider_version);
  amend(filling);
  filling.as<DWORD>() = capacity.bytes;
  request.reply.end_data(filling.used());
  return 0;
}
// The server's own structures: the fixed part counts as used and needed already.
template <class Amend>
LONG answer_structure(Request& request, const Layout& layout, DWORD version, Capacity capacity, Amend amend) {
  return answer_structure(
      request, layout, version, version, capacity,
      [&](Filling& filling) {
        filling.needed() = filling.used() = layout.fixed(version);
        return LONG{0};
      },
      amend);
}

} // namespace tl::server
