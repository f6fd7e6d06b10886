// SPDX-License-Identifier: Apache-2.0
// What a call carries: treatment, data, user-user information, bearer, digits, tones, media.
#include <algorithm>

#include "telephony/call_start.hpp"

namespace tl::telephony {

namespace {

// The functions' parameters are not const, but they only read [nf-tapi-linesetcalldata].
void* bytes_of(std::string_view bytes) {
  return bytes.empty() ? nullptr : const_cast<char*>(bytes.data());
}

DWORD ms(std::chrono::milliseconds time) {
  return static_cast<DWORD>(std::clamp<std::int64_t>(time.count(), 0, 0xFFFFFFFF));
}

} // namespace

LONG Call::set_treatment(DWORD treatment, Completion done) {
  return start(std::move(done), [&] { return lineSetCallTreatment(handle_, treatment); });
}

LONG Call::set_data(std::string_view data, Completion done) {
  return start(std::move(done),
               [&] { return lineSetCallData(handle_, bytes_of(data), static_cast<DWORD>(data.size())); });
}

LONG Call::set_app_specific(DWORD value) {
  return gone_ ? LINEERR_INVALCALLHANDLE : lineSetAppSpecific(handle_, value);
}

LONG Call::set_media_modes(DWORD media_modes) {
  return gone_ ? LINEERR_INVALCALLHANDLE : lineSetMediaMode(handle_, media_modes);
}

LONG Call::set_bearer(DWORD bearer_mode, DWORD rate_min, DWORD rate_max, Completion done) {
  return start(std::move(done),
               [&] { return lineSetCallParams(handle_, bearer_mode, rate_min, rate_max, nullptr); });
}

LONG Call::set_quality_of_service(std::string_view sending, std::string_view receiving, Completion done) {
  return start(std::move(done), [&] {
    return lineSetCallQualityOfService(handle_, bytes_of(sending), static_cast<DWORD>(sending.size()),
                                       bytes_of(receiving), static_cast<DWORD>(receiving.size()));
  });
}

LONG Call::send_user_info(std::string_view bytes, Completion done) {
  return start(std::move(done),
               [&] { return lineSendUserUserInfo(handle_, bytes.data(), static_cast<DWORD>(bytes.size())); });
}

LONG Call::release_user_info(Completion done) {
  return start(std::move(done), [&] { return lineReleaseUserUserInfo(handle_); });
}

LONG Call::generate_digits(std::string_view digits, DWORD each_ms) {
  if (gone_) return LINEERR_INVALCALLHANDLE;
  return lineGenerateDigitsW(handle_, LINEDIGITMODE_DTMF, to_utf16(digits).c_str(), each_ms);
}

LONG Call::generate_digits(std::string_view digits, std::chrono::milliseconds each,
                           std::function<void(LONG, GenerateEnd)> done) {
  if (const LONG result = generate_digits(digits, ms(each)); result != 0) return result;
  return wait_generated(std::move(done));
}

LONG Call::generate_tone(ToneMode mode, std::chrono::milliseconds duration, std::span<const CustomTone> tones,
                         std::function<void(LONG, GenerateEnd)> done) {
  if (gone_) return LINEERR_INVALCALLHANDLE;
  std::vector<LINEGENERATETONE> list;
  for (const CustomTone& tone : tones)
    list.push_back({tone.frequency_hz, ms(tone.cadence_on), ms(tone.cadence_off), tone.volume});
  const LONG result = lineGenerateTone(handle_, code(mode), ms(duration), static_cast<DWORD>(list.size()),
                                       list.empty() ? nullptr : list.data());
  return result != 0 ? result : wait_generated(std::move(done));
}

// Until the next LINE_GENERATE: each request for digits or a tone ends with one, in order.
LONG Call::wait_generated(std::function<void(LONG, GenerateEnd)> done) {
  if (!done) return 0;
  const auto end = std::make_shared<GenerateEnd>();
  return address_.telephony_.state_->waits.add(
      this, no_timeout,
      [end](const Signal& signal) {
        if (signal.kind != Signal::Kind::generated) return false;
        *end = GenerateEnd{signal.param1};
        return true;
      },
      [end, done = std::move(done)](LONG result) { done(result, *end); });
}

LONG Call::monitor_digits(bool on) {
  return gone_ ? LINEERR_INVALCALLHANDLE : lineMonitorDigits(handle_, on ? LINEDIGITMODE_DTMF : 0);
}

LONG Call::next_digit(std::chrono::milliseconds timeout, std::function<void(LONG, char)> done) {
  if (gone_) return LINEERR_INVALCALLHANDLE;
  const auto digit = std::make_shared<char>();
  return address_.telephony_.state_->waits.add(
      this, timeout,
      [digit](const Signal& signal) {
        if (signal.kind != Signal::Kind::digit) return false;
        *digit = static_cast<char>(signal.param1 & 0xFF);
        return true;
      },
      [digit, done = std::move(done)](LONG result) {
        if (done) done(result, *digit);
      });
}

LONG Call::gather_digits(DWORD count, std::string_view termination, DWORD first_ms, DWORD between_ms) {
  if (gone_) return LINEERR_INVALCALLHANDLE;
  Telephony::State& state = *address_.telephony_.state_;
  // A NULL buffer cancels; LINE_GATHERDIGITS follows with LINEGATHERTERM_CANCEL.
  if (count == 0) return lineGatherDigitsW(handle_, LINEDIGITMODE_DTMF, nullptr, 0, nullptr, 0, 0);
  if (count > gather_digits_max) return LINEERR_INVALPARAM;
  if (state.gathering >= gathers_max) return LINEERR_REQUESTOVERRUN;
  const std::u16string ends = to_utf16(termination);
  std::vector<char16_t> buffer(count + 1, u'\0');
  const LONG result = lineGatherDigitsW(handle_, LINEDIGITMODE_DTMF, buffer.data(), count,
                                        ends.empty() ? nullptr : ends.c_str(), first_ms, between_ms);
  if (result != 0) return result < 0 ? result : LINEERR_OPERATIONFAILED;
  // Moving a vector leaves its characters where the library knows them.
  state.gathers[handle_].buffers.push_back(std::move(buffer));
  ++state.gathering;
  return 0;
}

LONG Call::gather_digits(const GatherOptions& options, std::function<void(LONG, const Digits&)> done) {
  const LONG result =
      gather_digits(options.count, options.termination, ms(options.first_timeout), ms(options.inter_timeout));
  if (result != 0) return result;
  const auto digits = std::make_shared<Digits>();
  return address_.telephony_.state_->waits.add(
      this, no_timeout,
      [digits](const Signal& signal) {
        if (signal.kind != Signal::Kind::gathered) return false;
        *digits = {std::string(signal.text), GatherEnd{signal.param1}};
        return true;
      },
      [digits, done = std::move(done)](LONG ended) {
        if (done) done(ended, *digits);
      });
}

LONG Call::monitor_tones(std::span<const DetectTone> tones) {
  if (gone_) return LINEERR_INVALCALLHANDLE;
  std::vector<LINEMONITORTONE> list;
  for (const DetectTone& tone : tones)
    list.push_back(
        {tone.app_specific, ms(tone.duration), tone.frequency1_hz, tone.frequency2_hz, tone.frequency3_hz});
  return lineMonitorTones(handle_, list.empty() ? nullptr : list.data(), static_cast<DWORD>(list.size()));
}

LONG Call::monitor_media(DWORD media_modes) {
  return gone_ ? LINEERR_INVALCALLHANDLE : lineMonitorMedia(handle_, media_modes);
}

} // namespace tl::telephony
