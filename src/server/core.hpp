// SPDX-License-Identifier: Apache-2.0
// The server's state and the operations on it that more than one function needs. The functions themselves are
// free functions over it (functions_*.cpp), found by dispatch.cpp.
//
// Three rules keep it simple: providers' reports are queued and handled one after the other, never inside a
// call into a provider (drain); messages to applications are queued and leave at the end of the turn (flush);
// so while a list of the model is walked, nobody else changes it.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "base/loop.hpp"
#include "base/result.hpp"
#include "server/model.hpp"
#include "server/provider.hpp"
#include "server/server.hpp"
#include "server/slot_table.hpp"
#include "server/watchdog.hpp"
#include "wire/frame.hpp"

namespace tl::server {

struct AppHandle {
  enum class Kind : std::uint8_t { none, app, line, call, phone_app, phone, msp } kind = Kind::none;
  void* object = nullptr;
};

// A message to one application, before it is a frame; the device is the receiver's own handle.
struct Message {
  DWORD message = 0;
  DWORD_PTR param1 = 0, param2 = 0, param3 = 0;
};

// Data that came with a provider's report, copied when it was made.
struct Block {
  std::u16string module; // LINE_CREATEDIALOGINSTANCE
  wire::Buffer data;
  bool null = false; // LINE_SENDDIALOGINSTANCEDATA: close
};

class Core final : public Reports {
public:
  Core(Loop& loop, Log& log, Options options);
  ~Core() override;

  Loop& loop;
  Log& log;
  Options options;

  // ---- Providers (providers.cpp) -------------------------------------------------------------------------
  Result<void> load(std::unique_ptr<Provider> provider, std::string config_json);
  // The same in two steps, for a provider whose user interface asks questions in between
  // (TUISPI_providerInstall): prepared, it can be talked to and has no devices.
  Result<Provider*> prepare(std::unique_ptr<Provider> provider, std::string config_json, Client& installer);
  Result<void> finish_install(Provider& provider);
  void cancel_install(Provider& provider);
  void unload(Provider& provider);
  Provider* find_provider(std::string_view name);
  LineDevice& add_device(Provider& provider);
  void negotiate(LineDevice& line);
  // The device of a client's id, or BADDEVICEID, NODEVICE, NODRIVER in `error`.
  LineDevice* device(const Client& client, DWORD id, LONG& error);
  void shutdown();

  // ---- Who sees which device (access.cpp) ----------------------------------------------------------------
  const std::vector<std::string>& names_of(LineDevice& line);
  const std::vector<std::string>& names_of(PhoneDevice& phone);
  void grant_devices(Client& client);

  // ---- Reports from providers (reports.cpp) --------------------------------------------------------------
  void line_event(Provider& provider, DWORD_PTR line, DWORD_PTR call, DWORD message, DWORD_PTR param1,
                  DWORD_PTR param2, DWORD_PTR param3) override;
  void phone_event(Provider& provider, DWORD_PTR phone, DWORD message, DWORD_PTR param1, DWORD_PTR param2,
                   DWORD_PTR param3) override;
  void completion(Provider& provider, DWORD request, LONG result) override;
  void escaped(Provider& provider, const char* function, std::string_view what) override;
  void died(Provider& provider) override;
  // Handles what is queued; nothing while a provider's function is running.
  void drain();
  // While one of these lives on the loop's thread, reports wait for its end and need no wake-up of the loop.
  class Turn {
  public:
    explicit Turn(Core& core);
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

  private:
    Core& core_;
    Core* outer_;
  };

  // ---- Clients and messages (clients.cpp) ----------------------------------------------------------------
  std::shared_ptr<Client> add_client(const wire::Identity& identity, wire::EventSink& sink); // null: no room
  void remove_client(Client& client); // its session is gone: releases all it had
  void send(Client& client, const wire::Event& event);
  void send(App& to, const Message& message);
  void send(OpenLine& to, const Message& message);
  void send(CallHandle& to, const Message& message);
  // To every opener of the line for which `wanted` holds.
  template <class Wanted> void send_openers(LineDevice& line, Message message, Wanted wanted) {
    line.opens.for_each([&](OpenLine& open) {
      if (wanted(open)) send(open, message);
    });
  }
  template <class Wanted> void send_handles(Call& call, Message message, Wanted wanted) {
    call.handles.for_each([&](CallHandle& handle) {
      if (wanted(handle)) send(handle, message);
    });
  }
  void flush();

