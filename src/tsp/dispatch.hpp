// SPDX-License-Identifier: Apache-2.0
// Between the C functions and the provider (private to src/tsp): handles are looked up, texts become UTF-8,
// requests get their completion object, and no exception crosses the ABI.
#pragma once

#include <memory>
#include <new>

#include "tsp/host_loop.hpp"
#include "tsp/provider.hpp"

namespace tl::tsp {

// One attached provider. The C ABI passes no context, so each shared object has one of these (exports.cpp).
class Exports {
public:
  explicit Exports(const trunkline_host& host) : loop(host), log(host) {}

  Line* line(HDRVLINE handle) const { return provider->lines_.find(reinterpret_cast<std::uint64_t>(handle)); }
  Call* call(HDRVCALL handle) const { return provider->calls_.find(reinterpret_cast<std::uint64_t>(handle)); }
  std::uint64_t add(Line& line) { return provider->lines_.add(line); }
  void remove(Line& line) { provider->lines_.remove(line.handle); }

  HostLoop loop;
  HostLog log;
  Completer completer;
  DWORD device_base = 0;
  DWORD phone_base = 0;
  bool initialised = false;
  HandleTable<Phone> phones;
  std::unique_ptr<Provider> provider; // ends before the loop it lives on
};

Exports* exports();

std::string narrow(LPCWSTR text);
// Whether a device class is `wanted` (lower case), in letters of any case.
bool is_class(LPCWSTR device_class, std::string_view wanted);
// Answers lineGetID and phoneGetID with a device id.
void write_id(StructWriter<VARSTRING>& out, DWORD id);
CallOptions call_options(const LINECALLPARAMS* parameters);

// Runs a synchronous function: body(exports) gives the result.
template <class Body> LONG guarded(Body&& body) noexcept {
  Exports* const self = exports();
  if (self == nullptr || !self->initialised) return LINEERR_UNINITIALIZED;
  try {
    return body(*self);
  } catch (const std::bad_alloc&) {
    return LINEERR_NOMEM;
  } catch (...) {
    return LINEERR_OPERATIONFAILED;
  }
}

template <class Body> LONG on_line(HDRVLINE handle, Body&& body) noexcept {
  return guarded([&](Exports& self) -> LONG {
    Line* const line = self.line(handle);
    return line == nullptr ? LINEERR_INVALLINEHANDLE : body(self, *line);
  });
}

template <class Body> LONG on_call(HDRVCALL handle, Body&& body) noexcept {
  return guarded([&](Exports& self) -> LONG {
    Call* const call = self.call(handle);
    return call == nullptr ? LINEERR_INVALCALLHANDLE : body(self, *call);
  });
}

template <class Body> LONG on_device(DWORD device_id, Body&& body) noexcept {
  return guarded([&](Exports& self) -> LONG {
    const DWORD device = device_id - self.device_base;
    return device >= self.provider->num_lines() ? LINEERR_BADDEVICEID : body(self, device);
  });
}

// Runs an asynchronous function: body(request) completes it now, keeps it, or fails it.
template <class Body> LONG requested(Exports& self, DRV_REQUESTID id, Body&& body) {
  self.completer.begin(id);
  try {
    body(Request(self.completer, id));
  } catch (...) {
    self.completer.end();
    throw;
  }
  return self.completer.end();
}

template <class Body> LONG request_on_line(DRV_REQUESTID id, HDRVLINE handle, Body&& body) noexcept {
  return on_line(handle, [&](Exports& self, Line& line) {
    return requested(self, id, [&](Request request) { body(*self.provider, std::move(request), line); });
  });
}

template <class Body> LONG request_on_call(DRV_REQUESTID id, HDRVCALL handle, Body&& body) noexcept {
  return on_call(handle, [&](Exports& self, Call& call) {
    return requested(self, id, [&](Request request) { body(*self.provider, std::move(request), call); });
  });
}

// Fills a structure at a version; 0 or LINEERR_STRUCTURETOOSMALL, or what body gives.
template <class T, class Body> LONG filled(T* out, DWORD version, Body&& body) {
  StructWriter<T> writer(out, version);
  if (!writer.ok()) return LINEERR_STRUCTURETOOSMALL;
  return body(writer);
}

} // namespace tl::tsp
