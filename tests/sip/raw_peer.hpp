// SPDX-License-Identifier: Apache-2.0
// A peer written out by hand: it keeps what it gets and sends whatever text a test gives it.
#pragma once

#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "sim_network.hpp"
#include "sip/chars.hpp"
#include "sip/message.hpp"

namespace tl::sip {

class RawPeer final : public TransportSink {
public:
  RawPeer(SimNetwork& network, const std::string& at, const std::string& other)
      : address(at), transport_(network.attach(at)), other_{*Address::parse(other), 0, Protocol::udp} {
    transport_->set_sink(this);
  }

  void received(Transport&, const Peer&, std::span<char> message, Duration) override {
    inbox.emplace_back(message.data(), message.size());
  }
  void connection_lost(Transport&, std::uint32_t) override {}
  void send(const std::string& text) { transport_->send(other_, text); }

  // A request as any user agent would write it; `extra` holds further header lines.
  std::string request(const std::string& method, const std::string& branch, std::uint32_t cseq,
                      const std::string& to_tag = {}, const std::string& extra = {},
                      const std::string& body = {}) const {
    std::string out;
    put(out, method, " ", uri, " SIP/2.0\r\nVia: SIP/2.0/UDP ", address, ";branch=", branch,
        "\r\nMax-Forwards: 70\r\nFrom: <sip:raw@", address, ">;tag=", from_tag, "\r\nTo: <sip:x@y>",
        to_tag.empty() ? "" : ";tag=", to_tag, "\r\nCall-ID: ", call_id, "\r\nCSeq: ", cseq, " ", method,
        "\r\nContact: <sip:raw@", address, ">\r\n", extra);
    if (!body.empty()) put(out, "Content-Type: application/sdp\r\n");
    put(out, "Content-Length: ", body.size(), "\r\n\r\n", body);
    return out;
  }
  // A response to a request we got.
  std::string response(const std::string& to, int status, const std::string& tag,
                       const std::string& extra = {}, const std::string& body = {}) const {
    std::string copy = to;
    Message m;
    EXPECT_EQ(m.parse(copy), ParseOutcome::ok);
    std::string out;
    put(out, "SIP/2.0 ", status, " Text\r\nVia: ", m.value(HeaderId::via),
        "\r\nFrom: ", m.value(HeaderId::from), "\r\nTo: ", m.value(HeaderId::to));
    if (m.to_tag().empty()) put(out, ";tag=", tag);
    put(out, "\r\nCall-ID: ", m.call_id(), "\r\nCSeq: ", m.value(HeaderId::cseq), "\r\n", extra);
    if (!body.empty()) put(out, "Content-Type: application/sdp\r\n");
    put(out, "Content-Length: ", body.size(), "\r\n\r\n", body);
    return out;
  }

  // The first message in the inbox that starts so; empty if none.
  std::string find(const std::string& start, std::size_t skip = 0) const {
    for (const std::string& one : inbox) {
      if (one.starts_with(start) && skip-- == 0) return one;
    }
    return {};
  }
  std::size_t count(const std::string& start) const {
    return static_cast<std::size_t>(std::count_if(
        inbox.begin(), inbox.end(), [&](const std::string& one) { return one.starts_with(start); }));
  }
  // A header's value in a message.
  static std::string header(const std::string& text, HeaderId id) {
    std::string copy = text;
    Message m;
    m.parse(copy);
    return std::string(m.value(id));
  }
  static std::string to_tag(const std::string& text) {
    std::string copy = text;
    Message m;
    m.parse(copy);
    return std::string(m.to_tag());
  }

  std::string address, uri = "sip:x@10.0.0.1:5070", from_tag = "rawtag", call_id = "raw-call";
  std::vector<std::string> inbox;

private:
  std::unique_ptr<SimTransport> transport_;
  Peer other_;
};

} // namespace tl::sip