  // ---- Settings (core.cpp) -------------------------------------------------------------------------------
  // Keeps what an application changed; false: it could not be kept and nothing has changed.
  bool keep(Settings changed);
  // An application's place in a list of priorities; `unranked` behind all that are in it.
  static constexpr std::size_t unranked = ~std::size_t{0};
  static std::size_t rank(const std::map<std::uint32_t, std::vector<std::u16string>>& lists, DWORD mode,
                          const App& app);
  // The line's opener for which `fits` holds and whose application comes first for the medium: in the order
  // of lineSetAppPriority, the others in the order of lineOpen. Medium 0: in the order of lineOpen.
  template <class Fits> OpenLine* preferred(LineDevice& line, DWORD medium, Fits fits) {
    const auto& lists = options.settings.priorities.media;
    if (!lists.contains(medium)) return line.opens.find(fits);
    OpenLine* first = nullptr;
    std::size_t first_rank = unranked;
    line.opens.for_each([&](OpenLine& open) {
      if (!fits(open)) return;
      const std::size_t place = rank(lists, medium, open.app);
      if (first && place >= first_rank) return;
      first = &open;
      first_rank = place;
    });
    return first;
  }
  // The application does not serve these request modes any more.
  void leave_requests(App& app, DWORD modes);

  // ---- Handles -------------------------------------------------------------------------------------------
  App* app(const Client& client, DWORD handle);
  OpenLine* line(const Client& client, DWORD handle);
  CallHandle* call(const Client& client, DWORD handle);
  DWORD add_handle(AppHandle::Kind kind, void* object) { return handles.add({kind, object}); }

  // ---- Applications and lines (lines.cpp) ----------------------------------------------------------------
  App* add_app(Client& client); // null: no room
  void remove_app(App& app);
  LONG open_device(LineDevice& line);
  void close_device(LineDevice& line);
  // lineClose: drops calls owned by nobody else, frees handles, suppresses replies, ends proxies.
  void close_line(OpenLine& open);
  // Tells the provider the union of what the openers want, if it changed.
  LONG update_media(LineDevice& line);
  LONG update_states(LineDevice& line);
  // One extension version is in effect on a line at a time [nf-tspi-tspi_lineselectextversion].
  LONG select_extension(LineDevice& line, DWORD version);
  void update_extension(LineDevice& line); // nobody uses it any more: cancels the selection
  void proxy_status(LineDevice& line, DWORD what, DWORD type, const OpenLine* except = nullptr);
  // LINE_CLOSE to all openers, then the device is closed.
  void force_close(LineDevice& line);
  void remove_device(LineDevice& line); // LINE_REMOVE

  // ---- Calls (calls.cpp) ---------------------------------------------------------------------------------
  Call* add_call(LineDevice& line); // null: no room
  // Forgets it; `tell` = TSPI_lineCloseCall.
  void remove_call(Call& call, bool tell);
  CallHandle* add_call_handle(OpenLine& open, Call& call, DWORD privilege); // null: no room
  void remove_call_handle(CallHandle& handle);
  // lineDeallocateCall: the handle and what it asked for end, the call goes on or is forgotten.
  void leave_call(CallHandle& handle);
  void set_privilege(CallHandle& handle, DWORD privilege);
  // LINE_APPNEWCALL (>= 2.0) and LINE_CALLSTATE for a handle that its holder did not ask for.
  void announce(CallHandle& handle, DWORD state, DWORD_PTR mode);
  // LINE_CALLSTATE with the privilege.
  void tell_state(CallHandle& handle, DWORD state, DWORD_PTR mode);
  // LINE_CALLINFO with counts to all handles but `except` and those of `except_too`.
  void counts_changed(Call& call, DWORD what, const CallHandle* except,
                      const CallHandle* except_too = nullptr);
  void state_changed(Call& call, DWORD state, DWORD_PTR mode, DWORD media);
  // Frees the call if it is over or has been owned, and nobody holds a handle.
  void release_if_unheld(Call& call);
  void drop(Call& call); // TSPI_lineDrop that nobody waits for
  CallHandle* handle_of(OpenLine& open, Call& call);
  OpenLine* find_owner(LineDevice& line, DWORD media, DWORD address);
  LONG update_digit_modes(Call& call);
  LONG update_media_modes(Call& call);
  void forget_gathering(Call& call);
  void end_gathering(Call& call, DWORD reason, DWORD tick);
  void end_media(Call& call);
  DWORD tick_ms() const;

  // ---- Dialogs that providers start (dialogs.cpp) --------------------------------------------------------
  Dialog* dialog(const Client& client, DWORD name);
  // Tells the provider that it is over and forgets it.
  void end_dialog(Dialog& dialog);
  void close_dialog(Dialog& dialog); // asks its library to close it

  // ---- Media service providers (msp.cpp) -----------------------------------------------------------------
  MspInstance* msp(const Client& client, DWORD handle);
  LONG open_msp(OpenLine& open, DWORD address, DWORD& handle);
  void close_msp(MspInstance& instance);

  // ---- Asynchronous requests (requests.cpp) --------------------------------------------------------------
  // Null: no room. The request waits at `provider` (null: at a proxy).
  Pending* add_request(Provider* provider, Client* client, wire::Fn function, std::uint32_t sequence);
  void remove_request(Pending& request);
  // Its result is known: new handles come to life, LINE_REPLY goes out.
  void complete(Pending& request, LONG result);
  void reply(Pending& request, LONG result, wire::Bytes answers);
  // Nobody waits for it any more; the client's library is told.
  void silence(Pending& request);

