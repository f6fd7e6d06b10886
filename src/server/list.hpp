// SPDX-License-Identifier: Apache-2.0
// Intrusive doubly linked lists: an element is in the list through a base class per list (told apart by Tag),
// so that joining and leaving cost nothing and need no memory. An element leaves its list when destroyed.
#pragma once

#include <cstddef>

namespace tl::server {

template <class Tag> struct Link {
  Link() = default;
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;
  ~Link() { unlink(); }

  bool linked() const { return next != nullptr; }
  void unlink() {
    if (!next) return;
    previous->next = next;
    next->previous = previous;
    next = previous = nullptr;
  }

  Link* next = nullptr;
  Link* previous = nullptr;
};

// T derives from Link<Tag>. Iterators survive the removal of other elements; removing the current one while
// iterating is allowed through for_each() alone.
template <class T, class Tag> class List {
public:
  List() { head_.next = head_.previous = &head_; }
  ~List() {
    while (!empty()) head_.next->unlink();
    head_.next = head_.previous = nullptr;
  }
  List(const List&) = delete;
  List& operator=(const List&) = delete;

  bool empty() const { return head_.next == &head_; }
  bool single() const { return !empty() && head_.next == head_.previous; }
  T* front() const { return empty() ? nullptr : static_cast<T*>(head_.next); }
  void push_back(T& element) {
    Link<Tag>& link = element;
    link.unlink();
    link.next = &head_;
    link.previous = head_.previous;
    head_.previous->next = &link;
    head_.previous = &link;
  }
  // The handler may remove or destroy the element it is given, not the others.
  template <class Handler> void for_each(Handler handler) const {
    for (Link<Tag>* at = head_.next; at != &head_;) {
      Link<Tag>* const next = at->next;
      handler(*static_cast<T*>(at));
      at = next;
    }
  }
  // The first element for which `test` holds.
  template <class Test> T* find(Test test) const {
    for (Link<Tag>* at = head_.next; at != &head_; at = at->next)
      if (test(*static_cast<T*>(at))) return static_cast<T*>(at);
    return nullptr;
  }

private:
  mutable Link<Tag> head_;
};

} // namespace tl::server
