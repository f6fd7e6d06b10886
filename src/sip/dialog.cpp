// SPDX-License-Identifier: Apache-2.0
#include "sip/dialog.hpp"

#include <vector>

#include "sip/chars.hpp"

namespace tl::sip {
namespace {

constexpr std::size_t routes_max = 32; // of one dialog; the rest of a longer set is an attack, not a path

std::vector<std::string_view> record_routes(const Message& message) {
  std::vector<std::string_view> items;
  for (const HeaderField& field : message.headers()) {
    if (field.id != HeaderId::record_route) continue;
    for (std::string_view rest = field.value; !rest.empty() && items.size() < routes_max;) {
      const std::string_view item = take_list_item(rest);
      if (!item.empty()) items.push_back(item);
    }
  }
  return items;
}

std::string join(const std::vector<std::string_view>& items, bool reversed) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out.append(", ");
    out.append(items[reversed ? items.size() - 1 - i : i]);
  }
  return out;
}

} // namespace

std::string_view contact_uri(const Message& message) {
  std::string_view rest = message.value(HeaderId::contact);
  const auto contact = NameAddr::parse(take_list_item(rest));
  return contact ? contact->uri : std::string_view{};
}

Dialog Dialog::of_request(const Message& request) {
  Dialog dialog;
  dialog.remote_tag = request.from_tag();
  dialog.remote_target = contact_uri(request);
  if (dialog.remote_target.empty()) dialog.remote_target = request.from().uri;
  dialog.routes = join(record_routes(request), false);
  dialog.remote_cseq = request.cseq();
  dialog.has_remote_cseq = true;
  return dialog;
}

Dialog Dialog::of_response(const Message& response) {
  Dialog dialog;
  dialog.remote_tag = response.to_tag();
  dialog.remote_target = contact_uri(response);
  if (dialog.remote_target.empty()) dialog.remote_target = response.to().uri;
  dialog.routes = join(record_routes(response), true);
  return dialog;
}

void Dialog::refresh_target(const Message& message) {
  const std::string_view uri = contact_uri(message);
  if (!uri.empty()) remote_target = uri;
}

bool Dialog::in_order(const Message& request) {
  if (has_remote_cseq && request.cseq() <= remote_cseq) return false;
  remote_cseq = request.cseq();
  has_remote_cseq = true;
  return true;
}

Routing route(const Dialog& dialog) {
  Routing routing{dialog.remote_target, dialog.routes, dialog.remote_target};
  if (dialog.routes.empty()) return routing;
  std::string_view rest = dialog.routes;
  const auto first = NameAddr::parse(take_list_item(rest));
  if (!first) return routing;
  routing.next_hop = first->uri;
  const auto uri = Uri::parse(first->uri);
  if (uri && uri->param("lr")) return routing;
  // A strict router: its URI becomes the Request-URI and the target moves to the end.
  routing.uri = first->uri;
  routing.routes = trim(rest);
  if (!routing.routes.empty()) routing.routes.append(", ");
  put(routing.routes, '<', dialog.remote_target, '>');
  return routing;
}

} // namespace tl::sip
