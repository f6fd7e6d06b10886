// SPDX-License-Identifier: Apache-2.0
#include "main/users.hpp"

#include <gtest/gtest.h>

using namespace tl::program;

namespace {

TEST(PasswordHash, IsNewEachTimeAndMatchesItsPasswordAlone) {
  const std::string one = hash_password("correct horse"), other = hash_password("correct horse");
  EXPECT_NE(one, other) << "the salt";
  EXPECT_EQ(one.rfind("scrypt$16384$8$1$", 0), 0u) << one;
  const auto parsed = parse_password_hash(one);
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(password_matches(*parsed, "correct horse"));
  EXPECT_FALSE(password_matches(*parsed, "correct hors"));
  EXPECT_FALSE(password_matches(*parsed, ""));
}

// RFC 7914 section 12: the salt "NaCl" is shorter than ours, so this is our own form of a vector made with
// another implementation (Python's hashlib.scrypt).
TEST(PasswordHash, IsScrypt) {
  const auto hash = parse_password_hash("scrypt$1024$8$1$000102030405060708090a0b0c0d0e0f$"
                                        "3a7c0782a4dbdf543acd7c522fe853d9b34abb8af27a5c6597488cdf228140b5");
  ASSERT_TRUE(hash);
  EXPECT_TRUE(password_matches(*hash, "password"));
}

TEST(PasswordHash, WhatIsNoHashIsRefused) {
  const std::string good = hash_password("x");
  const std::string rest = good.substr(good.find("$8$1$"));
  ASSERT_TRUE(parse_password_hash("scrypt$16384" + rest));
  for (const std::string& bad :
       {std::string{}, std::string{"secret"}, good + "$", good + "0", good.substr(1), "scrypt$16383" + rest,
        "scrypt$0" + rest, "scrypt$-1" + rest, "scrypt$16777216" + rest, "scrypt$99999999999999999999" + rest,
        "bcrypt$16384" + rest, good.substr(0, good.size() - 1) + "g"})
    EXPECT_FALSE(parse_password_hash(bad)) << bad;
}

} // namespace
