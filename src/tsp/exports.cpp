// SPDX-License-Identifier: Apache-2.0
// TRUNKLINE_providerAttach and TSPI_provider*: the life of a provider.
#include "tsp/exports.hpp"

#include <cstdio>

#include "base/text.hpp"
#include "tsp/dispatch.hpp"

namespace tl::tsp {
namespace {
// The TSPI functions carry no context: one provider per shared object, here and nowhere else.
std::unique_ptr<Exports> the_exports; // NOLINT
} // namespace

Exports* exports() {
  return the_exports.get();
}

std::string narrow(LPCWSTR text) {
  if (text == nullptr) return {};
  return to_utf8(std::u16string_view(text));
}

bool is_class(LPCWSTR device_class, std::string_view wanted) {
  std::string name = narrow(device_class);
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return name == wanted;
}

void write_id(StructWriter<VARSTRING>& out, DWORD id) {
  out->dwStringFormat = STRINGFORMAT_BINARY;
  out.bytes(&VARSTRING::dwStringSize, &VARSTRING::dwStringOffset, &id, sizeof id);
}

namespace {
// A part of LINECALLPARAMS; empty when its offsets lie.
std::span<const std::byte> part(const LINECALLPARAMS& parameters, DWORD size, DWORD offset) {
  if (size == 0 || offset > parameters.dwTotalSize || size > parameters.dwTotalSize - offset) return {};
  return {reinterpret_cast<const std::byte*>(&parameters) + offset, size};
}

std::string text_part(const LINECALLPARAMS& parameters, DWORD size, DWORD offset) {
  const std::span<const std::byte> bytes = part(parameters, size, offset);
  if (bytes.empty()) return {}; // memcpy takes no null pointer, not even for nothing
  std::u16string wide(bytes.size() / sizeof(char16_t), u'\0');
  __builtin_memcpy(wide.data(), bytes.data(), wide.size() * sizeof(char16_t));
  return to_utf8(wide.substr(0, wide.find(u'\0')));
}
} // namespace

CallOptions call_options(const LINECALLPARAMS* parameters) {
  CallOptions options;
  if (parameters == nullptr) return options;
  constexpr DWORD size_1_3 = 112; // members after it exist from 2.0 on
  constexpr DWORD size_2_0 = 176;
  if (parameters->dwTotalSize < size_1_3) return options;
  options.flags = parameters->dwCallParamFlags;
  if (parameters->dwMediaMode != 0) options.media_mode = parameters->dwMediaMode;
  if (parameters->dwTotalSize < size_2_0) return options;
  options.no_answer_timeout_s = parameters->dwNoAnswerTimeout;
  options.target_address =
      text_part(*parameters, parameters->dwTargetAddressSize, parameters->dwTargetAddressOffset);
  options.calling_party =
      text_part(*parameters, parameters->dwCallingPartyIDSize, parameters->dwCallingPartyIDOffset);
  options.call_data = part(*parameters, parameters->dwCallDataSize, parameters->dwCallDataOffset);
  return options;
}

} // namespace tl::tsp

namespace {
int32_t attach_failed(char* error, uint32_t size, const std::string& text) {
  if (error != nullptr && size > 0) std::snprintf(error, size, "%s", text.c_str());
  return -1;
}
} // namespace

extern "C" {

__attribute__((visibility("default"))) int32_t TRUNKLINE_providerAttach(const trunkline_host* host,
                                                                        char* error, uint32_t error_size) {
  using namespace tl::tsp;
  if (host == nullptr || host->version < TRUNKLINE_PROVIDER_HOST_VERSION ||
      host->size < sizeof(trunkline_host))
    return attach_failed(error, error_size,
                         "the host is older than this provider: version 1 of provider_host.h was expected");
  if (the_exports)
    return attach_failed(error, error_size,
                         "the provider is attached already; TSPI_providerShutdown was expected first");
  try {
    auto fresh = std::make_unique<Exports>(*host);
    fresh->provider = make_provider();
    const char* const config = host->config_json(host->host);
    const tl::Result<void> attached =
        fresh->provider->attach(fresh->loop, fresh->log, config != nullptr ? config : "{}");
    if (!attached) return attach_failed(error, error_size, attached.error().text);
    the_exports = std::move(fresh);
    return 0;
  } catch (const std::exception& failure) {
    return attach_failed(error, error_size, failure.what());
  }
}

LONG TSPIAPI TSPI_providerEnumDevices(DWORD, LPDWORD lines, LPDWORD phones, HPROVIDER, LINEEVENT,
                                      PHONEEVENT) {
  tl::tsp::Exports* const self = tl::tsp::exports();
  if (self == nullptr) return LINEERR_OPERATIONFAILED; // loaded by a host that did not attach it
  *lines = self->provider->num_lines();
  tl::tsp::PhoneProvider* const with_phones = self->provider->phones();
  *phones = with_phones != nullptr ? with_phones->num_phones() : 0;
  return 0;
}

LONG TSPIAPI TSPI_providerInit(DWORD version, DWORD, DWORD line_base, DWORD phone_base, DWORD_PTR, DWORD_PTR,
                               ASYNC_COMPLETION completion, LPDWORD options) {
  tl::tsp::Exports* const self = tl::tsp::exports();
  if (self == nullptr) return LINEERR_OPERATIONFAILED;
  if (version < tl::tsp::Provider::version_low) return LINEERR_INCOMPATIBLEAPIVERSION;
  if (options != nullptr) *options = LINETSPIOPTION_NONREENTRANT;
  if (self->initialised) return 0; // documented: ignored with success
  self->device_base = line_base;
  self->phone_base = phone_base;
  self->completer.set_procedure(completion);
  self->initialised = true;
  const LONG result = self->provider->init();
  if (result != 0) self->initialised = false;
  return result;
}

LONG TSPIAPI TSPI_providerShutdown(DWORD, DWORD) {
  tl::tsp::Exports* const self = tl::tsp::exports();
  if (self == nullptr) return 0;
  self->provider->shutdown();
  tl::tsp::the_exports.reset();
  return 0;
}

LONG TSPIAPI TSPI_providerCreateLineDevice(DWORD_PTR, DWORD) {
  return LINEERR_OPERATIONUNAVAIL;
}
LONG TSPIAPI TSPI_providerCreatePhoneDevice(DWORD_PTR, DWORD) {
  return LINEERR_OPERATIONUNAVAIL;
}

} // extern "C"
