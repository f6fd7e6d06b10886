// SPDX-License-Identifier: Apache-2.0
#include "pbx/provider.hpp"

#include <algorithm>

#include "pbx/caps.hpp"

namespace tl::pbx {
namespace {

constexpr Duration digit_default = 100ms; // lineGenerateDigits with duration 0
constexpr std::size_t command_bytes_max = 4096;

// A ';' at the end: the rest of the number follows by lineDial.
bool take_partial(std::string& number) {
  if (!number.ends_with(';')) return false;
  number.pop_back();
  return true;
}

} // namespace

LONG dialable(const std::string& text, std::string& number) {
  if (text.size() > number_bytes_max) return LINEERR_INVALADDRESS;
  number.clear();
  if (text.find('@') != std::string::npos && !text.starts_with("sip:")) return LINEERR_DIALQUIET;
  std::string_view rest = text;
  // A translated address begins with "T" or "P" (tone, pulse), which name no number.
  if (rest.size() > 1 && (rest[0] == 'T' || rest[0] == 'P') &&
      std::string_view("0123456789+*#(").find(rest[1]) != std::string_view::npos)
    rest.remove_prefix(1);
  for (const char c : rest) {
    switch (c) {
    case ' ':
    case '(':
    case ')': break;
    case '$': return LINEERR_DIALBILLING;
    case 'W': return LINEERR_DIALDIALTONE;
    case '?': return LINEERR_DIALPROMPT;
    default: number += c;
    }
  }
  return 0;
}

PbxProvider::~PbxProvider() = default;

Result<void> PbxProvider::attach(Loop& loop, Log& log, std::string_view config_json) {
  const Result<Config> config = read_config(config_json);
  if (!config) return config.error();
  CallHandles& handles = *this;
  switch_ = std::make_unique<Switch>(loop, log, handles);
  if (const Result<void> started = switch_->start(*config, drivers_, config_json); !started)
    return started.error();
  phones_ = std::make_unique<PbxPhones>(loop, *switch_);
  return {};
}

void PbxProvider::shutdown() {
  phones_.reset();
  switch_.reset();
}

// ---- Devices.

void PbxProvider::get_dev_caps(DWORD device, tsp::StructWriter<LINEDEVCAPS>& out) {
  fill_dev_caps(switch_->device(device), out);
}

LONG PbxProvider::get_address_caps(DWORD device, DWORD address, tsp::StructWriter<LINEADDRESSCAPS>& out) {
  if (address != 0) return LINEERR_INVALADDRESSID;
  fill_address_caps(*switch_, switch_->device(device), out);
  return 0;
}

LONG PbxProvider::open(const tsp::LineOpening& opening, tsp::Line*& line) {
  Device& device = switch_->device(opening.device);
  if (device.line != nullptr) return LINEERR_ALLOCATED;
  lines_.resize(switch_->device_count());
  lines_[opening.device] = std::make_unique<tsp::Line>();
  line = lines_[opening.device].get();
  switch_->line_opened(device, *line);
  return 0;
}

void PbxProvider::close(tsp::Line& line) {
  switch_->line_closed(device_of(line));
  lines_[line.device].reset();
}

LONG PbxProvider::set_status_messages(tsp::Line& line, DWORD line_states, DWORD address_states) {
  Device& device = device_of(line);
  device.line_states = line_states;
  device.address_states = address_states;
  return 0;
}

LONG PbxProvider::set_default_media_detection(tsp::Line&, DWORD media_modes) {
  constexpr DWORD known =
      LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_UNKNOWN | LINEMEDIAMODE_AUTOMATEDVOICE;
  return (media_modes & ~known) != 0 ? LINEERR_INVALMEDIAMODE : 0;
}

void PbxProvider::get_line_status(tsp::Line& line, tsp::StructWriter<LINEDEVSTATUS>& out) {
  fill_line_status(*switch_, device_of(line), out);
}

LONG PbxProvider::get_address_status(tsp::Line& line, DWORD address,
                                     tsp::StructWriter<LINEADDRESSSTATUS>& out) {
  if (address != 0) return LINEERR_INVALADDRESSID;
  fill_address_status(*switch_, device_of(line), out);
  return 0;
}

LONG PbxProvider::get_address_id(tsp::Line& line, const std::string& address, DWORD& id) {
  if (address != device_of(line).number) return LINEERR_INVALADDRESS;
  id = 0;
  return 0;
}

void PbxProvider::dev_specific(tsp::Request request, tsp::Line& line, tsp::Call*,
                               std::span<const std::byte> parameters) {
  if (parameters.size() > command_bytes_max) return request.fail(LINEERR_INVALPARAM);
  std::string_view text(reinterpret_cast<const char*>(parameters.data()), parameters.size());
  while (text.ends_with('\0')) text.remove_suffix(1);
  request.complete(switch_->command(device_of(line), text));
}

// ---- Calls.

void PbxProvider::get_call_info(tsp::Call& call, tsp::StructWriter<LINECALLINFO>& out) {
  fill_call_info(*switch_, as_connection(call), out);
}

void PbxProvider::get_call_status(tsp::Call& call, tsp::StructWriter<LINECALLSTATUS>& out) {
  fill_call_status(*switch_, as_connection(call), out);
}

DWORD PbxProvider::call_id(tsp::Call& call) const {
  return as_connection(call).call->id;
}
DWORD PbxProvider::related_call_id(tsp::Call& call) const {
  return as_connection(call).related_id;
}
void PbxProvider::close_call(tsp::Call& call) {
  switch_->closed(as_connection(call));
}

void PbxProvider::make_call(tsp::Request request, tsp::Line& line, HTAPICALL server,
                            const std::string& destination, const tsp::CallOptions& options, HDRVCALL& call) {
  std::string number;
  if (const LONG error = dialable(destination, number)) return request.fail(error);
  Connection* connection = nullptr;
  const bool partial = take_partial(number);
  if (const LONG error = switch_->originate(device_of(line), number, partial, options, connection))
    return request.fail(error);
  call = adopt(*connection, line, server);
  request.complete();
  switch_->report_state(*connection);
}

void PbxProvider::accept(tsp::Request request, tsp::Call& call) {
  if (const LONG error = switch_->accept(request, as_connection(call))) request.fail(error);
}

void PbxProvider::answer(tsp::Request request, tsp::Call& call) {
  switch_->answer(std::move(request), as_connection(call));
}

void PbxProvider::dial(tsp::Request request, tsp::Call& call, const std::string& destination) {
  std::string number;
  LONG error = dialable(destination, number);
  const bool partial = take_partial(number);
  if (error == 0) error = switch_->dial(request, as_connection(call), number, partial);
  if (error != 0) request.fail(error);
}

void PbxProvider::drop(tsp::Request request, tsp::Call& call) {
  if (const LONG error = switch_->drop(request, as_connection(call))) request.fail(error);
}

void PbxProvider::hold(tsp::Request request, tsp::Call& call) {
  if (const LONG error = switch_->hold(&request, as_connection(call))) request.fail(error);
}

void PbxProvider::unhold(tsp::Request request, tsp::Call& call) {
  if (const LONG error = switch_->unhold(&request, as_connection(call))) request.fail(error);
}

void PbxProvider::swap_hold(tsp::Request request, tsp::Call& active, tsp::Call& held) {
  if (const LONG error = switch_->swap_hold(request, as_connection(active), as_connection(held)))
    request.fail(error);
}

void PbxProvider::redirect(tsp::Request request, tsp::Call& call, const std::string& destination) {
  std::string number;
  LONG error = dialable(destination, number);
  if (error == 0) error = switch_->redirect(request, as_connection(call), number);
  if (error != 0) request.fail(error);
}

void PbxProvider::blind_transfer(tsp::Request request, tsp::Call& call, const std::string& destination) {
  std::string number;
  LONG error = dialable(destination, number);
  if (error == 0) error = switch_->blind_transfer(&request, as_connection(call), number);
  if (error != 0) request.fail(error);
}

void PbxProvider::set_call_treatment(tsp::Request request, tsp::Call& call, DWORD treatment) {
  if (const LONG error = switch_->set_treatment(request, as_connection(call), treatment)) request.fail(error);
}

void PbxProvider::set_call_data(tsp::Request request, tsp::Call& call, std::span<const std::byte> data) {
  if (const LONG error = switch_->set_data(request, as_connection(call), data)) request.fail(error);
}

LONG PbxProvider::set_app_specific(tsp::Call& call, DWORD value) {
  return switch_->set_app_specific(as_connection(call), value);
}

LONG PbxProvider::set_media_mode(tsp::Call&, DWORD mode) {
  return mode == LINEMEDIAMODE_INTERACTIVEVOICE ? 0 : LINEERR_INVALMEDIAMODE;
}

LONG PbxProvider::monitor_digits(tsp::Call& call, DWORD modes) {
  return switch_->monitor_digits(as_connection(call), modes);
}

LONG PbxProvider::gather_digits(tsp::Call& call, const tsp::Gather& gather) {
  return switch_->gather_digits(as_connection(call), gather);
}

LONG PbxProvider::generate_digits(tsp::Call& call, DWORD end_to_end_id, DWORD mode, const std::string& digits,
                                  DWORD duration_ms) {
  if (mode != LINEDIGITMODE_DTMF) return LINEERR_INVALDIGITMODE;
  const Duration each = duration_ms == 0 ? digit_default : Duration(std::chrono::milliseconds(duration_ms));
  return switch_->generate_digits(as_connection(call), end_to_end_id, digits, each);
}

LONG PbxProvider::generate_tone(tsp::Call& call, DWORD end_to_end_id, DWORD mode, DWORD duration_ms,
                                std::span<const LINEGENERATETONE> custom) {
  std::vector<TonePart> tone;
  if (mode != 0)
    if (const LONG error = read_tone(mode, custom, tone)) return error;
  Duration length = std::chrono::milliseconds(duration_ms);
  // Without end, but the billing tone once [nf-tspi-tspi_linegeneratetone].
  if (mode == LINETONEMODE_BILLING && duration_ms == 0) length = tone.front().on;
  return switch_->generate_tone(as_connection(call), end_to_end_id, tone, length);
}

LONG PbxProvider::monitor_tones(tsp::Call& call, DWORD list, std::span<const LINEMONITORTONE> tones) {
  std::vector<MonitoredTone> wanted;
  for (const LINEMONITORTONE& one : tones)
    wanted.push_back({list,
                      one.dwAppSpecific,
                      0,
                      {{static_cast<double>(one.dwFrequency1), static_cast<double>(one.dwFrequency2),
                        static_cast<double>(one.dwFrequency3)},
                       std::chrono::milliseconds(one.dwDuration)}});
  return switch_->monitor_tones(as_connection(call), list, std::move(wanted));
}

LONG PbxProvider::monitor_media(tsp::Call& call, DWORD modes) {
  return switch_->monitor_media(as_connection(call), modes);
}

} // namespace tl::pbx
