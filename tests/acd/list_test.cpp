// SPDX-License-Identifier: Apache-2.0
#include "acd/list.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <vector>

#include "base/random.hpp"

namespace tl::acd {
namespace {

struct Item {
  int key = 0;
  Hook<Item> hook;
};
using Items = List<Item, &Item::hook>;

std::vector<int> keys(const Items& list) {
  std::vector<int> out;
  for (const Item* p = list.first(); p; p = Items::next(*p)) out.push_back(p->key);
  return out;
}

} // namespace

TEST(List, StaysOrderedUnderRandomInsertionsAndRemovals) {
  const std::uint64_t seed = 11;
  Random random(seed);
  std::deque<Item> items(200);
  for (int i = 0; i < 200; ++i) items[static_cast<std::size_t>(i)].key = i;
  Items list;
  std::vector<int> oracle;
  auto less = [](const Item& a, const Item& b) { return a.key < b.key; };
  for (int round = 0; round < 20'000; ++round) {
    Item& item = items[random.below(items.size())];
    if (item.hook.linked) {
      list.remove(item);
      oracle.erase(std::find(oracle.begin(), oracle.end(), item.key));
    } else {
      if (random.chance(0.5))
        list.insert_early(item, less);
      else
        list.insert_late(item, less);
      oracle.insert(std::upper_bound(oracle.begin(), oracle.end(), item.key), item.key);
    }
    ASSERT_EQ(list.size(), oracle.size());
    if (round % 100 == 0) {
      ASSERT_EQ(keys(list), oracle) << "seed " << seed << " round " << round;
    }
  }
}

TEST(List, EqualKeysKeepTheirOrderOfComing) {
  Item a{1, {}}, b{1, {}}, c{1, {}};
  Items list;
  auto less = [](const Item& x, const Item& y) { return x.key < y.key; };
  list.insert_late(a, less);
  list.insert_late(b, less);
  list.insert_early(c, less);
  EXPECT_EQ(list.first(), &a);
  EXPECT_EQ(Items::next(a), &b);
  EXPECT_EQ(Items::next(b), &c);
}

} // namespace tl::acd
