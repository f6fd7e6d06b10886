// SPDX-License-Identifier: Apache-2.0
// The switch as a telephony service provider.
#pragma once

#include <map>
#include <memory>

#include "pbx/phone.hpp"
#include "pbx/switch.hpp"
#include "tsp/provider.hpp"

namespace tl::pbx {

inline Connection& as_connection(tsp::Call& call) {
  return static_cast<Connection&>(call);
}
// Numbers as people and directories write them: separators and the dial-mode letter mean nothing here.
LONG dialable(const std::string& text, std::string& number);

class PbxProvider final : public tsp::Provider, private CallHandles {
public:
  // Drivers by the name that stations and trunks give in "driver".
  explicit PbxProvider(std::map<std::string, DriverFactory> drivers) : drivers_(std::move(drivers)) {}
  ~PbxProvider() override;

  Result<void> attach(Loop& loop, Log& log, std::string_view config_json) override;
  DWORD num_lines() const override { return static_cast<DWORD>(switch_->device_count()); }
  tsp::PhoneProvider* phones() override { return phones_.get(); }
  void shutdown() override;

  void get_dev_caps(DWORD device, tsp::StructWriter<LINEDEVCAPS>& out) override;
  LONG get_address_caps(DWORD device, DWORD address, tsp::StructWriter<LINEADDRESSCAPS>& out) override;
  // settings.cpp
  std::optional<tsp::Settings> line_settings(DWORD device) override;
  std::optional<tsp::Settings> phone_settings(DWORD phone) override;
  std::optional<tsp::Settings> provider_settings() override;
  LONG open(const tsp::LineOpening& opening, tsp::Line*& line) override;
  void close(tsp::Line& line) override;
  LONG set_status_messages(tsp::Line& line, DWORD line_states, DWORD address_states) override;
  LONG set_default_media_detection(tsp::Line& line, DWORD media_modes) override;
  void get_line_status(tsp::Line& line, tsp::StructWriter<LINEDEVSTATUS>& out) override;
  LONG get_address_status(tsp::Line& line, DWORD address, tsp::StructWriter<LINEADDRESSSTATUS>& out) override;
  LONG get_address_id(tsp::Line& line, const std::string& address, DWORD& id) override;
  void dev_specific(tsp::Request request, tsp::Line& line, tsp::Call* call,
                    std::span<const std::byte> parameters) override;

  void get_call_info(tsp::Call& call, tsp::StructWriter<LINECALLINFO>& out) override;
  void get_call_status(tsp::Call& call, tsp::StructWriter<LINECALLSTATUS>& out) override;
  DWORD call_id(tsp::Call& call) const override;
  DWORD related_call_id(tsp::Call& call) const override;
  void close_call(tsp::Call& call) override;

  void make_call(tsp::Request request, tsp::Line& line, HTAPICALL server, const std::string& destination,
                 const tsp::CallOptions& options, HDRVCALL& call) override;
  void accept(tsp::Request request, tsp::Call& call) override;
  void answer(tsp::Request request, tsp::Call& call) override;
  void dial(tsp::Request request, tsp::Call& call, const std::string& destination) override;
  void drop(tsp::Request request, tsp::Call& call) override;
  void hold(tsp::Request request, tsp::Call& call) override;
  void unhold(tsp::Request request, tsp::Call& call) override;
  void swap_hold(tsp::Request request, tsp::Call& active, tsp::Call& held) override;
  void redirect(tsp::Request request, tsp::Call& call, const std::string& destination) override;
  void blind_transfer(tsp::Request request, tsp::Call& call, const std::string& destination) override;
  void set_call_treatment(tsp::Request request, tsp::Call& call, DWORD treatment) override;
  void set_call_data(tsp::Request request, tsp::Call& call, std::span<const std::byte> data) override;
  // provider_conference.cpp
  void setup_transfer(tsp::Request request, tsp::Call& call, HTAPICALL server,
                      const tsp::CallOptions& options, HDRVCALL& consult) override;
  void complete_transfer(tsp::Request request, tsp::Call& call, tsp::Call& consult, DWORD mode,
                         HTAPICALL server, HDRVCALL& conference) override;
  void setup_conference(tsp::Request request, tsp::Line& line, tsp::Call* first, DWORD parties,
                        const tsp::CallOptions& options, HTAPICALL conference_server, HDRVCALL& conference,
                        HTAPICALL consult_server, HDRVCALL& consult) override;
  void prepare_add_to_conference(tsp::Request request, tsp::Call& conference, HTAPICALL server,
                                 const tsp::CallOptions& options, HDRVCALL& consult) override;
  void add_to_conference(tsp::Request request, tsp::Call& conference, tsp::Call& added) override;
  void remove_from_conference(tsp::Request request, tsp::Call& member) override;
  // provider_features.cpp
  void park(tsp::Request request, tsp::Call& call, DWORD mode, const std::string& address,
            LPVARSTRING chosen) override;
  void unpark(tsp::Request request, tsp::Line& line, HTAPICALL server, const std::string& address,
              HDRVCALL& call) override;
  void pickup(tsp::Request request, tsp::Line& line, HTAPICALL server, const std::string* address,
              const std::string* group, HDRVCALL& call) override;
  void forward(tsp::Request request, tsp::Line& line, std::vector<tsp::ForwardEntry> entries,
               DWORD rings) override;
  void set_line_status(tsp::Request request, tsp::Line& line, DWORD flags, bool on) override;
  void complete_call(tsp::Request request, tsp::Call& call, DWORD& completion_id, DWORD mode,
                     DWORD message) override;
  void uncomplete_call(tsp::Request request, tsp::Line& line, DWORD completion_id) override;
  void send_user_info(tsp::Request request, tsp::Call& call, std::span<const std::byte> info) override;
  void release_user_info(tsp::Request request, tsp::Call& call) override;
  void set_call_params(tsp::Request request, tsp::Call& call, DWORD bearer_mode, DWORD rate_min,
                       DWORD rate_max) override;
  LONG set_app_specific(tsp::Call& call, DWORD value) override;
  LONG set_media_mode(tsp::Call& call, DWORD mode) override;
  LONG monitor_digits(tsp::Call& call, DWORD modes) override;
  LONG gather_digits(tsp::Call& call, const tsp::Gather& gather) override;
  LONG generate_digits(tsp::Call& call, DWORD end_to_end_id, DWORD mode, const std::string& digits,
                       DWORD duration_ms) override;

  LONG generate_tone(tsp::Call& call, DWORD end_to_end_id, DWORD mode, DWORD duration_ms,
                     std::span<const LINEGENERATETONE> custom) override;
  LONG monitor_tones(tsp::Call& call, DWORD list, std::span<const LINEMONITORTONE> tones) override;
  LONG monitor_media(tsp::Call& call, DWORD modes) override;

  Switch& model() { return *switch_; } // for tests

private:
  bool announce(Connection& connection, tsp::Line& line) override {
    return Provider::announce(connection, line);
  }
  void forget(Connection& connection) override { Provider::forget(connection); }
  Connection* find(std::uint64_t handle) override { return static_cast<Connection*>(find_call(handle)); }
  Device& device_of(const tsp::Line& line) { return switch_->device(line.device); }

  std::map<std::string, DriverFactory> drivers_;
  std::vector<std::unique_ptr<tsp::Line>> lines_; // by device, while open; calls refer to them
  std::unique_ptr<Switch> switch_;
  std::unique_ptr<PbxPhones> phones_; // of its stations
};

} // namespace tl::pbx
