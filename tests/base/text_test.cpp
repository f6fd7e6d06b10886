// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/text.hpp"

namespace tl {

TEST(Text, RoundTripsEveryPlane) {
  const std::u16string text = u"Zoë 東京 \U0001F4DE";
  EXPECT_EQ(to_utf16(to_utf8(text)), text);
  EXPECT_EQ(to_utf8(u"\U0001F4DE"), "\xF0\x9F\x93\x9E");
}

TEST(Text, IllFormedInputBecomesReplacementCharacters) {
  EXPECT_EQ(to_utf16("a\xFFz"), u"a\xFFFDz");
  EXPECT_EQ(to_utf16("\xE6\x9D"), u"\xFFFD");        // cut short
  EXPECT_EQ(to_utf16("\xC0\xAF"), u"\xFFFD\xFFFD");  // overlong
  EXPECT_EQ(to_utf16("\xED\xA0\x80"), u"\xFFFD\xFFFD\xFFFD"); // a surrogate
  const char16_t lone[] = {u'a', 0xD800, u'z'};
  EXPECT_EQ(to_utf8({lone, 3}), "a\xEF\xBF\xBDz");
}

} // namespace tl