  // ---- State ---------------------------------------------------------------------------------------------
  SlotTable<AppHandle, 32, 22> handles;
  SlotTable<Pending*, 31, 16> requests;
  std::vector<std::unique_ptr<Provider>> providers;
  std::vector<std::unique_ptr<Provider>> installing;
  std::vector<std::unique_ptr<Provider>> retired; // shut down; their removed devices still name them
  std::vector<std::unique_ptr<LineDevice>> devices;
  Phones phones;
  List<Client, OfServer> clients;
  std::size_t client_count = 0, app_count = 0, open_line_count = 0, call_count = 0, call_handle_count = 0;
  DWORD next_provider_id = 1;
  DWORD next_end_to_end_id = 1;
  bool down = false;
  // A provider asked for a real reinitialisation: nothing begins anew until the last application has shut
  // down.
  bool reinitialising = false;
  std::map<std::string, std::deque<LINEREQMAKECALLW>> assisted; // requests not fetched, by user
  std::uint64_t request_orders = 0;
  std::shared_ptr<int> alive = std::make_shared<int>(0); // posted tasks look whether it still is

  // Names of lines and calls that providers hold. Guarded: LINE_NEWCALL takes one from any thread.
  struct Named {
    LineDevice* line = nullptr;
    Call* call = nullptr;
    Dialog* dialog = nullptr;
    MspInstance* msp = nullptr;
  };
  DWORD add_name(Named named);
  Named named(DWORD_PTR name);
  void set_name(DWORD name, Named named);
  void remove_name(DWORD name);
  std::size_t reports_waiting();

private:
  struct Report {
    Provider* provider = nullptr;
    enum class Kind : std::uint8_t { event, phone_event, completion, died } kind = Kind::event;
    DWORD message = 0; // or the request
    DWORD_PTR line = 0, call = 0;
    DWORD_PTR param1 = 0, param2 = 0, param3 = 0; // param1: or the result
    std::shared_ptr<const Block> block;
  };
  void report(const Report& report);
  void handle(const Report& report);
  void handle_event(const Report& report);
  void handle_line_event(LineDevice& line, const Report& report);
  void handle_call_event(Call& call, const Report& report);
  void new_call(const Report& report);
  static bool inside_turn(const Core* core);
  bool report_block(Report report, Block block);
  Pending* dialog_request(const Provider& provider, DWORD id);
  void ask_dialog(Provider& provider, TUISPICREATEDIALOGINSTANCEPARAMS& parameters);
  void dialog_asked(const Report& report);
  void send_dialog_data(Provider& provider, DWORD_PTR name, const void* data, DWORD_PTR size);
  void dialog_data(const Report& report);
  void send_msp_data(Provider& provider, const Report& what);
  void msp_data(LineDevice& line, const Report& report);
  void line_created(const Report& report);
  void line_removed(const Report& report);
  void line_state(LineDevice& line, DWORD states, DWORD_PTR param2, DWORD_PTR param3);
  void address_state(LineDevice& line, DWORD_PTR address, DWORD states);
  // What 1.3 gets for news it does not know: it must begin anew.
  void reinitialise_instead(App& app, DWORD message, DWORD_PTR param1);
  void end_generating(Call& call, DWORD id, DWORD reason, DWORD tick);
  void announce_device(LineDevice& line);
  void forget_reports(const Provider& provider);
  void distribute(Call& call, DWORD state, DWORD_PTR mode);
  void reply_created(Pending& request);
  Result<void> admit(Provider& provider, std::string config_json);
  Result<void> begin(Provider& provider);
  void bury(Provider& provider);
  void leave_provider(Provider& provider);
  void deliver(Client& client);
  void disconnect(Client& client);

  std::mutex mutex_;
  std::vector<Report> reports_;    // guarded
  std::size_t block_bytes_ = 0;    // guarded; of the blocks in reports_
  bool drain_posted_ = false;      // guarded
  bool overflow_logged_ = false;   // guarded
  SlotTable<Named, 32, 20> names_; // guarded
  std::vector<Report> handling_;
  bool draining_ = false;
  int depth_ = 0;
  std::vector<std::shared_ptr<Client>> scheduled_;
  bool flush_posted_ = false;
  std::unique_ptr<Watchdog> watchdog_;
  wire::Buffer scratch_;
};

// OPERATIONFAILED of the function's family.
inline LONG failed(wire::Fn function) {
  return wire::family(function) == wire::Family::phone ? PHONEERR_OPERATIONFAILED : LINEERR_OPERATIONFAILED;
}

// A request of a client on its way through its function.
struct Request {
  Core& core;
  Client& client;
  wire::Fn function;
  std::uint32_t sequence;
  wire::ReplyWriter& reply;
};

// Handles one request frame and writes the reply.
void dispatch(Core& core, Client& client, wire::Bytes frame, wire::Buffer& reply);

} // namespace tl::server
