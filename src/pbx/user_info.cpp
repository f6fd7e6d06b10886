// SPDX-License-Identifier: Apache-2.0
// User-user information between two stations of this switch [lineSendUserUserInfo]: what has come is kept
// until it is released, because its reader may still be reading.
#include "pbx/switch.hpp"

namespace tl::pbx {

bool Switch::can_send_user_info(const Connection& connection) const {
  const Connection* const peer = connection.peer();
  return connection.device->kind == DeviceKind::station && peer != nullptr &&
         peer->device->kind == DeviceKind::station;
}

LONG Switch::send_user_info(tsp::Request& request, Connection& connection, std::span<const std::byte> info) {
  constexpr DWORD states =
      LINECALLSTATE_CONNECTED | LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED | LINECALLSTATE_RINGBACK;
  if ((connection.state & states) == 0) return LINEERR_INVALCALLSTATE;
  if (!can_send_user_info(connection)) return LINEERR_OPERATIONUNAVAIL; // no trunk carries it
  if (info.size() > user_info_bytes_max) return LINEERR_USERUSERINFOTOOBIG;
  Connection& peer = *connection.peer();
  if (peer.user_info.size() >= user_infos_max) return LINEERR_RESOURCEUNAVAIL;
  request.complete();
  peer.user_info.emplace_back(reinterpret_cast<const char*>(info.data()), info.size());
  if (peer.user_info.size() == 1) report_info(peer, LINECALLINFOSTATE_USERUSERINFO);
  return 0;
}

LONG Switch::release_user_info(tsp::Request& request, Connection& connection) {
  request.complete();
  if (connection.user_info.empty()) return 0;
  connection.user_info.erase(connection.user_info.begin());
  if (!connection.user_info.empty()) report_info(connection, LINECALLINFOSTATE_USERUSERINFO);
  return 0;
}

} // namespace tl::pbx
