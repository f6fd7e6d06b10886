// SPDX-License-Identifier: Apache-2.0
// What the server knows: clients have applications (HLINEAPP), which open line devices (HLINE) and hold
// handles (HCALL) of calls, which providers own. Everything lives on the loop.
#pragma once

#include "tapi.h"
#include "tspi.h"

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "server/access.hpp"
#include "server/list.hpp"
#include "server/phones.hpp"
#include "server/structures.hpp"
#include "wire/channel.hpp"
#include "wire/functions.hpp"

namespace tl::server {

struct Provider;
struct Client;
struct App;
struct LineDevice;
struct OpenLine;
struct Call;
struct CallHandle;
struct Pending;
struct Dialog;
struct MspInstance;

// Which list.
struct OfServer;
struct OfClient;
struct OfApp;
struct OfDevice;
struct OfLine;
struct OfCall;
struct OfConference;
struct OfPhone;
struct OfProvider;
struct OfProxy;

inline constexpr DWORD proxy_type_last = LINEPROXYREQUEST_SETAGENTSTATEEX;

// One connection. Shared with its session and with the delivery of its messages.
struct Client : Link<OfServer>, std::enable_shared_from_this<Client> {
  wire::Identity identity;
  wire::EventSink* sink = nullptr; // null when the session is gone
  bool administrator = false;
  const UserAccess* access = nullptr; // null: an administrator, or a user who has been granted nothing
  OwnIds lines, phones;               // the devices it sees
  List<App, OfClient> apps;
  List<PhoneApp, OfClient> phone_apps;
  std::size_t app_count = 0; // of both
  List<Pending, OfClient> requests;
  List<Dialog, OfClient> dialogs;
  std::size_t dialog_count = 0;
  // Event frames not yet delivered, back to back; each begins with its length.
  wire::Buffer queue;
  std::size_t queued_messages = 0;
  bool scheduled = false; // for delivery at the end of the turn
  std::string doom;       // why it is going to be disconnected; empty: it is not
};

// One lineInitializeEx.
struct App : Link<OfClient> {
  explicit App(Client& owner) : client(owner) {}
  Client& client;
  DWORD handle = 0;
  DWORD version = 0;
  std::u16string module;                      // file name, as lineHandoff names it
  std::shared_ptr<const std::u16string> name; // friendly name; outlives the application in its calls
  List<OpenLine, OfApp> lines;
  // Assisted telephony (lineRegisterRequestRecipient):
  DWORD request_modes = 0; // LINEREQUESTMODE_ bits it is registered for
  DWORD request_instance = 0;
  std::uint64_t request_order = 0; // of its registration among all
};

// A device of a provider.
struct LineDevice {
  LineDevice(Provider& owner, DWORD device_id) : provider(owner), id(device_id) {}
  Provider& provider;
  DWORD id;
  DWORD version = 0;    // TSPI version agreed on; 0: the device cannot be used
  bool removed = false; // by LINE_REMOVE: the id stays and answers NODEVICE
  std::vector<std::string> names; // Core::names_of
  // While open:
  HDRVLINE driver = nullptr;
  DWORD name = 0;                 // HTAPILINE; 0 = closed
  List<OpenLine, OfDevice> opens; // in order of lineOpen: the priority of owners
  std::size_t open_count = 0;
  List<Call, OfDevice> calls;
  List<MspInstance, OfDevice> msps;
  DWORD extension = 0;                                                       // selected; 0: none
  DWORD media_wanted = 0, line_states_wanted = 0, address_states_wanted = 0; // as last told to the provider
  std::array<OpenLine*, proxy_type_last + 1> proxies{};                      // handler per LINEPROXYREQUEST_

  bool is_open() const { return name != 0; }
};

// One lineOpen.
struct OpenLine : Link<OfApp>, Link<OfDevice> {
  OpenLine(App& owner, LineDevice& opened) : app(owner), line(opened) {}
  App& app;
  LineDevice& line;
  DWORD handle = 0;
  DWORD version = 0;
  DWORD extension = 0;
  DWORD privileges = 0; // LINECALLPRIVILEGE_ bits
  DWORD media = 0;
  bool control = true; // its user may do more than watch
  bool single_address = false;
  DWORD address = 0; // of a single-address open
  std::uint64_t instance = 0;
  DWORD line_states = LINEDEVSTATE_REINIT; // wanted
  DWORD address_states = 0;
  std::uint32_t proxy_types = 0;              // bit per LINEPROXYREQUEST_
  std::vector<std::pair<DWORD, DWORD>> rings; // lineSetNumRings: address, rings
  List<CallHandle, OfLine> calls;
  List<Pending, OfLine> requests;
  List<Pending, OfProxy> asked; // proxy requests it has not answered
  List<MspInstance, OfLine> msps;
  std::size_t msp_count = 0;

