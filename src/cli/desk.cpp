// SPDX-License-Identifier: Apache-2.0
#include "cli/desk.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fmt/core.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "trunkline/tapi_ext.h"

namespace tl::cli {
namespace {

// Whether somebody listens there: 0, or why not (errno).
int try_socket(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return ENAMETOOLONG;
  std::memcpy(address.sun_path, path.data(), path.size());
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return errno;
  int error = ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ? 0 : errno;
  close(fd);
  return error;
}

const char* in_words(LONG result) {
  switch (result) {
  case LINEERR_OPERATIONUNAVAIL: return "not available on this line";
  case LINEERR_OPERATIONFAILED: return "the switch could not do it";
  case LINEERR_INVALCALLSTATE: return "the call is not in a state that allows it";
  case LINEERR_INVALADDRESS: return "no such number";
  case LINEERR_RESOURCEUNAVAIL: return "a limit of the server or the switch is reached";
  case LINEERR_CALLUNAVAIL: return "the line cannot take another call";
  case LINEERR_NOTOWNER: return "another program owns the call";
  case LINEERR_INVALAGENTSTATE: return "the agent cannot go to that state now";
  case LINEERR_INVALAGENTGROUP: return "the agent may not join that group";
  case LINEERR_INVALAGENTID: return "no such agent";
  case LINEERR_REINIT: return "the server is gone";
  default: return nullptr;
  }
}

} // namespace

void complain(const std::string& text) {
  fmt::print(stderr, "trunkline: {}\n", text);
}

void explain(const std::string& what, LONG result) {
  const char* words = in_words(result);
  complain(
      fmt::format("{}: {}{}", what, telephony::error_name(result), words ? fmt::format(" ({})", words) : ""));
}

Desk::Desk(const Common& common) : common_(common), telephony_("trunkline", *this) {}

int Desk::connect() {
  const std::string& server = common_.server.empty() ? common_.socket : common_.server;
  if (int error = common_.server.empty() ? try_socket(common_.socket) : 0; error != 0) {
    complain(fmt::format(
        "no server is listening at {} ({}); start one with ./run or \"trunkline serve\", or name its "
        "socket with --socket PATH",
        common_.socket, std::strerror(error)));
    return exit_no_server;
  }
  trunkline_setServer(server.c_str());
  trunkline_setCredentials(nullptr, nullptr, common_.ca.c_str());
  loop_.on_signals({SIGINT, SIGTERM, SIGHUP}, [this](int) {
    interrupted_ = true;
    stir();
  });
  if (LONG result = telephony_.initialize(loop_); result < 0) {
    char why[512] = "";
    trunkline_getConnectError(why, sizeof why);
    if (*why == 0) {
      explain("the server at " + server + " refused", result);
      return exit_failed;
    }
    complain(why);
    return exit_no_server;
  }
  return exit_ok;
}

bool Desk::wait(const std::function<bool()>& done, Duration limit) {
  bool late = false;
  Timer timer(loop_, [&] {
    late = true;
    stir();
  });
  if (limit > Duration::zero()) timer.start(limit);
  while (!done()) {
    if (late || lost_ || interrupted_) return false;
    loop_.run();
  }
  return true;
}

LONG Desk::finish(const std::function<LONG(telephony::Completion)>& start) {
  struct Answer {
    bool here = false;
    LONG result = 0;
  };
  auto answer = std::make_shared<Answer>(); // outlives this function when the server never answers
  LONG result = start([this, answer](LONG value) {
    *answer = {true, value};
    stir();
  });
  if (result < 0) return result;
  if (!wait([&] { return answer->here; }, request_wait_max)) return LINEERR_OPERATIONFAILED;
  return answer->result;
}

Address* Desk::find_line(const std::string& name) {
  if (Address* found = telephony_.address_by_number(name)) return found;
  if (Address* found = telephony_.address_by_name(name)) return found;
  complain(fmt::format("no line \"{}\"; \"trunkline lines\" shows them", name));
  return nullptr;
}

bool Desk::open(Address& address, const telephony::OpenOptions& options) {
  LONG result = address.open(options);
  if (result < 0) explain("line " + (address.number().empty() ? address.name() : address.number()), result);
  return result >= 0;
}

void Desk::lost() {
  lost_ = true;
  stir();
}

void CallDesk::call_appeared(Call& call) {
  handles_.push_back(call.handle());
}

void CallDesk::call_state(Call& call) {
  states_[call.handle()] = code(call.state());
  stir();
}

Call* CallDesk::choose(const CallChoice& choice, DWORD states, const char* wanted) {
  Address* address = find_line(choice.line);
  if (!address || !open(*address, {.monitor = true})) return nullptr;
  if (LONG result = address->find_calls(); result < 0) {
    explain("line " + choice.line, result);
    return nullptr;
  }
  std::vector<Call*> fitting;
  std::string ids;
  for (HCALL handle : handles_) {
    Call* call = telephony().call(handle);
    if (!call || &call->address() != address || !(code(call->state()) & states)) continue;
    if (choice.call_id != 0 && call->call_id() != choice.call_id) continue;
    fitting.push_back(call);
    ids += fmt::format("{}{}", ids.empty() ? "" : ", ", call->call_id());
  }
  if (fitting.size() == 1) {
    if (LONG result = fitting[0]->set_privilege(LINECALLPRIVILEGE_OWNER); result >= 0)
      return fitting[0];
    else
      explain("line " + choice.line, result);
  } else if (fitting.empty()) {
    complain(choice.call_id ? fmt::format("line {} shows no {} call {}", choice.line, wanted, choice.call_id)
                            : fmt::format("line {} shows no {} call", choice.line, wanted));
  } else {
    complain(
        fmt::format("line {} shows several {} calls; choose one with --call: {}", choice.line, wanted, ids));
  }
  return nullptr;
}

bool CallDesk::wait_state(Call& call, DWORD states, Duration limit) {
  HCALL handle = call.handle();
  constexpr DWORD over = LINECALLSTATE_IDLE | LINECALLSTATE_DISCONNECTED;
  states_[handle] = code(call.state());
  wait([&] { return (states_[handle] & (states | over)) != 0; }, limit);
  return (states_[handle] & states) != 0;
}

} // namespace tl::cli
