// SPDX-License-Identifier: Apache-2.0
// Phone devices: applications (HPHONEAPP) open them (HPHONE) as their one owner or as one of many monitors
// [operating-modes-and-privileges]. Lines and phones are independent devices [phone-devices].
#pragma once

#include "tapi.h"
#include "tspi.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "server/list.hpp"
#include "server/slot_table.hpp"

namespace tl::server {

class Core;
struct Client;
struct OpenPhone;
struct Pending;
struct PhoneDevice;
struct Provider;

// Which list; the others are in model.hpp.
struct OfApp;
struct OfClient;
struct OfDevice;
struct OfPhone;

// One phoneInitializeEx.
struct PhoneApp : Link<OfClient> {
  explicit PhoneApp(Client& owner) : client(owner) {}
  Client& client;
  DWORD handle = 0;
  DWORD version = 0;
  std::u16string name; // friendly name
  List<OpenPhone, OfApp> phones;
};

// A phone of a provider.
struct PhoneDevice {
  PhoneDevice(Provider& from, DWORD device_id) : provider(from), id(device_id) {}
  Provider& provider;
  DWORD id;
  DWORD version = 0;    // TSPI version agreed on; 0: the device cannot be used
  bool removed = false; // by PHONE_REMOVE: the id stays and answers NODEVICE
  std::vector<std::string> names; // Core::names_of
  // While open:
  HDRVPHONE driver = nullptr;
  DWORD name = 0; // HTAPIPHONE; 0 = closed
  List<OpenPhone, OfDevice> opens;
  OpenPhone* owner = nullptr;
  DWORD monitors = 0;
  DWORD states_wanted = 0, modes_wanted = 0, button_states_wanted = 0; // as last told to the provider

  bool is_open() const { return name != 0; }
};

// One phoneOpen.
struct OpenPhone : Link<OfApp>, Link<OfDevice> {
  OpenPhone(PhoneApp& opener, PhoneDevice& opened) : app(opener), phone(opened) {}
  PhoneApp& app;
  PhoneDevice& phone;
  DWORD handle = 0;
  DWORD version = 0;
  bool owner = false;  // else a monitor
  bool control = true; // its user may do more than watch
  std::uint64_t instance = 0;
  DWORD states = PHONESTATE_REINIT; // wanted
  DWORD button_modes = 0, button_states = 0;
  List<Pending, OfPhone> requests;
};

class Phones {
public:
  Phones(Core& core, std::size_t phones_max) : core_(core), names_(phones_max) {}

  // ---- Devices -------------------------------------------------------------------------------------------
  DWORD count() const { return static_cast<DWORD>(devices_.size()); }
  // The device of a client's id, or BADDEVICEID, NODEVICE, NODRIVER in `error`.
  PhoneDevice* device(const Client& client, DWORD id, LONG& error);
  template <class Handler> void for_each(Handler handler) {
    for (const auto& phone : devices_) handler(*phone);
  }
  // Phones of a provider that was just initialised.
  void add(Provider& provider, DWORD count);
  void remove_all(Provider& provider);
  void close_all(Provider& provider); // it died: they cannot be opened any more
  // A report of a provider; `name` is an HTAPIPHONE.
  void handle(Provider& provider, DWORD_PTR name, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3);

  // ---- Applications and open phones ----------------------------------------------------------------------
  PhoneApp* add_app(Client& client); // null: no room
  void remove_app(PhoneApp& app);
  PhoneApp* app(const Client& client, DWORD handle);
  OpenPhone* find(const Client& client, DWORD handle);
  LONG open(std::unique_ptr<OpenPhone> made, DWORD extension, DWORD& handle);
  void close(OpenPhone& open);
  // Tells the provider the union of what the openers want, if it changed.
  LONG update_states(PhoneDevice& phone);

private:
  LONG open_device(PhoneDevice& phone);
  void close_device(PhoneDevice& phone);
  LONG set_up(PhoneDevice& phone, DWORD extension);
  void forget(OpenPhone& open);
  // PHONE_STATE with the new number of owners or monitors, to the others.
  void count_changed(PhoneDevice& phone, DWORD state, const OpenPhone* except);
  void negotiate(PhoneDevice& phone);
  void announce(PhoneDevice& phone);
  PhoneDevice& add_device(Provider& provider);
  void created(Provider& provider, DWORD_PTR temporary_id);
  void remove(PhoneDevice& phone);
  void force_close(PhoneDevice& phone);
  void state(PhoneDevice& phone, DWORD states, DWORD_PTR p2);
  void send(PhoneApp& to, DWORD message, DWORD_PTR p1, DWORD_PTR p2 = 0, DWORD_PTR p3 = 0);
  void send(OpenPhone& to, DWORD message, DWORD_PTR p1 = 0, DWORD_PTR p2 = 0, DWORD_PTR p3 = 0);
  template <class Handler> void each_app(Handler handler);

  Core& core_;
  std::vector<std::unique_ptr<PhoneDevice>> devices_;
  SlotTable<PhoneDevice*, 32, 20> names_; // of the open ones
};

} // namespace tl::server
