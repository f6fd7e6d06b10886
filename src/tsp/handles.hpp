// SPDX-License-Identifier: Apache-2.0
// The two sides' names for lines and calls. A provider derives its own classes from these.
#pragma once

#include <cstdint>

#include "tspi.h"

namespace tl::tsp {

// A line that the server has open: from Provider::open() to Provider::close().
class Line {
public:
  DWORD device = 0;  // counted from 0 within the provider
  DWORD version = 0; // TSPI version it was opened with
  HTAPILINE server = nullptr;
  LINEEVENT procedure = nullptr;
  std::uint64_t handle = 0; // HDRVLINE

  // LINE_LINEDEVSTATE, LINE_ADDRESSSTATE, LINE_DEVSPECIFIC, LINE_CLOSE.
  void event(DWORD message, DWORD_PTR p1 = 0, DWORD_PTR p2 = 0, DWORD_PTR p3 = 0) const {
    procedure(server, nullptr, message, p1, p2, p3);
  }
};

// A call of one line. While the server does not know it (no line open, or TSPI_lineCloseCall) both handles
// are 0 and events go nowhere.
class Call {
public:
  Line* line = nullptr;
  HTAPICALL server = nullptr;
  std::uint64_t handle = 0; // HDRVCALL

  bool known() const { return handle != 0; }
  void event(DWORD message, DWORD_PTR p1 = 0, DWORD_PTR p2 = 0, DWORD_PTR p3 = 0) const {
    if (handle != 0) line->procedure(line->server, server, message, p1, p2, p3);
  }
};

} // namespace tl::tsp
