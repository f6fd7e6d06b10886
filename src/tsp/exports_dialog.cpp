// SPDX-License-Identifier: Apache-2.0
// TSPI functions about settings: the user interface's name, its questions, and configurations as blocks
// [nf-tspi-tspi_provideruiidentify, nf-tspi-tspi_providergenericdialogdata, nf-tspi-tspi_linegetdevconfig].
#include <algorithm>

#include "base/text.hpp"
#include "tsp/dispatch.hpp"

namespace tl::tsp {
namespace {

// The provider's settings of one thing, as the owner of a form.
class SettingsOwner final : public form::Owner {
public:
  explicit SettingsOwner(std::optional<Settings> settings) : settings_(std::move(settings)) {}

  std::optional<form::Description> describe(const std::string& object, const std::string&) override {
    if (!settings_ || !object.empty()) return std::nullopt;
    return form::Description{settings_->title, settings_->notes, settings_->settings};
  }
  std::string apply(const std::string&, const form::Values& values) override {
    return settings_->apply ? settings_->apply(values) : "These settings cannot be changed.";
  }

private:
  std::optional<Settings> settings_;
};

// As guarded(), for functions that a provider may be asked before TSPI_providerInit: while it is being
// installed.
template <class Body> LONG attached(Body&& body) noexcept {
  Exports* const self = exports();
  if (self == nullptr) return LINEERR_OPERATIONFAILED;
  try {
    return body(*self);
  } catch (const std::bad_alloc&) {
    return LINEERR_NOMEM;
  } catch (...) {
    return LINEERR_OPERATIONFAILED;
  }
}

// False: no such device.
bool find_settings(Exports& self, DWORD_PTR id, DWORD type, std::optional<Settings>& found) {
  Provider& provider = *self.provider;
  switch (type) {
  case TUISPIDLL_OBJECT_LINEID: {
    const auto device = static_cast<DWORD>(id - self.device_base);
    if (!self.initialised || device >= provider.num_lines()) return false;
    found = provider.line_settings(device);
    return true;
  }
  case TUISPIDLL_OBJECT_PHONEID: {
    const auto device = static_cast<DWORD>(id - self.phone_base);
    PhoneProvider* const phones = provider.phones();
    if (!self.initialised || phones == nullptr || device >= phones->num_phones()) return false;
    found = provider.phone_settings(device);
    return true;
  }
  case TUISPIDLL_OBJECT_PROVIDERID: found = provider.provider_settings(); return true;
  default: return false;
  }
}

bool is_own_class(LPCWSTR device_class) {
  return device_class == nullptr || *device_class == 0 || is_class(device_class, "tapi/line");
}

std::string check(const Settings& settings, const form::Values& values) {
  for (const auto& [name, value] : values) {
    const auto at = std::find_if(settings.settings.begin(), settings.settings.end(),
                                 [&wanted = name](const form::Setting& each) { return each.name == wanted; });
    if (at == settings.settings.end()) return "there is no setting " + name;
    if (std::string why = form::fault(*at, value); !why.empty()) return why;
  }
  return {};
}

} // namespace
} // namespace tl::tsp

using namespace tl::tsp;

LONG TSPIAPI TSPI_providerUIIdentify(LPWSTR name) {
  constexpr std::size_t path_units_max = 260; // MAX_PATH
  return attached([&](Exports& self) -> LONG {
    const std::u16string module = tl::to_utf16(self.provider->ui_module());
    if (module.empty()) return LINEERR_OPERATIONUNAVAIL;
    if (module.size() >= path_units_max) return LINEERR_OPERATIONFAILED;
    std::copy_n(module.c_str(), module.size() + 1, name);
    return 0;
  });
}

LONG TSPIAPI TSPI_providerGenericDialogData(DWORD_PTR id, DWORD type, LPVOID block, DWORD size) {
  return attached([&](Exports& self) -> LONG {
    std::optional<Settings> settings;
    if (block == nullptr || !find_settings(self, id, type, settings)) return LINEERR_INVALPARAM;
    SettingsOwner owner(std::move(settings));
    return tl::form::answer(owner, {static_cast<char*>(block), size}) ? 0 : LINEERR_NOMEM;
  });
}

LONG TSPIAPI TSPI_lineGetDevConfig(DWORD device_id, LPVARSTRING config, LPCWSTR device_class) {
  return on_device(device_id, [&](Exports& self, DWORD device) -> LONG {
    const auto settings = is_own_class(device_class) ? self.provider->line_settings(device) : std::nullopt;
    if (!settings) return LINEERR_INVALDEVICECLASS;
    tl::form::Values values;
    for (const tl::form::Setting& each : settings->settings)
      if (!each.secret) values[each.name] = each.value;
    const std::string text = tl::form::write(values);
    return filled(config, Provider::version_high, [&](StructWriter<VARSTRING>& out) -> LONG {
      out->dwStringFormat = STRINGFORMAT_BINARY;
      out.bytes(&VARSTRING::dwStringSize, &VARSTRING::dwStringOffset, text.data(), text.size());
      return 0;
    });
  });
}

LONG TSPIAPI TSPI_lineSetDevConfig(DWORD device_id, LPVOID const config, DWORD size, LPCWSTR device_class) {
  return on_device(device_id, [&](Exports& self, DWORD device) -> LONG {
    const auto settings = is_own_class(device_class) ? self.provider->line_settings(device) : std::nullopt;
    if (!settings || !settings->apply) return LINEERR_INVALDEVICECLASS;
    const auto values =
        tl::form::read_values({static_cast<const char*>(config), config != nullptr ? size : 0});
    if (!values || !check(*settings, *values).empty()) return LINEERR_INVALPARAM;
    return settings->apply(*values).empty() ? 0 : LINEERR_OPERATIONFAILED;
  });
}
