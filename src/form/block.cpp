// SPDX-License-Identifier: Apache-2.0
#include "form/form.hpp"

#include <algorithm>
#include <cstring>

namespace tl::form {
namespace {

// The first value that its setting cannot have, or that has no setting.
Answer check(const Description& form, const Values& values) {
  for (const auto& [name, value] : values) {
    const auto at = std::find_if(form.settings.begin(), form.settings.end(),
                                 [&wanted = name](const Setting& each) { return each.name == wanted; });
    if (at == form.settings.end()) return {.error = "There is no setting of this name.", .setting = name};
    if (std::string why = fault(*at, value); !why.empty()) return {.error = std::move(why), .setting = name};
  }
  return {};
}

Answer done(std::string error, const char* what) {
  if (error.empty()) return {.done = what};
  return {.error = std::move(error)};
}

Answer answer_to(Owner& owner, std::string_view text) {
  auto request = read_request(text);
  if (!request) return {.error = "This is no request: " + request.error().text};
  auto form = owner.describe(request->object, request->address);
  if (!form) return {.error = "There is nothing of this kind to set here."};
  switch (request->op) {
  case Request::Op::describe: return {.description = std::move(*form)};
  case Request::Op::apply:
    if (Answer wrong = check(*form, request->values); !wrong.error.empty()) return wrong;
    return done(owner.apply(request->object, request->values), "Saved.");
  case Request::Op::choose: return done(owner.choose(request->object), "Chosen.");
  case Request::Op::remove: return done(owner.remove(request->object), "Removed.");
  }
  return {.error = "This is no request."};
}

} // namespace

std::string_view text_of(std::span<const char> block) {
  return {block.data(),
          static_cast<std::size_t>(std::find(block.begin(), block.end(), '\0') - block.begin())};
}

bool put_text(std::span<char> block, std::string_view text) {
  if (text.size() >= block.size()) return false;
  std::memcpy(block.data(), text.data(), text.size());
  std::fill(block.begin() + static_cast<std::ptrdiff_t>(text.size()), block.end(), '\0');
  return true;
}

bool answer(Owner& owner, std::span<char> block) {
  return put_text(block, write(answer_to(owner, text_of(block))));
}

} // namespace tl::form
