// SPDX-License-Identifier: Apache-2.0
// Functions of an application before it opens a line: initialise, negotiate, capabilities.
#include <array>

#include "server/functions.hpp"
#include "server/wording.hpp"

namespace tl::server {
namespace {
constexpr std::array<DWORD, 5> known_versions{0x00020002, 0x00020001, 0x00020000, 0x00010004, 0x00010003};
}

DWORD choose_version(DWORD low, DWORD high) {
  for (const DWORD version : known_versions)
    if (version <= high && version >= low) return version;
  return 0;
}

std::u16string_view file_name(std::u16string_view path) {
  const auto slash = path.find_last_of(u"/\\");
  return slash == std::u16string_view::npos ? path : path.substr(slash + 1);
}

// An application of lineInitialize did not say what it knows: it counts as a 1.3 one until it negotiates
// [line-create].
DWORD raised_version(DWORD version, DWORD negotiated) {
  return version < version_1_4 ? std::min(negotiated, version_1_4) : version;
}

LONG negotiate_extension_of(LineDevice& line, DWORD low, DWORD high, DWORD& chosen) {
  const auto negotiate = line.provider.tspi.lineNegotiateExtVersion;
  if (!negotiate) return LINEERR_OPERATIONUNAVAIL;
  if (const LONG result = negotiate(line.id, line.version, low, high, &chosen); result != 0) return result;
  return chosen < low || chosen > high ? LINEERR_INCOMPATIBLEEXTVERSION : 0;
}

LONG check_extension(LineDevice& line, DWORD extension) {
  DWORD chosen = 0;
  if (extension == 0 || negotiate_extension_of(line, extension, extension, chosen) == 0) return 0;
  return LINEERR_INCOMPATIBLEEXTVERSION;
}

namespace {

LONG initialize(Request& r, Text name, Text module, DWORD wanted) {
  const DWORD version = choose_version(version_low, wanted);
  if (version == 0) return LINEERR_INVALPARAM;
  if (r.core.reinitialising) return LINEERR_REINIT;
  App* const app = r.core.add_app(r.client);
  if (!app) return LINEERR_RESOURCEUNAVAIL;
  app->version = version;
  app->module = file_name(module.value_or(u""));
  // Without a friendly name the module's stands for it [nf-tapi-lineinitializeexw].
  app->name = std::make_shared<const std::u16string>(name && !name->empty() ? *name : app->module);
  r.reply.dword(app->handle);
  r.reply.dword(r.client.lines.count(r.core.devices.size()));
  r.reply.dword(version);
  return 0;
}

LONG shutdown(Request& r, DWORD handle) {
  App* const app = r.core.app(r.client, handle);
  if (!app) return LINEERR_INVALAPPHANDLE;
  r.core.remove_app(*app);
  return 0;
}

LONG negotiate_api(Request& r, DWORD handle, DWORD id, DWORD low, DWORD high, Capacity extension) {
  App* const app = r.core.app(r.client, handle);
  if (!app) return LINEERR_INVALAPPHANDLE;
  LONG error = 0;
  LineDevice* const line = r.core.device(r.client, id, error);
  if (!line) return error;
  const DWORD version = choose_version(low, high);
  if (version == 0) return LINEERR_INCOMPATIBLEAPIVERSION;
  app->version = raised_version(app->version, version);
  LINEEXTENSIONID extension_id{}; // all zero = no extensions
  if (const auto get = line->provider.tspi.lineGetExtensionID)
    if (get(line->id, line->version, &extension_id) != 0) extension_id = {};
  r.reply.dword(version);
  const auto bytes = std::as_bytes(std::span{&extension_id, 1});
  r.reply.data(bytes.first(std::min<std::size_t>(bytes.size(), extension.bytes)));
  return 0;
}

LONG negotiate_extension(Request& r, DWORD handle, DWORD id, DWORD version, DWORD low, DWORD high) {
  if (!r.core.app(r.client, handle)) return LINEERR_INVALAPPHANDLE;
  LONG error = 0;
  LineDevice* const line = r.core.device(r.client, id, error);
  if (!line) return error;
  if (!is_version(version)) return LINEERR_INCOMPATIBLEAPIVERSION;
  DWORD chosen = 0;
  if (const LONG result = negotiate_extension_of(*line, low, high, chosen); result != 0) return result;
  r.reply.dword(chosen);
  return 0;
}

// What lineGetDevCaps and lineGetAddressCaps check alike.
LineDevice* capable(Request& r, DWORD handle, DWORD id, DWORD version, DWORD extension, LONG& error) {
  error = LINEERR_INVALAPPHANDLE;
  if (!r.core.app(r.client, handle)) return nullptr;
  LineDevice* const line = r.core.device(r.client, id, error);
  if (!line) return nullptr;
  error = LINEERR_INCOMPATIBLEAPIVERSION;
  if (!is_version(version)) return nullptr;
  error = check_extension(*line, extension);
  return error == 0 ? line : nullptr;
}

LONG get_dev_caps(Request& r, DWORD handle, DWORD id, DWORD version, DWORD extension, Capacity capacity) {
  LONG error = 0;
  LineDevice* const line = capable(r, handle, id, version, extension, error);
  if (!line) return error;
  return answer_structure(
      r, wire::line_dev_caps, version, line->version, capacity,
      [&](Filling& caps) {
        return line->provider.tspi.lineGetDevCaps(line->id, line->version, extension,
                                                  &caps.as<LINEDEVCAPS>());
      },
      [&](Filling& caps) {
        caps.as<LINEDEVCAPS>().dwLineStates |=
            LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE | LINEDEVSTATE_REINIT | LINEDEVSTATE_TRANSLATECHANGE;
        wording::adapt(version, caps.as<LINEDEVCAPS>());
      });
}

LONG get_address_caps(Request& r, DWORD handle, DWORD id, DWORD address, DWORD version, DWORD extension,
                      Capacity capacity) {
  LONG error = 0;
  LineDevice* const line = capable(r, handle, id, version, extension, error);
  if (!line) return error;
  return answer_structure(
      r, wire::line_address_caps, version, line->version, capacity,
      [&](Filling& caps) {
        return line->provider.tspi.lineGetAddressCaps(line->id, address, line->version, extension,
                                                      &caps.as<LINEADDRESSCAPS>());
      },
      [&](Filling& filled) {
        LINEADDRESSCAPS& caps = filled.as<LINEADDRESSCAPS>();
        caps.dwLineDeviceID = id;
        caps.dwCallInfoStates |=
            LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMOWNERDECR | LINECALLINFOSTATE_NUMMONITORS;
        caps.dwCallStates |= LINECALLSTATE_UNKNOWN;
        wording::adapt(version, caps);
      });
}

LONG get_dev_config(Request& r, DWORD id, Capacity capacity, Text device_class) {
  LONG error = 0;
  LineDevice* const line = r.core.device(r.client, id, error);
  if (!line) return error;
  const auto get = line->provider.tspi.lineGetDevConfig;
  if (!get) return LINEERR_OPERATIONUNAVAIL;
  if (!device_class) return LINEERR_INVALPOINTER;
  const Wide name{device_class};
  return answer_structure(
      r, wire::var_string, version_high, version_high, capacity,
      [&](Filling& config) { return get(line->id, &config.as<VARSTRING>(), name.c()); }, [](Filling&) {});
}

LONG set_dev_config(Request& r, DWORD id, Data config, Text device_class) {
  LONG error = 0;
  LineDevice* const line = r.core.device(r.client, id, error);
  if (!line) return error;
  const auto set = line->provider.tspi.lineSetDevConfig;
  if (!set) return LINEERR_OPERATIONUNAVAIL;
  if (!config || !device_class) return LINEERR_INVALPOINTER;
  if (r.client.lines.find(id)->grant != Grant::control) return LINEERR_OPERATIONUNAVAIL;
  const Wide name{device_class};
  std::vector<std::byte> copy{config->begin(), config->end()};
  return set(line->id, copy.data(), static_cast<DWORD>(copy.size()), name.c());
}

LONG get_provider_list(Request& r, DWORD version, Capacity capacity) {
  if (version < version_low) return LINEERR_INCOMPATIBLEAPIVERSION; // the highest it knows may be above ours
  return answer_structure(r, wire::line_provider_list, version, capacity, [&](Filling& filling) {
    auto& list = filling.as<LINEPROVIDERLIST>();
    DWORD size = 0, offset = 0;
    const auto entries = filling.append(r.core.providers.size() * sizeof(LINEPROVIDERENTRY), size, offset);
    if (entries.empty() && !r.core.providers.empty()) {
      for (const auto& provider : r.core.providers) // what a second attempt needs
        filling.needed() += static_cast<DWORD>(wire::padded((provider->name.size() + 1) * sizeof(WCHAR)));
      return;
    }
    for (std::size_t i = 0; i < r.core.providers.size(); ++i) {
      auto& entry = reinterpret_cast<LINEPROVIDERENTRY*>(entries.data())[i];
      const Provider& provider = *r.core.providers[i];
      entry.dwPermanentProviderID = provider.permanent_id;
      DWORD name_size = 0, name_offset = 0;
      filling.append_text(to_utf16(provider.name), name_size, name_offset);
      entry.dwProviderFilenameSize = name_size;
      entry.dwProviderFilenameOffset = name_offset;
    }
    list.dwNumProviders = static_cast<DWORD>(r.core.providers.size());
    list.dwProviderListSize = size;
    list.dwProviderListOffset = offset;
  });
}

} // namespace

void bind_app_functions(Bindings& b) {
  b.bind<Fn::lineInitializeEx, &initialize>();
  b.bind<Fn::lineShutdown, &shutdown>();
  b.bind<Fn::lineNegotiateAPIVersion, &negotiate_api>();
  b.bind<Fn::lineNegotiateExtVersion, &negotiate_extension>();
  b.bind<Fn::lineGetDevCaps, &get_dev_caps>();
  b.bind<Fn::lineGetAddressCaps, &get_address_caps>();
  b.bind<Fn::lineGetDevConfig, &get_dev_config>();
  b.bind<Fn::lineSetDevConfig, &set_dev_config>();
  b.bind<Fn::lineGetProviderList, &get_provider_list>();
}

} // namespace tl::server
