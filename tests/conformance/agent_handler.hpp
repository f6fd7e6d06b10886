// SPDX-License-Identifier: Apache-2.0
// A handler of agent requests (acd-proxy): a program of its own that opened the line with
// LINEOPENOPTION_PROXY for every request type and answers each at once.
#pragma once

#include <functional>
#include <vector>

#include "app.hpp"

namespace conformance {

inline constexpr HAGENT agent_given = 0x00A6E001;
inline constexpr HAGENTSESSION session_given = 0x005E5501;

class AgentHandler {
public:
  explicit AgentHandler(DWORD device);

  bool ready() const { return line != 0; }
  // Answers what waits.
  void serve();
  LONG message(DWORD id, DWORD p1, DWORD p2, DWORD p3) { return lineProxyMessage(line, 0, id, p1, p2, p3); }

  HLINE line = 0;
  LONG error = 0;
  // Instead of the usual answer to the next requests: this result; looks at the request.
  std::function<LONG(LINEPROXYREQUEST&)> answer;
  std::vector<DWORD> asked; // every request type that came

private:
  App app_{"conformance agents"};
};

// lineOpen for these request types [nf-tapi-lineopenw].
LONG open_proxy(HLINEAPP app, DWORD device, const std::vector<DWORD>& types, HLINE& line);

} // namespace conformance
