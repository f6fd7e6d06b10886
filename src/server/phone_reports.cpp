// SPDX-License-Identifier: Apache-2.0
// Phones that come and go, and what providers report about them.
#include <bit>

#include "server/core.hpp"
#include "server/wording.hpp"

namespace tl::server {

template <class Handler> void Phones::each_app(Handler handler) {
  core_.clients.for_each([&](Client& client) { client.phone_apps.for_each(handler); });
}

PhoneDevice& Phones::add_device(Provider& provider) {
  return *devices_.emplace_back(std::make_unique<PhoneDevice>(provider, count()));
}

void Phones::negotiate(PhoneDevice& phone) {
  DWORD version = 0;
  const auto negotiate = phone.provider.tspi.phoneNegotiateTSPIVersion;
  const LONG result =
      negotiate ? negotiate(phone.id, version_low, version_high, &version) : PHONEERR_OPERATIONUNAVAIL;
  if (result == 0 && version >= version_low && version <= version_high) {
    phone.version = version;
    return;
  }
  core_.log.error("server",
                  "provider {}: phone {} agrees on no TSPI version ({:#x}, {:#x}): it cannot be used",
                  phone.provider.name, phone.id, static_cast<std::uint32_t>(result), version);
}

void Phones::announce(PhoneDevice& phone) {
  core_.clients.for_each([&](Client& client) {
    if (client.access) client.phones.add(phone.id, granted(*client.access, core_.names_of(phone)));
    const auto id = client.phones.id_of(phone.id);
    if (!id) return;
    client.phone_apps.for_each([&](PhoneApp& app) {
      if (app.version >= version_1_4)
        send(app, PHONE_CREATE, *id);
      else
        send(app, PHONE_STATE, PHONESTATE_REINIT, PHONE_CREATE, *id);
    });
  });
}

void Phones::add(Provider& provider, DWORD how_many) {
  const std::size_t first = devices_.size();
  for (DWORD i = 0; i < how_many; ++i) negotiate(add_device(provider));
  for (std::size_t at = first; at < devices_.size(); ++at) announce(*devices_[at]);
}

void Phones::remove_all(Provider& provider) {
  for (const auto& phone : devices_)
    if (&phone->provider == &provider) remove(*phone);
}

void Phones::close_all(Provider& provider) {
  for (const auto& phone : devices_) {
    if (&phone->provider != &provider || phone->removed) continue;
    phone->version = 0;
    if (phone->is_open()) force_close(*phone);
  }
}

void Phones::created(Provider& provider, DWORD_PTR temporary_id) {
  PhoneDevice& phone = add_device(provider);
  const auto create = provider.tspi.providerCreatePhoneDevice;
  const LONG result = create ? create(temporary_id, phone.id) : PHONEERR_OPERATIONUNAVAIL;
  if (result != 0) {
    core_.log.error("server", "{}: TSPI_providerCreatePhoneDevice of phone {} failed ({:#x})", provider.name,
                    phone.id, static_cast<std::uint32_t>(result));
    phone.removed = true;
    return;
  }
  negotiate(phone);
  announce(phone);
}

// The provider wants the phone closed, or it goes away: handles are void at once, replies are lost.
void Phones::force_close(PhoneDevice& phone) {
  phone.opens.for_each([&](OpenPhone& open) {
    send(open, PHONE_CLOSE);
    forget(open);
  });
  close_device(phone);
}

void Phones::remove(PhoneDevice& phone) {
  if (phone.removed) return;
  phone.removed = true;
  if (phone.is_open()) {
    phone.opens.for_each([&](OpenPhone& open) {
      if (open.version >= version_1_4 && open.version < version_2_0)
        send(open, PHONE_STATE, PHONESTATE_REMOVED);
    });
    force_close(phone);
  }
  core_.clients.for_each([&](Client& client) {
    const auto id = client.phones.id_of(phone.id);
    if (!id) return;
    client.phone_apps.for_each([&](PhoneApp& app) {
      if (app.version >= version_2_0) send(app, PHONE_REMOVE, *id);
    });
  });
}

// To those who want it, in the words of their version [phone-state, phonestate--constants].
void Phones::state(PhoneDevice& phone, DWORD states, DWORD_PTR p2) {
  constexpr DWORD own = PHONESTATE_OWNER | PHONESTATE_MONITORS; // the server's own to report
  if (states & PHONESTATE_REINIT) core_.reinitialising = core_.app_count > 0;
  if (states & PHONESTATE_REINIT) each_app([&](PhoneApp& app) { send(app, PHONE_STATE, PHONESTATE_REINIT); });
  states &= ~(own | DWORD{PHONESTATE_REINIT});
  constexpr DWORD detailed = PHONESTATE_LAMP | PHONESTATE_RINGMODE | PHONESTATE_HANDSETHOOKSWITCH |
                             PHONESTATE_SPEAKERHOOKSWITCH | PHONESTATE_HEADSETHOOKSWITCH;
  if (!std::has_single_bit(states) || !(states & detailed)) p2 = 0;
  phone.opens.for_each([&](OpenPhone& open) {
    if (open.version < version_1_4 && (states & PHONESTATE_CAPSCHANGE))
      send(open.app, PHONE_STATE, PHONESTATE_REINIT, PHONE_STATE, PHONESTATE_CAPSCHANGE);
    if (const DWORD wanted = wording::phone_states.known(open.version, states & open.states))
      send(open, PHONE_STATE, wanted, p2);
  });
}

void Phones::handle(Provider& provider, DWORD_PTR name, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                    DWORD_PTR p3) {
  if (message == PHONE_CREATE) return created(provider, p2);
  if (message == PHONE_REMOVE) {
    if (p1 < devices_.size() && &devices_[p1]->provider == &provider) return remove(*devices_[p1]);
    core_.log.warn("server", "{}: PHONE_REMOVE of phone {}, which is not its own", provider.name, p1);
    return;
  }
  PhoneDevice* const phone = name <= 0xFFFFFFFFU ? names_.get(static_cast<DWORD>(name)) : nullptr;
  if (!phone || &phone->provider != &provider) {
    core_.log.debug("server", "{}: message {} for a phone that is not open", provider.name, message);
    return;
  }
  switch (message) {
  case PHONE_CLOSE: return force_close(*phone);
  case PHONE_STATE: return state(*phone, static_cast<DWORD>(p1), p2);
  case PHONE_BUTTON:
    return phone->opens.for_each([&](OpenPhone& open) {
      if ((open.button_modes & p2) && (open.button_states & p3)) send(open, PHONE_BUTTON, p1, p2, p3);
    });
  case PHONE_DEVSPECIFIC:
    return phone->opens.for_each([&](OpenPhone& open) { send(open, PHONE_DEVSPECIFIC, p1, p2, p3); });
  default:
    core_.log.warn("server", "{}: message {} about a phone means nothing", provider.name, message);
    return;
  }
}

} // namespace tl::server
