// SPDX-License-Identifier: Apache-2.0
#include "telephony/call_params.hpp"

namespace tl::telephony {

LINECALLPARAMS* to_structure(const CallParams& params, StructureBuffer& buffer) {
  if (params == CallParams{}) return nullptr;
  const std::string* const texts[] = {&params.caller_number,       &params.target,       &params.origin,
                                      &params.displayable_address, &params.called_party, &params.comment};
  // UTF-16 takes at most two bytes for each of UTF-8; a zero ends each text.
  std::size_t room = sizeof(LINECALLPARAMS) + params.data.size() + params.user_info.size();
  for (const std::string* const text : texts) room += 2 * (text->size() + 1);
  if (buffer.size() < room) buffer.resize(room);
  auto* const out = reinterpret_cast<LINECALLPARAMS*>(buffer.data());
  *out = LINECALLPARAMS{};
  out->dwBearerMode = params.bearer_mode != 0 ? params.bearer_mode : LINEBEARERMODE_VOICE;
  out->dwMinRate = params.rate_min;
  out->dwMaxRate = params.rate_max;
  out->dwMediaMode = params.media_modes != 0 ? params.media_modes : LINEMEDIAMODE_INTERACTIVEVOICE;
  out->dwAddressMode = LINEADDRESSMODE_ADDRESSID;
  out->dwCallParamFlags = params.flags;
  out->dwNoAnswerTimeout = params.no_answer_timeout_s;
  out->dwPredictiveAutoTransferStates = params.predictive_transfer_states;
  StructureFiller filler(out, room, sizeof *out);
  // Fields of a packed structure cannot be bound to references.
#define TL_TEXT(member, field)                                                                               \
  {                                                                                                          \
    DWORD size = 0, offset = 0;                                                                              \
    filler.put_text(params.member, size, offset);                                                            \
    out->dw##field##Size = size, out->dw##field##Offset = offset;                                            \
  }
#define TL_BYTES(member, field)                                                                              \
  {                                                                                                          \
    DWORD size = 0, offset = 0;                                                                              \
    filler.put(params.member.data(), params.member.size(), size, offset);                                    \
    out->dw##field##Size = size, out->dw##field##Offset = offset;                                            \
  }
  TL_TEXT(caller_number, CallingPartyID)
  TL_TEXT(target, TargetAddress)
  TL_TEXT(origin, OrigAddress)
  TL_TEXT(displayable_address, DisplayableAddress)
  TL_TEXT(called_party, CalledParty)
  TL_TEXT(comment, Comment)
  TL_BYTES(user_info, UserUserInfo)
  TL_BYTES(data, CallData)
#undef TL_TEXT
#undef TL_BYTES
  out->dwTotalSize = filler.used();
  return out;
}

} // namespace tl::telephony
