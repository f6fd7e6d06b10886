// SPDX-License-Identifier: Apache-2.0
#include "pbx/sip/cause.hpp"

namespace tl::pbx::sip_driver {

int to_status(Cause cause) {
  switch (cause) {
  case Cause::busy: return 486;
  case Cause::rejected: return 603;
  case Cause::bad_address: return 404;
  case Cause::congestion: return 503;
  case Cause::cancelled: return 487;
  case Cause::failed: return 500;
  case Cause::normal:
  case Cause::no_answer:
  case Cause::unreachable: return 480;
  }
  return 500;
}

Cause to_cause(int status) {
  switch (status) {
  case 200: return Cause::normal;
  case 486:
  case 600: return Cause::busy;
  case 408: // nobody answered the request at all
  case 480:
  case 502:
  case 504: return Cause::unreachable;
  case 487: return Cause::cancelled;
  case 401:
  case 403:
  case 407:
  case 603:
  case 606: return Cause::rejected;
  case 404:
  case 410:
  case 414:
  case 416:
  case 484:
  case 485:
  case 604: return Cause::bad_address;
  case 503: return Cause::congestion;
  default: return Cause::failed;
  }
}

} // namespace tl::pbx::sip_driver
