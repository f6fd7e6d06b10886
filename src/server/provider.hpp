// SPDX-License-Identifier: Apache-2.0
// A loaded provider: its functions, its place in the process, and the part of it that only the server's Core
// uses.
#pragma once

#include "tspi.h"

#include <memory>
#include <string>

#include "base/result.hpp"
#include "server/guard.hpp"
#include "server/host.hpp"
#include "server/list.hpp"
#include "server/model.hpp"
#include "server/tspi_table.hpp"

namespace tl::server {

// What providers report arrives here, from any thread.
class Reports {
public:
  virtual ~Reports() = default;
  virtual void line_event(Provider& provider, DWORD_PTR line, DWORD_PTR call, DWORD message, DWORD_PTR param1,
                          DWORD_PTR param2, DWORD_PTR param3) = 0;
  virtual void phone_event(Provider& provider, DWORD_PTR phone, DWORD message, DWORD_PTR param1,
                           DWORD_PTR param2, DWORD_PTR param3) = 0;
  virtual void completion(Provider& provider, DWORD request, LONG result) = 0;
  virtual void escaped(Provider& provider, const char* function, std::string_view what) = 0;
  virtual void died(Provider& provider) = 0;
};

struct Provider final : Guard {
  Provider(Reports& to, std::string as) : reports(to), name(std::move(as)) {}
  ~Provider() override;
  Provider(const Provider&) = delete;
  Provider& operator=(const Provider&) = delete;

  // Ends its callbacks, timers and watches and closes its file; after TSPI_providerShutdown, or instead of
  // it.
  void retire();

  Reports& reports;
  std::string name;
  ProviderTable tspi;
  void* library = nullptr;
  std::unique_ptr<Host> host;
  DWORD permanent_id = 0;
  DWORD version = 0;
  bool has_entry = false; // its callbacks, at its `place`; see acquire_entry()
  bool running = false;   // between TSPI_providerInit and TSPI_providerShutdown
  List<Pending, OfProvider> requests;
  List<Dialog, OfProvider> dialogs;
  Client* installer = nullptr; // who is installing it: it is attached and has no devices yet

protected:
  void escaped(const char* function, std::string_view what) override {
    reports.escaped(*this, function, what);
  }
  void died() override { reports.died(*this); }
};

// Opens a provider's shared object and finds its functions; nothing of it runs yet but its initialisers.
Result<std::unique_ptr<Provider>> open_provider(Reports& reports, const std::string& path);

// TSPI's callbacks carry no context, so each provider of the process gets functions of its own.
struct Entry {
  LINEEVENT line_event;
  PHONEEVENT phone_event;
  ASYNC_COMPLETION completion;
};
// False when providers_of_process_max are loaded already.
bool acquire_entry(Provider& provider);
void release_entry(Provider& provider);
const Entry& entry(const Provider& provider);

} // namespace tl::server
