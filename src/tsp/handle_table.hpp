// SPDX-License-Identifier: Apache-2.0
// Handles as the other side of an ABI may hold them: never pointers, checked on every use, and not reused for
// another object until 2^32 objects have passed through the same slot.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/check.hpp"

namespace tl::tsp {

template <class T> class HandleTable {
public:
  // Never 0. The object stays its owner's, who removes it before it dies.
  std::uint64_t add(T& object) {
    if (free_.empty()) {
      slots_.push_back({});
      free_.push_back(static_cast<std::uint32_t>(slots_.size() - 1));
    }
    const std::uint32_t index = free_.back();
    free_.pop_back();
    Slot& slot = slots_[index];
    ++slot.generation;
    slot.object = &object;
    return static_cast<std::uint64_t>(slot.generation) << 32 | (index + 1U);
  }

  // nullptr for 0, for what was never a handle, and for what is one no more.
  T* find(std::uint64_t handle) const {
    const std::uint64_t index = (handle & 0xFFFFFFFFU) - 1U;
    if (index >= slots_.size()) return nullptr;
    const Slot& slot = slots_[index];
    return slot.generation == handle >> 32 ? slot.object : nullptr;
  }

  void remove(std::uint64_t handle) {
    TL_CHECK(find(handle) != nullptr, "a handle is removed twice");
    const auto index = static_cast<std::uint32_t>((handle & 0xFFFFFFFFU) - 1U);
    slots_[index].object = nullptr;
    free_.push_back(index);
  }

  std::size_t size() const { return slots_.size() - free_.size(); }

private:
  struct Slot {
    T* object = nullptr;
    std::uint32_t generation = 0;
  };
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
};

} // namespace tl::tsp
