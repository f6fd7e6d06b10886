// SPDX-License-Identifier: Apache-2.0
// Agent functions are not the provider's: they travel to the application that registered as handler of their
// request type on the line (lineOpen with LINEOPENOPTION_PROXY), as a LINEPROXYREQUEST block, and come back
// with lineProxyResponse [acd-proxy, line-proxyrequest].
#pragma once

#include "tapi.h"

#include <cstddef>
#include <string_view>

#include "server/functions.hpp"

namespace tl::server {

// The block while it is written. Inner structures count their offsets from themselves; the texts of
// CREATEAGENT and CREATEAGENTSESSION count from the block.
class ProxyBlock {
public:
  // `answer_at` and `answer_bytes`: the union member's answer structure, with its dwTotalSize set to its size
  // when it has one.
  ProxyBlock(DWORD type, std::size_t answer_at, std::size_t answer_bytes, bool has_total);

  LINEPROXYREQUEST& head() { return *reinterpret_cast<LINEPROXYREQUEST*>(memory_.data()); }
  std::byte* at(std::size_t offset) { return memory_.data() + offset; }
  // Appends a text with its final zero; nothing for NULL.
  void add_text(const Text& text, DWORD& size, DWORD& offset);
  // Ends the block with the request's id, which lineProxyResponse brings back behind what the handler sees.
  wire::Bytes finish(DWORD request_id);

private:
  wire::Buffer memory_;
};

// The id at the end of a block that came back; 0 when it is none of ours.
DWORD proxy_request_id(wire::Bytes block);

} // namespace tl::server
