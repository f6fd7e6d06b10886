// SPDX-License-Identifier: Apache-2.0
// Who owns a form, at the other end of TUISPIDLLCALLBACK.
#pragma once

#include "tspi.h"

#include "form/form.hpp"

namespace tl::tui {

class Owner {
public:
  Owner(TUISPIDLLCALLBACK callback, DWORD_PTR id, DWORD type) : callback_(callback), id_(id), type_(type) {}

  // The error's code is what the callback gave, or LINEERR_OPERATIONFAILED for an answer that is none.
  Result<form::Answer> ask(const form::Request& request) const;

private:
  TUISPIDLLCALLBACK callback_;
  DWORD_PTR id_;
  DWORD type_;
};

} // namespace tl::tui
