// SPDX-License-Identifier: Apache-2.0
#include "telephony/call_params.hpp"

namespace tl::telephony {

LINECALLPARAMS* to_structure(const CallParams& params, StructureBuffer& buffer) {
  const bool plain = params.caller_number.empty() && params.data.empty() && params.target.empty() &&
                     params.no_answer_timeout_s == 0 && params.flags == 0 &&
                     params.predictive_transfer_states == 0;
  if (plain) return nullptr;
  // UTF-16 takes at most two bytes for each of UTF-8; two zeros end the texts.
  const std::size_t room = sizeof(LINECALLPARAMS) +
                           2 * (params.caller_number.size() + params.target.size() + 2) + params.data.size();
  if (buffer.size() < room) buffer.resize(room);
  auto* const out = reinterpret_cast<LINECALLPARAMS*>(buffer.data());
  *out = LINECALLPARAMS{};
  out->dwBearerMode = LINEBEARERMODE_VOICE;
  out->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
  out->dwAddressMode = LINEADDRESSMODE_ADDRESSID;
  out->dwCallParamFlags = params.flags;
  out->dwNoAnswerTimeout = params.no_answer_timeout_s;
  out->dwPredictiveAutoTransferStates = params.predictive_transfer_states;
  StructureFiller filler(out, room, sizeof *out);
  DWORD size = 0, offset = 0; // fields of a packed structure cannot be bound to references
  filler.put_text(params.caller_number, size, offset);
  out->dwCallingPartyIDSize = size, out->dwCallingPartyIDOffset = offset;
  filler.put_text(params.target, size, offset);
  out->dwTargetAddressSize = size, out->dwTargetAddressOffset = offset;
  filler.put(params.data.data(), params.data.size(), size, offset);
  out->dwCallDataSize = size, out->dwCallDataOffset = offset;
  out->dwTotalSize = filler.used();
  return out;
}

} // namespace tl::telephony
