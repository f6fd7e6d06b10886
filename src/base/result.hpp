// SPDX-License-Identifier: Apache-2.0
// Errors are values: a Result is either a T or an Error whose code is one of TAPI's own (LINEERR_, PHONEERR_,
// negative) or a positive errno, with a sentence that names the thing, the value and the remedy.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include "base/check.hpp"

namespace tl {

struct Error {
  std::int32_t code = 0;
  std::string text;
};

template <class T> class [[nodiscard]] Result {
public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() { return value(); }
  const T& operator*() const { return const_cast<Result*>(this)->value(); }
  T* operator->() { return &value(); }
  T& value() {
    TL_CHECK(state_.index() == 0, std::get<1>(state_).text);
    return std::get<0>(state_);
  }
  const Error& error() const {
    TL_CHECK(state_.index() == 1);
    return std::get<1>(state_);
  }

private:
  std::variant<T, Error> state_;
};

template <> class [[nodiscard]] Result<void> {
public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), failed_(true) {}

  explicit operator bool() const { return !failed_; }
  const Error& error() const {
    TL_CHECK(failed_);
    return error_;
  }

private:
  Error error_;
  bool failed_ = false;
};

} // namespace tl
