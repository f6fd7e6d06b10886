// SPDX-License-Identifier: Apache-2.0
// Dialling locations and calling cards as a form: what lineTranslateDialog shows
// [nf-tapi-linetranslatedialogw].
#pragma once

#include "form/form.hpp"
#include "server/settings.hpp"

namespace tl::server {

inline constexpr std::size_t locations_max = 64, cards_max = 64; // that the dialog lets be made

// Works on a copy of the settings; the caller keeps it if `changed()`.
class LocationForm final : public form::Owner {
public:
  explicit LocationForm(Settings settings) : settings_(std::move(settings)) {}

  std::optional<form::Description> describe(const std::string& object, const std::string& address) override;
  std::string apply(const std::string& object, const form::Values& values) override;
  std::string choose(const std::string& object) override;
  std::string remove(const std::string& object) override;

  bool changed() const { return changed_; }
  const Settings& settings() const { return settings_; }

private:
  form::Description overview(const std::string& address) const;
  std::string apply_location(Location location, const form::Values& values);
  std::string apply_card(Card card, const form::Values& values);

  Settings settings_;
  bool changed_ = false;
};

} // namespace tl::server
