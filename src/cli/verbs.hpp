// SPDX-License-Identifier: Apache-2.0
// The verbs of the terminal: each is a TAPI client of a running server, in a file of its own. A verb prints
// to standard output, explains a failure on standard error and returns the program's exit code.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tl::cli {

enum ExitCode { exit_ok = 0, exit_failed = 1, exit_usage = 2, exit_no_server = 3 };

struct Common {
  std::string socket; // where the server on this machine listens
  std::string server; // one elsewhere, "tls://[user@]host:port"; empty: the one on this machine
  std::string ca;     // PEM file that vouches for it; empty: the library's rules
  bool json = false;
};

int lines(const Common& common);
int calls(const Common& common, const std::string& line); // of one line; empty: of all
int agents(const Common& common);
int queues(const Common& common);

struct WatchOptions {
  std::vector<std::string> lines; // empty: all
  std::uint32_t events_max = 0;   // ends after so many; 0: when told to
};
int watch(const Common& common, const WatchOptions& options);

struct DialOptions {
  std::string line;
  std::string number;
  std::uint32_t wait_s = 60; // for the answer; 0: returns when the switch has taken the call
};
int dial(const Common& common, const DialOptions& options);

// Which call a verb acts on: the only one that fits, or the one with this dwCallID.
struct CallChoice {
  std::string line;
  std::uint32_t call_id = 0;
};
int answer(const Common& common, const CallChoice& choice);
int drop(const Common& common, const CallChoice& choice);
int hold(const Common& common, const CallChoice& choice);
int unhold(const Common& common, const CallChoice& choice);

struct TransferOptions {
  CallChoice call;
  std::string number;
  bool consult = false;      // talk first: the transfer is completed when the other side answers
  std::uint32_t wait_s = 60; // for that answer
};
int transfer(const Common& common, const TransferOptions& options);

struct AgentOptions {
  std::vector<std::string> stations;
  bool all = false;                // every station with an agent
  std::vector<std::string> groups; // names; empty: all that may be joined
  bool ready = false;              // after the login
};
int agent_login(const Common& common, const AgentOptions& options);
int agent_ready(const Common& common, const AgentOptions& options);
int agent_not_ready(const Common& common, const AgentOptions& options);
int agent_logout(const Common& common, const AgentOptions& options);

} // namespace tl::cli
