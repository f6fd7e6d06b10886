// SPDX-License-Identifier: Apache-2.0
// Dialogs that providers start (LINE_CREATEDIALOGINSTANCE): each runs on a thread of its own in this process,
// its data on another [nf-tspi-tuispi_providergenericdialog, nf-tspi-tuispi_providergenericdialogdata].
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>

#include "tapi.h"
#include "wire/frame.hpp"

namespace tl::tapi32 {

class Session;
class DialogInstance;

inline constexpr std::size_t dialog_blocks_max = 1'024; // of one dialog, sent and not taken

class Dialogs {
public:
  // LINE_CREATEDIALOGINSTANCE or LINE_SENDDIALOGINSTANCEDATA. False: malformed, or dialog_blocks_max crossed.
  bool event(const std::shared_ptr<Session>& session, const wire::Event& event);
  // The server is gone: their modules are asked to close them.
  void close_all();

private:
  friend class DialogInstance;
  std::shared_ptr<DialogInstance> find(DWORD name);
  void remove(DWORD name);

  std::mutex mutex_;
  std::map<DWORD, std::shared_ptr<DialogInstance>> instances_;
};

} // namespace tl::tapi32
