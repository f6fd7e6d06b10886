// SPDX-License-Identifier: Apache-2.0
// A doubly linked list whose links lie in the members: insertion and removal cost the same whatever its
// length and allocate nothing. A member belongs to at most one list per hook.
#pragma once

#include <cstddef>

#include "base/check.hpp"

namespace tl::acd {

template <class T> struct Hook {
  T* previous = nullptr;
  T* next = nullptr;
  bool linked = false;
};

template <class T, Hook<T> T::*hook> class List {
public:
  bool empty() const { return first_ == nullptr; }
  std::size_t size() const { return size_; }
  T* first() const { return first_; }
  static T* next(const T& member) { return (member.*hook).next; }
  static bool linked(const T& member) { return (member.*hook).linked; }

  // Inserts before `at`; at the end when `at` is null.
  void insert_before(T* at, T& member) {
    Hook<T>& h = member.*hook;
    TL_CHECK(!h.linked);
    T* previous = at ? (at->*hook).previous : last_;
    h = {previous, at, true};
    (previous ? (previous->*hook).next : first_) = &member;
    (at ? (at->*hook).previous : last_) = &member;
    ++size_;
  }

  // Keeps the list ordered by `less`: searches from the end, where a newcomer belongs.
  template <class Less> void insert_late(T& member, Less less) {
    T* at = nullptr;
    for (T* p = last_; p && less(member, *p); p = (p->*hook).previous) at = p;
    insert_before(at, member);
  }
  // The same, searching from the front, where somebody who takes an old place again belongs.
  template <class Less> void insert_early(T& member, Less less) {
    T* p = first_;
    while (p && !less(member, *p)) p = (p->*hook).next;
    insert_before(p, member);
  }

  void remove(T& member) {
    Hook<T>& h = member.*hook;
    TL_CHECK(h.linked);
    (h.previous ? (h.previous->*hook).next : first_) = h.next;
    (h.next ? (h.next->*hook).previous : last_) = h.previous;
    h = {};
    --size_;
  }

private:
  T* first_ = nullptr;
  T* last_ = nullptr;
  std::size_t size_ = 0;
};

} // namespace tl::acd
