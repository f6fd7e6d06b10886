// SPDX-License-Identifier: Apache-2.0
// The errors the library itself gives, by family of functions.
#pragma once

#include "tapi.h"
#include "wire/functions.hpp"

namespace tl::tapi32 {

struct Codes {
  LONG uninitialized;
  LONG invalid_app_handle;
  LONG invalid_pointer;
  LONG invalid_param;
  LONG failed;
  LONG unavailable;
  LONG too_small;
  LONG overrun;
  LONG reinit;
  LONG version;
  LONG app_name;
};

inline constexpr Codes line_codes{LINEERR_UNINITIALIZED,
                                  LINEERR_INVALAPPHANDLE,
                                  LINEERR_INVALPOINTER,
                                  LINEERR_INVALPARAM,
                                  LINEERR_OPERATIONFAILED,
                                  LINEERR_OPERATIONUNAVAIL,
                                  LINEERR_STRUCTURETOOSMALL,
                                  LINEERR_REQUESTOVERRUN,
                                  LINEERR_REINIT,
                                  LINEERR_INCOMPATIBLEAPIVERSION,
                                  LINEERR_INVALAPPNAME};
inline constexpr Codes phone_codes{PHONEERR_UNINITIALIZED,
                                   PHONEERR_INVALAPPHANDLE,
                                   PHONEERR_INVALPOINTER,
                                   PHONEERR_INVALPARAM,
                                   PHONEERR_OPERATIONFAILED,
                                   PHONEERR_OPERATIONUNAVAIL,
                                   PHONEERR_STRUCTURETOOSMALL,
                                   PHONEERR_REQUESTOVERRUN,
                                   PHONEERR_REINIT,
                                   PHONEERR_INCOMPATIBLEAPIVERSION,
                                   PHONEERR_INVALAPPNAME};
inline constexpr Codes tapi_codes{TAPIERR_REQUESTFAILED, TAPIERR_REQUESTFAILED, TAPIERR_INVALPOINTER,
                                  TAPIERR_REQUESTFAILED, TAPIERR_REQUESTFAILED, TAPIERR_REQUESTFAILED,
                                  TAPIERR_REQUESTFAILED, TAPIERR_REQUESTFAILED, TAPIERR_REQUESTFAILED,
                                  TAPIERR_REQUESTFAILED, TAPIERR_REQUESTFAILED};

constexpr const Codes& codes(wire::Family family) {
  switch (family) {
  case wire::Family::phone: return phone_codes;
  case wire::Family::tapi: return tapi_codes;
  case wire::Family::line: break;
  }
  return line_codes;
}
constexpr const Codes& codes(wire::Fn fn) {
  return codes(wire::family(fn));
}

} // namespace tl::tapi32
