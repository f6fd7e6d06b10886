// SPDX-License-Identifier: Apache-2.0
// Functions that show a dialog: the server names the module, the module runs in this process and talks to its
// provider by a callback [functions-designed-to-generate-ui].
#pragma once

#include <string>

#include "tapi32/codes.hpp"
#include "tapi32/session.hpp"
#include "tapi32/ui_module.hpp"
#include "tspi.h"

namespace tl::tapi32 {

// Keeps the session alive during a dialog, also without an application.
class Conversation {
public:
  enum class With : std::uint8_t { application, anybody };
  Conversation(wire::Fn fn, With whom);
  ~Conversation();
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  LONG error() const { return error_; } // 0: there is a session
  Session& session() const { return *session_; }

private:
  std::shared_ptr<Session> session_;
  LONG error_ = 0;
};

// TUISPIDLLCALLBACK. It carries no context: the process has one session.
LONG CALLBACK dialog_callback(DWORD_PTR object, DWORD type, LPVOID parameters, DWORD size);

// What a module's function may return: 0 or an error.
inline LONG dialog_result(wire::Fn fn, LONG result) {
  return result <= 0 ? result : codes(fn).failed;
}

// Why the latest dialog function of this thread failed, for trunkline_dialogError.
void explain_dialog(std::string sentence);

} // namespace tl::tapi32
