// SPDX-License-Identifier: Apache-2.0
// Everything the wire can parse, applied to one stream: shared by the mutation test and the fuzz target.
#pragma once

#include <algorithm>
#include <utility>

#include "wire/frame.hpp"

namespace tl::wire {

template <std::size_t I> void parse_as(std::size_t number, Bytes frame) {
  constexpr Fn fn = static_cast<Fn>(I);
  if (number != I) return;
  if constexpr (function(fn).mode != Mode::local) (void)decode_arguments<fn>(payload(frame));
  (void)decode_answers<fn>(payload(frame));
}

inline void parse_frame(Bytes frame) {
  (void)read_hello(frame);
  (void)read_welcome(frame);
  (void)read_attach(frame);
  (void)read_goodbye(frame);
  if (const auto event = read_event(frame)) TL_CHECK(event->extra.size() <= frame.size());
  const auto header = read_header(frame);
  if (!header || !to_function(header->number)) return;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (parse_as<I>(header->number, frame), ...);
  }
  (std::make_index_sequence<functions.size()>{});
}

inline void parse_all(Bytes stream) {
  Splitter splitter;
  while (!stream.empty() && !splitter.broken()) {
    const auto space = splitter.space();
    const std::size_t some = std::min(space.size(), stream.size());
    std::copy_n(stream.begin(), some, space.begin());
    splitter.commit(some);
    stream = stream.subspan(some);
    while (const auto frame = splitter.next()) {
      // A copy of its own, so that a sanitizer sees a step over the frame's end.
      const Buffer copy(frame->begin(), frame->end());
      parse_frame(copy);
    }
  }
}

} // namespace tl::wire
