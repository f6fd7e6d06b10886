// SPDX-License-Identifier: Apache-2.0
// The texts of forms: what a provider sends to a screen, and what a screen sends to an owner.
#include <cstdint>
#include <vector>

#include "base/check.hpp"
#include "form/form.hpp"

using namespace tl;

namespace {

class Everything final : public form::Owner {
public:
  explicit Everything(form::Description form) : form_(std::move(form)) {}
  std::optional<form::Description> describe(const std::string&, const std::string&) override { return form_; }
  std::string apply(const std::string&, const form::Values& values) override {
    for (const auto& [name, value] : values)
      for (const form::Setting& each : form_.settings)
        if (each.name == name) TL_CHECK(form::fault(each, value).empty());
    return {};
  }

private:
  form::Description form_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<char> bytes(data, data + size); // without a zero behind it
  const std::string_view text{bytes.data(), bytes.size()};
  (void)form::read_values(text);
  form::Description form{.settings = {{.name = "a", .label = "A", .max = 10}}};
  if (auto answer = form::read_answer(text); answer && answer->description) {
    form = *answer->description;
    for (const form::Setting& each : form.settings) {
      (void)form::shown(each, each.value);
      if (const auto typed = form::typed(each, text.substr(0, 20)))
        TL_CHECK(form::fault(each, *typed).empty());
    }
    TL_CHECK(form::read_answer(form::write(*answer)), "what is written can be read");
  }
  Everything owner{std::move(form)};
  bytes.resize(std::max<std::size_t>(bytes.size(), 512));
  (void)form::answer(owner, bytes);
  return 0;
}
