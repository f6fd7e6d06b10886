// SPDX-License-Identifier: Apache-2.0
// The site file: whatever a person or a script wrote into it, and what a provider is then given.
#include <cstdint>
#include <nlohmann/json.hpp>

#include "base/check.hpp"
#include "main/site.hpp"

using namespace tl;
using namespace tl::program;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const Result<Site> site = parse_site(text, "site.toml");
  if (!site) {
    // One mistake, one line that a terminal can show.
    const std::string& message = site.error().text;
    TL_CHECK(message.starts_with("site.toml:"), message);
    for (const unsigned char c : message) TL_CHECK(c == '\n' || (c >= ' ' && c != 0x7F), message);
    return 0;
  }
  TL_CHECK(nlohmann::json::accept(switch_json(*site)), switch_json(*site));
  for (const ProviderEntry& provider : (*site).providers)
    TL_CHECK(provider.config_json.empty() || nlohmann::json::accept(provider.config_json),
             provider.config_json);
  return 0;
}
