// SPDX-License-Identifier: Apache-2.0
#include "tapi32/call.hpp"

#include "tapi32/codes.hpp"
#include "tapi32/library.hpp"

namespace tl::tapi32 {

LONG perform(wire::Fn fn, std::span<const Item> items, const Target* gather) {
  const auto session = Library::instance().session();
  if (!session) return codes(fn).uninitialized;
  return session->perform(fn, items, gather);
}

LONG perform_standalone(wire::Fn fn, std::span<const Item> items) {
  LONG Codes::*code = &Codes::failed;
  const auto session = Library::instance().connect(code);
  if (!session) return codes(fn).*code;
  const LONG result = session->perform(fn, items);
  Library::instance().app_gone(session);
  return result;
}

} // namespace tl::tapi32
