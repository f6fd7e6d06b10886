// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "cli/desk.hpp"
#include "cli/names.hpp"
#include "cli/output.hpp"

namespace tl::cli {
namespace {

using Json = nlohmann::json;
using telephony::CallInfo;
using telephony::Party;

std::string line_name(const Address& address) {
  return printable(address.number().empty() ? address.name() : address.number());
}

std::string party_text(const Party& party) {
  if (party.number.empty() && party.name.empty()) return "?";
  return printable(party.name.empty() || party.name == party.number ? party.number
                                                                    : party.number + " " + party.name);
}

Json party_json(const Party& party) {
  return {{"number", party.number}, {"name", party.name}};
}

class WatchDesk final : public Desk {
public:
  WatchDesk(const Common& common, std::uint32_t events_max)
      : Desk(common), left_(events_max), limited_(events_max > 0) {}
  ~WatchDesk() override { telephony().shutdown(); }

  bool watch(Address& address) {
    if (!open(address, {.monitor = true})) return false;
    address.set_status_messages(LINEDEVSTATE_OUTOFSERVICE | LINEDEVSTATE_INSERVICE | LINEDEVSTATE_CONNECTED |
                                    LINEDEVSTATE_DISCONNECTED | LINEDEVSTATE_MAINTENANCE,
                                0);
    address.find_calls();
    ++watched_;
    return true;
  }
  // From here on nothing is missed: what a script waits for before it begins. Calls that are there already
  // may have been shown before. It is no event of a line, so --count does not count it.
  void say_ready() {
    if (json())
      print_line({{"event", "watching"}, {"at", timestamp_text(loop().now())}, {"lines", watched_}});
    else
      fmt::print(stderr, "watching {} line{}; Ctrl-C ends it\n", watched_, watched_ == 1 ? "" : "s");
  }
  bool full() const { return limited_ && left_ == 0; }

  void call_appeared(Call& call) override { remember(call); }

  void call_state(Call& call) override {
    auto known = infos_.find(call.handle());
    // UNKNOWN says nothing yet: the state the switch reports follows at once.
    if (known == infos_.end() || call.state() == LINECALLSTATE_UNKNOWN) return;
    const CallInfo& info = known->second;
    std::string state = telephony::call_state_name(call.state());
    std::string mode = call.state() == LINECALLSTATE_DISCONNECTED ? disconnect_mode_name(call.mode()) : "";
    std::string text = fmt::format("call {:<5} {}{}{}", info.call_id, state, mode.empty() ? "" : " ", mode);
    if (call.state() == LINECALLSTATE_OFFERING)
      text += fmt::format("  from {} to {}  {}", party_text(info.caller), party_text(info.called),
                          reason_name(code(info.reason)));
    else if (call.state() == LINECALLSTATE_CONNECTED && !info.connected.number.empty())
      text += "  with " + party_text(info.connected);
    else if (call.state() == LINECALLSTATE_IDLE && !info.redirection.number.empty())
      text += "  sent to " + party_text(info.redirection);
    show(call.address(), text,
         {{"event", "call_state"},
          {"call_id", info.call_id},
          {"state", state},
          {"mode", mode},
          {"reason", reason_name(code(info.reason))},
          {"caller", party_json(info.caller)},
          {"called", party_json(info.called)},
          {"connected", party_json(info.connected)},
          {"redirection", party_json(info.redirection)}});
    if (call.state() == LINECALLSTATE_IDLE) infos_.erase(known);
  }

  void call_info(Call& call, DWORD changed) override {
    if (!infos_.contains(call.handle())) return;
    remember(call);
    // Who owns and monitors is about programs, not about the call's way.
    constexpr DWORD programs =
        LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMOWNERDECR | LINECALLINFOSTATE_NUMMONITORS;
    if ((changed & ~programs) == 0) return;
    const CallInfo& info = infos_[call.handle()];
    show(call.address(), fmt::format("call {:<5} info {}", info.call_id, info_names(changed & ~programs)),
         {{"event", "call_info"},
          {"call_id", info.call_id},
          {"changed", info_names(changed)},
          {"caller", party_json(info.caller)},
          {"called", party_json(info.called)},
          {"connected", party_json(info.connected)},
          {"redirection", party_json(info.redirection)},
          {"redirecting", party_json(info.redirecting)}});
  }