  DWORD id() const { return *app.client.lines.id_of(line.id); } // the client's own
  bool owner() const { return privileges & LINECALLPRIVILEGE_OWNER; }
  bool monitor() const { return privileges & LINECALLPRIVILEGE_MONITOR; }
};

// What an application said about a call it made (LINECALLPARAMS), for others to read.
struct CallTexts {
  std::u16string displayable_address, called_party, comment;
};

// Digits being collected (lineGatherDigits); the provider writes into `digits`.
struct Gathering {
  DWORD id = 0; // dwEndToEndID
  DWORD handle = 0;
  std::uint32_t sequence = 0;
  std::vector<WCHAR> digits;
};

struct Generating {
  DWORD id = 0;
  DWORD handle = 0;
};

// A provider's call on one line.
struct Call : Link<OfDevice>, Link<OfConference> {
  explicit Call(LineDevice& on) : line(on) {}
  LineDevice& line;
  DWORD name = 0; // HTAPICALL
  HDRVCALL driver = nullptr;
  // asked for: its handle is void until the reply; reported: LINE_NEWCALL without a state yet; live.
  enum class Phase : std::uint8_t { requested, reported, live } phase = Phase::reported;
  bool ever_owned = false;
  bool state_waiting = false; // reported before the reply that creates the handle
  DWORD state = LINECALLSTATE_UNKNOWN;
  DWORD_PTR mode = 0;
  DWORD media = 0;
  DWORD address = 0;
  DWORD info_waiting = 0;                 // LINECALLINFOSTATE_ reported before the reply
  DWORD digit_modes = 0, media_modes = 0; // monitored, as last told to the provider
  Time entered{};
  std::uint32_t owners = 0, monitors = 0;
  List<CallHandle, OfCall> handles;
  Call* conference = nullptr; // the parent
  List<Call, OfConference> members;
  std::shared_ptr<const std::u16string> app_name;
  std::unique_ptr<CallTexts> texts;
  std::unique_ptr<Gathering> gathering;
  std::vector<Generating> generating; // a new one replaces the old, whose end is reported later

  bool idle() const { return state == LINECALLSTATE_IDLE; }
};

// One HCALL.
struct CallHandle : Link<OfLine>, Link<OfCall> {
  CallHandle(OpenLine& holder, Call& held) : open(holder), call(held) {}
  OpenLine& open;
  Call& call;
  DWORD handle = 0;
  DWORD privilege = 0;
  DWORD digit_modes = 0, media_modes = 0; // monitored
  bool tones = false;

  bool owner() const { return privilege == LINECALLPRIVILEGE_OWNER; }
};

// An asynchronous request in progress, at a provider or at a proxy.
struct Pending : Link<OfClient>, Link<OfLine>, Link<OfPhone>, Link<OfProvider>, Link<OfProxy> {
  DWORD id = 0;                 // the request id of both sides
  Provider* provider = nullptr; // null: at a proxy
  wire::Fn function{};
  // Who waits; nobody (client null) when its line was closed or the server itself asked.
  Client* client = nullptr;
  DWORD app = 0, device = 0;
  std::uint64_t instance = 0;
  std::uint32_t sequence = 0;
  OpenLine* open = nullptr;
  // The calls it creates (lphCall, lphConfCall, lphConsultCall in the function's order).
  std::array<Call*, 2> created{};
  // What the provider fills: a value, or bytes up to `capacity`.
  DWORD value = 0;
  std::vector<std::uint64_t> memory;
  std::uint32_t capacity = 0;
  // At a proxy:
  OpenLine* proxy = nullptr;
  DWORD proxy_type = 0;

  std::byte* bytes() { return reinterpret_cast<std::byte*>(memory.data()); }
};

// A dialog that a provider runs in an application's process (LINE_CREATEDIALOGINSTANCE).
struct Dialog : Link<OfClient>, Link<OfProvider> {
  Dialog(Provider& from, Client& at) : provider(from), client(at) {}
  Provider& provider;
  Client& client;
  DWORD name = 0; // HTAPIDIALOGINSTANCE, the library's too
  HDRVDIALOGINSTANCE driver = nullptr;
  DWORD app = 0; // whose request it belongs to
};

// One end of the connection between a provider and a media service provider of an application
// (TSPI_lineCreateMSPInstance).
struct MspInstance : Link<OfLine>, Link<OfDevice> {
  explicit MspInstance(OpenLine& on) : open(on) {}
  OpenLine& open;
  DWORD handle = 0; // HMSPLINE
  DWORD name = 0;   // HTAPIMSPLINE
  HDRVMSPLINE driver = nullptr;
};

} // namespace tl::server
