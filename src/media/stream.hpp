// SPDX-License-Identifier: Apache-2.0
// The control side of one stream.
#pragma once

#include "media/engine.hpp"

namespace tl::media {

class StreamImpl final : public Stream {
public:
  StreamImpl(EngineImpl& engine, Leg& leg, StreamEvents* events);
  ~StreamImpl() override;

  std::uint16_t local_port() const override { return leg_.slot.port; }
  Result<void> set_remote(const Remote& remote) override;
  void connect(Stream& other) override;
  Result<void> confer(std::uint32_t room) override;
  Result<void> treat(const Treatment& treatment) override;
  void detach() override;
  Result<void> send_digits(std::string_view digits, Duration each, Duration gap) override;

  Result<void> send_tone(const std::vector<TonePart>& tone, Duration length) override;
  Result<void> listen_for(const std::vector<ToneWatch>& tones) override;

  void happened(const Event& event, Time at);

private:
  void part(); // from the peer, which then hears nothing, or the room
  void hear(Hears hears);
  void send(DigitOrder order);

  EngineImpl& engine_;
  Leg& leg_;
  StreamEvents* events_;
  StreamImpl* peer_ = nullptr;
  std::uint32_t room_ = 0;   // 0: none
  std::uint32_t serial_ = 0; // of the last Hears: tells a late "finished" from a present one
};

} // namespace tl::media