  void agent_status(Address& address, DWORD changed, DWORD state) override {
    std::string name = changed & LINEAGENTSTATUS_STATE ? telephony::agent_state_name(state) : "";
    show(address, fmt::format("agent {}{}{}", agent_change_names(changed), name.empty() ? "" : " ", name),
         {{"event", "agent_status"}, {"changed", agent_change_names(changed)}, {"state", name}});
  }

  void queue_status(Address& address, DWORD queue_id, DWORD changed) override {
    show(address, fmt::format("queue {} {}", queue_id, queue_change_names(changed)),
         {{"event", "queue_status"}, {"queue_id", queue_id}, {"changed", queue_change_names(changed)}});
  }

  void line_state(Address& address, DWORD state, DWORD, DWORD) override {
    const char* name = state & LINEDEVSTATE_OUTOFSERVICE   ? "out of service"
                       : state & LINEDEVSTATE_INSERVICE    ? "in service"
                       : state & LINEDEVSTATE_CONNECTED    ? "reachable"
                       : state & LINEDEVSTATE_DISCONNECTED ? "not reachable"
                                                           : nullptr;
    if (name) show(address, name, {{"event", "line_state"}, {"state", name}});
  }

  void line_closed(Address& address) override { show(address, "line closed", {{"event", "line_closed"}}); }
  void line_removed(Address& address) override { show(address, "line removed", {{"event", "line_removed"}}); }
  void line_created(Address& address) override {
    show(address, "line created", {{"event", "line_created"}});
    watch(address);
  }
  void proxy_status(Address& address, DWORD status, DWORD request) override {
    const char* name = status == LINEPROXYSTATUS_OPEN    ? "handler opened"
                       : status == LINEPROXYSTATUS_CLOSE ? "handler closed"
                                                         : nullptr;
    if (name)
      show(address, fmt::format("agent {} ({})", name, request),
           {{"event", "proxy_status"}, {"status", name}, {"request", request}});
  }

private:
  void remember(Call& call) {
    CallInfo info;
    if (call.info(info) >= 0) infos_[call.handle()] = std::move(info);
  }

  void show(const Address& address, const std::string& text, Json event) {
    if (full()) return;
    Time now = loop().now();
    if (Desk::json()) {
      event["at"] = timestamp_text(now);
      event["line"] = line_name(address);
      event["kind"] = telephony::to_string(address.kind());
      print_line(event);
    } else {
      print(fmt::format("{}  {:<11} {:<10} {}\n", clock_text(now), telephony::to_string(address.kind()),
                        line_name(address), text));
    }
    if (limited_ && --left_ == 0) stir();
  }

  std::unordered_map<HCALL, CallInfo> infos_;
  std::size_t watched_ = 0;
  std::uint32_t left_;
  bool limited_;
};

} // namespace

int watch(const Common& common, const WatchOptions& options) {
  WatchDesk desk(common, options.events_max);
  if (int failed = desk.connect(); failed) return failed;
  if (options.lines.empty())
    for (const auto& address : desk.telephony().addresses())
      if (!desk.watch(*address)) return exit_failed;
  for (const std::string& name : options.lines) {
    Address* address = desk.find_line(name);
    if (!address || !desk.watch(*address)) return exit_failed;
  }
  desk.say_ready();
  desk.wait([&desk] { return desk.full(); }, Duration::zero());
  if (desk.server_lost()) {
    complain("the server is gone");
    return exit_failed;
  }
  return exit_ok; // Ctrl-C is how a watch ends
}

} // namespace tl::cli
