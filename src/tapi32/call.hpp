// SPDX-License-Identifier: Apache-2.0
// How a C function becomes a request: call<Fn::lineDrop>(hCall, bytes_in(info, size)), one argument per kind
// of the function's row; anything that does not fit the row does not compile.
#pragma once

#include <array>
#include <span>
#include <utility>

#include "tapi32/answers.hpp"
#include "tapi32/item.hpp"

namespace tl::tapi32 {

// Performs it on the process's session: UNINITIALIZED when there is none.
LONG perform(wire::Fn fn, std::span<const Item> items, const Target* gather = nullptr);
// The same for functions that need no initialised app: they connect by themselves.
LONG perform_standalone(wire::Fn fn, std::span<const Item> items);

template <wire::Fn F, Form form = Form::wide, class... A> auto items(A... arguments) {
  static_assert(wire::function(F).mode != wire::Mode::local, "this function is not in the server's table");
  static_assert(sizeof...(A) == wire::function(F).count, "one argument per item of the function's row");
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<Item, sizeof...(A)>{detail::item<wire::function(F).kinds[I]>(arguments, form)...};
  }
  (std::index_sequence_for<A...>{});
}

template <wire::Fn F, Form form = Form::wide, class... A> LONG call(A... arguments) {
  return perform(F, items<F, form>(arguments...));
}
template <wire::Fn F, Form form = Form::wide, class... A> LONG call_standalone(A... arguments) {
  return perform_standalone(F, items<F, form>(arguments...));
}

} // namespace tl::tapi32
