// SPDX-License-Identifier: Apache-2.0
// What a running Telephony keeps: its calls, its outstanding operations, and the way it hears of messages.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/loop.hpp"
#include "telephony/completions.hpp"
#include "telephony/requests.hpp"
#include "telephony/structure.hpp"
#include "telephony/waits.hpp"
#include "trunkline/telephony.hpp"

namespace tl::telephony {

// What is left after so many messages waits for another turn of the loop, so that nothing else starves.
inline constexpr int messages_per_turn_max = 64;
// A call beyond these is given back to the server at once (lineDeallocateCall) and not shown.
inline constexpr std::size_t calls_max = 262'144;
// A server that has more lines is refused: LINEERR_RESOURCEUNAVAIL.
inline constexpr DWORD lines_max = 262'144;
// Digits of one gather_digits(), and gatherings under way: LINEERR_INVALPARAM, LINEERR_REQUESTOVERRUN.
inline constexpr DWORD gather_digits_max = 1024;
inline constexpr std::size_t gathers_max = 65'536;

// The versions of the API that this code is written to.
inline constexpr DWORD api_version_low = 0x00020000;
inline constexpr DWORD api_version_high = 0x00020002;

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class T> using ByText = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

// The digit buffers of one call. The library writes to one when its LINE_GATHERDIGITS is taken, unless the
// handle was given up with lineDeallocateCall: all stay until every gathering has ended.
struct Gathers {
  std::vector<std::vector<char16_t>> buffers;
  std::size_t ended = 0;
};

// The upper bits are a device-specific substate [linecallstate--constants].
inline constexpr DWORD call_state_bits = 0x00FFFFFF;

struct Telephony::State : std::enable_shared_from_this<Telephony::State> {
  State(Telephony& owner, Loop* its_loop) : telephony(owner), loop(its_loop), waits(its_loop) {}

  Telephony& telephony;
  Loop* loop; // nullptr: the program polls the descriptor
  bool draining = false;
  bool stopped = false;
  bool is_lost = false;

  std::unordered_map<HCALL, CallPtr> calls; // never iterated: a line's calls are its list
  std::unordered_map<HCALL, Gathers> gathers;
  std::size_t gathering = 0;
  Requests requests;
  Requests phone_requests; // the ids of phones are numbers of their own
  Waits waits;
  bool tracking_hubs = false;
  std::map<DWORD, std::unique_ptr<CallHub>> hubs;
  std::vector<Task<>> tasks; // of spawn()
  StructureBuffer buffer;    // for synchronous questions; never in use across a callback

  std::unordered_map<DWORD, Address*> by_device;
  std::unordered_map<DWORD, Phone*> phone_by_device;
  ByText<Address*> by_number;
  ByText<Address*> by_name;

  // The library's notify hook (any thread), and what it brings about on the loop.
  static void notified(void* state);
  void wake();
  // Takes and delivers messages; true when it stopped at the bound and more may wait.
  bool drain();

  void enter_names(Address& address);
  void leave_names(Address& address);

  // The new Call, or nullptr when the handle is 0, known already, or one too many.
  Call* add_call(Address& address, HCALL handle, DWORD privilege);
  Call* find_call(HCALL handle);
  // Ends the object and what waits for it; the handle is the caller's concern.
  void end_call(Call& call, LONG result = LINEERR_INVALCALLHANDLE);
  void end_calls(Address& address); // with its line: LINEERR_OPERATIONFAILED
  void forget_gathers(HCALL handle);
  // A call a completion made: known already, or new. nullptr for a handle of no use.
  Call* made_call(Address& address, HCALL handle);
  // call_state() with what was learned, and the end of a call that is IDLE.
  void report_state(Call& call, DWORD state, DWORD mode, DWORD privilege);
  // Puts the call where its dwCallID says, when hubs are tracked.
  void join_hub(Call& call);
  void leave_hub(Call& call);
  // Takes messages of the line and of the phone application; true when it stopped at the bound.
  bool drain_lines(int messages_max);
  bool drain_phones(int messages_max);
  void forget_tasks();

  // Starts a C function that has no answer but its result.
  template <class Start> LONG start(Address& address, Completion done, Start function) {
    if (requests.full()) return LINEERR_REQUESTOVERRUN;
    const LONG id = function();
    // Nobody waits: the reply will find nobody.
    if (id <= 0 || !done) return id == 0 ? LINEERR_OPERATIONFAILED : id;
    return requests.add(id, std::make_shared<ResultRequest>(address, std::move(done)));
  }
  // Starts a C function that writes one value: `function(T*)`.
  template <class T, class Start>
  LONG start_value(Address& address, std::function<void(LONG, const T&)> done, Start function) {
    if (requests.full(true)) return LINEERR_REQUESTOVERRUN;
    auto request = std::make_shared<ValueRequest<T>>(address, std::move(done));
    const LONG id = function(request->value());
    return requests.add(id, std::move(request));
  }
  // Starts a C function that changes a block: `function(bytes, size)`.
  template <class Start>
  LONG start_block(Address& address, std::string block, std::function<void(LONG, std::string_view)> done,
                   Start function) {
    if (block.size() > structure_size_max_bytes) return LINEERR_INVALPARAM;
    if (requests.full(true)) return LINEERR_REQUESTOVERRUN;
    auto request = std::make_shared<BlockRequest>(address, std::move(block), std::move(done));
    std::string& bytes = request->block();
    const LONG id = function(bytes.data(), static_cast<DWORD>(bytes.size()));
    return requests.add(id, std::move(request));
  }
  // Starts a C function that makes a call: `function(LPHCALL)`.
  template <class Start> LONG start_call(Address& address, CallMade done, Start function) {
    if (requests.full(true)) return LINEERR_REQUESTOVERRUN;
    auto request = std::make_shared<CallRequest>(*this, address, std::move(done));
    const LONG id = function(request->handle());
    return requests.add(id, std::move(request));
  }
  // Starts a C function that fills a structure: `ask(T*)`, asked again with more room when it was cut. `done`
  // gets the result and the structure.
  template <class T>
  LONG start_structure(Address& address, std::function<LONG(T*)> ask,
                       std::function<void(LONG, const T&, const StructureView&)> done, bool of_line = true) {
    if (requests.full(true)) return LINEERR_REQUESTOVERRUN;
    auto request = std::make_shared<StructureRequest<T>>(address, std::move(ask), std::move(done), of_line);
    const LONG id = request->ask();
    return requests.add(id, std::move(request));
  }

private:
  class CallRequest final : public Request {
  public:
    CallRequest(State& state, Address& address, CallMade done)
        : Request(address), address_(address), state_(state), done_(std::move(done)) {}
    HCALL* handle() { return &handle_; }
    void complete(LONG result) override;
    std::size_t answer_bytes() const override { return sizeof(*this); }

  private:
    Address& address_;
    State& state_;
    CallMade done_;
    HCALL handle_ = 0;
  };
};

} // namespace tl::telephony
