// SPDX-License-Identifier: Apache-2.0
// Ids that outsiders hold: index and generation in one number, so that a stale or invented id finds nothing.
// Freed slots are used again in order of freeing, which keeps a stale id wrong for as long as possible.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/check.hpp"

namespace tl::server {

// Ids are 1 .. 2^id_bits - 1; the lower index_bits count the slots.
template <class Value, unsigned id_bits, unsigned index_bits> class SlotTable {
public:
  static constexpr std::size_t slots_possible = (std::size_t{1} << index_bits) - 1;

  explicit SlotTable(std::size_t slots_max)
      : slots_max_(slots_max < slots_possible ? slots_max : slots_possible) {}

  // 0 when full.
  std::uint32_t add(Value value) {
    if (used_ >= slots_max_) return 0;
    std::uint32_t index = first_free_;
    if (index == none) {
      index = static_cast<std::uint32_t>(slots_.size());
      slots_.push_back({});
    } else {
      first_free_ = slots_[index].next_free;
      if (first_free_ == none) last_free_ = none;
    }
    Slot& slot = slots_[index];
    slot.generation = slot.generation >= generation_max ? 1 : slot.generation + 1;
    slot.value = value;
    slot.used = true;
    ++used_;
    return (slot.generation << index_bits) | index;
  }
  // The value, or a default one for an id that names nothing.
  Value get(std::uint32_t id) const {
    const Slot* slot = find(id);
    return slot ? slot->value : Value{};
  }
  void set(std::uint32_t id, Value value) {
    Slot* slot = const_cast<Slot*>(find(id));
    TL_CHECK(slot != nullptr);
    slot->value = value;
  }
  void remove(std::uint32_t id) {
    Slot* slot = const_cast<Slot*>(find(id));
    TL_CHECK(slot != nullptr);
    slot->value = Value{};
    slot->used = false;
    slot->next_free = none;
    --used_;
    const std::uint32_t index = id & index_mask;
    if (last_free_ == none)
      first_free_ = index;
    else
      slots_[last_free_].next_free = index;
    last_free_ = index;
  }
  std::size_t size() const { return used_; }

private:
  struct Slot {
    Value value{};
    std::uint32_t generation = 0;
    std::uint32_t next_free = none;
    bool used = false;
  };
  static constexpr std::uint32_t none = 0xFFFFFFFFU;
  static constexpr std::uint32_t index_mask = (std::uint32_t{1} << index_bits) - 1;
  static constexpr std::uint32_t generation_max = (std::uint32_t{1} << (id_bits - index_bits)) - 1;

  const Slot* find(std::uint32_t id) const {
    const std::uint32_t index = id & index_mask;
    if (index >= slots_.size()) return nullptr;
    const Slot& slot = slots_[index];
    return slot.used && slot.generation == id >> index_bits ? &slot : nullptr;
  }

  std::size_t slots_max_;
  std::size_t used_ = 0;
  std::vector<Slot> slots_;
  std::uint32_t first_free_ = none;
  std::uint32_t last_free_ = none;
};

} // namespace tl::server
