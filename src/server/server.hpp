// SPDX-License-Identifier: Apache-2.0
// The telephony server (TAPISRV's role): clients, line devices, calls, handles, privileges, proxies and the
// host of the service providers. It owns the truth about them and knows no SIP, no agent policy and no
// socket.
//
// Threads: everything here is called on the loop's thread. Providers may report from any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/log.hpp"
#include "base/loop.hpp"
#include "base/result.hpp"
#include "server/access.hpp"
#include "server/settings.hpp"
#include "wire/channel.hpp"
#include "wire/functions.hpp"

namespace tl::server {

class Core;
struct ProviderTable; // server/tspi_table.hpp

// Crossing a limit has a defined answer, named here.
struct Limits {
  std::size_t clients_max = 5'000;          // open_session gives a session that answers RESOURCEUNAVAIL
  std::size_t apps_per_client_max = 64;     // lineInitializeEx: RESOURCEUNAVAIL
  std::size_t handles_max = 4'000'000;      // lines, calls, applications: RESOURCEUNAVAIL
  std::size_t calls_max = 200'000;          // LINE_NEWCALL gets a NULL handle; lineMakeCall RESOURCEUNAVAIL
  std::size_t requests_max = 65'000;        // asynchronous requests in progress: RESOURCEUNAVAIL
  std::size_t client_messages_max = 20'000; // undelivered messages: the client is disconnected
  std::size_t client_queue_bytes_max = 16 * 1024 * 1024; // the same, by size
  std::size_t structure_bytes_max = 1024 * 1024;         // larger capacities are used up to this much
  std::size_t gather_digits_max = 4'096;                 // lineGatherDigits: INVALPARAM
  std::size_t assisted_requests_max = 64;    // tapiRequestMakeCalls of a user not fetched: REQUESTQUEUEFULL
  std::size_t priority_apps_max = 64;        // applications in one priority list: RESOURCEUNAVAIL
  std::size_t provider_events_max = 200'000; // reported and not yet handled: logged and dropped
  std::size_t provider_blocks_bytes_max = 16 * 1024 * 1024; // of them, data for dialogs and MSPs: the same
  std::size_t dialogs_per_client_max = 16;   // LINE_CREATEDIALOGINSTANCE fails, the provider frees it
  std::size_t dialog_bytes_max = 256 * 1024; // one block of a dialog, either way: INVALPARAM; dropped
  std::size_t msps_per_line_max = 16;        // MSP instances of one open line: RESOURCEUNAVAIL
  std::size_t msp_bytes_max = 64 * 1024;     // one block of an MSP, either way: INVALPARAM; dropped
};

struct Options {
  Limits limits;
  std::string machine = "localhost"; // LINEAPPINFO, LINEPROXYREQUEST: the name of in-process clients' machine
  // Where lineAddProvider finds bare names. Empty: applications neither add nor remove providers.
  std::string provider_folder;
  Access access;                           // of users that are no administrators by their transport
  Settings settings;                       // as kept by the last run
  SettingsStore* settings_store = nullptr; // null: changes last as long as the server
  // How long a call into a provider may last before the log names it, and how often that is looked at. 0:
  // never; it takes a thread.
  std::chrono::milliseconds watchdog_interval{0};
};

// What lives now; for tests, metrics and `trunkline`.
struct Counts {
  std::size_t providers = 0, devices = 0, clients = 0, apps = 0, open_lines = 0, calls = 0, call_handles = 0,
              requests = 0, provider_events_waiting = 0;
};

class Server final : public wire::SessionHost {
public:
  Server(Loop& loop, Log& log, Options options = {});
  ~Server() override; // shuts down

  // Opens a provider (a .tsp shared object), initialises it and adds its devices. A failure names the
  // provider and what it did not do; the server goes on without it. Its code is LINEERR_OPERATIONFAILED when
  // the provider was all right but could not start (its device may be away), another one when file or
  // configuration are wrong. Lines that appear while applications run are announced with LINE_CREATE.
  // `config_json` is the provider's part of the site file (trunkline/provider_host.h).
  Result<void> load_provider(const std::string& path, std::string config_json = "{}");
  // The same for a provider in this program; `table` is copied.
  Result<void> load_provider(const std::string& name, const ProviderTable& table,
                             std::string config_json = "{}");
  // Closes every line of the provider (LINE_CLOSE, LINE_REMOVE), shuts it down and forgets it.
  Result<void> unload_provider(const std::string& name);
  // Ends every session (EventSink::lost) and unloads every provider. Idempotent.
  void shutdown();

  std::unique_ptr<wire::Session> open_session(const wire::Identity& identity, wire::EventSink& sink) override;

  Counts counts() const;

private:
  std::unique_ptr<Core> core_;
};

// From now on, until the end of the process, faults of providers' code (SIGSEGV, SIGBUS, SIGFPE, SIGILL,
// SIGABRT) are either contained, so that they cost that provider's lines and phones alone, or named before
// the process ends. Its main() asks for it once, on the loop's thread; what is not about a provider goes to
// the handlers that were there before.
void contain_faults();

// Whether the server answers this function itself or through a provider or proxy; the others return
// LINEERR_OPERATIONUNAVAIL or PHONEERR_OPERATIONUNAVAIL.
bool is_bound(wire::Fn function);

} // namespace tl::server
