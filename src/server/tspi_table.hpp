// SPDX-License-Identifier: Apache-2.0
// A provider as the server sees it: its TSPI_ functions by name. What it does not export is null, and its
// callers answer LINEERR_OPERATIONUNAVAIL.
#pragma once

#include "tspi.h"

#include "trunkline/provider_host.h"

#include <string>

#include "server/guard.hpp"

// Functions without which the server cannot speak for a line: a provider that lacks one is refused. The
// documented "Basic" list is longer by functions that may answer OPERATIONUNAVAIL (icon, device
// configuration, installation).
#define TL_TSPI_REQUIRED(X)                                                                                  \
  X(lineNegotiateTSPIVersion)                                                                                \
  X(providerEnumDevices)                                                                                     \
  X(providerInit)                                                                                            \
  X(providerShutdown)                                                                                        \
  X(lineOpen)                                                                                                \
  X(lineClose)                                                                                               \
  X(lineCloseCall)                                                                                           \
  X(lineGetDevCaps)                                                                                          \
  X(lineGetAddressCaps)                                                                                      \
  X(lineGetAddressStatus)                                                                                    \
  X(lineGetAddressID)                                                                                        \
  X(lineGetNumAddressIDs)                                                                                    \
  X(lineGetLineDevStatus)                                                                                    \
  X(lineGetCallAddressID)                                                                                    \
  X(lineGetCallInfo)                                                                                         \
  X(lineGetCallStatus)                                                                                       \
  X(lineGetID)                                                                                               \
  X(lineMakeCall)                                                                                            \
  X(lineDial)                                                                                                \
  X(lineAnswer)                                                                                              \
  X(lineDrop)                                                                                                \
  X(lineSetAppSpecific)                                                                                      \
  X(lineSetStatusMessages)                                                                                   \
  X(lineSetDefaultMediaDetection)

#define TL_TSPI_OPTIONAL(X)                                                                                  \
  X(lineAccept)                                                                                              \
  X(lineAddToConference)                                                                                     \
  X(lineBlindTransfer)                                                                                       \
  X(lineCloseMSPInstance)                                                                                    \
  X(lineCompleteCall)                                                                                        \
  X(lineCompleteTransfer)                                                                                    \
  X(lineConditionalMediaDetection)                                                                           \
  X(lineCreateMSPInstance)                                                                                   \
  X(lineDevSpecific)                                                                                         \
  X(lineDevSpecificFeature)                                                                                  \
  X(lineForward)                                                                                             \
  X(lineGatherDigits)                                                                                        \
  X(lineGenerateDigits)                                                                                      \
  X(lineGenerateTone)                                                                                        \
  X(lineGetDevConfig)                                                                                        \
  X(lineGetExtensionID)                                                                                      \
  X(lineHold)                                                                                                \
  X(lineMSPIdentify)                                                                                         \
  X(lineMonitorDigits)                                                                                       \
  X(lineMonitorMedia)                                                                                        \
  X(lineMonitorTones)                                                                                        \
  X(lineNegotiateExtVersion)                                                                                 \
  X(linePark)                                                                                                \
  X(linePickup)                                                                                              \
  X(linePrepareAddToConference)                                                                              \
  X(lineReceiveMSPData)                                                                                      \
  X(lineRedirect)                                                                                            \
  X(lineReleaseUserUserInfo)                                                                                 \
  X(lineRemoveFromConference)                                                                                \
  X(lineSecureCall)                                                                                          \
  X(lineSelectExtVersion)                                                                                    \
  X(lineSendUserUserInfo)                                                                                    \
  X(lineSetCallData)                                                                                         \
  X(lineSetCallParams)                                                                                       \
  X(lineSetCallQualityOfService)                                                                             \
  X(lineSetCallTreatment)                                                                                    \
  X(lineSetDevConfig)                                                                                        \
  X(lineSetLineDevStatus)                                                                                    \
  X(lineSetMediaControl)                                                                                     \
  X(lineSetMediaMode)                                                                                        \
  X(lineSetTerminal)                                                                                         \
  X(lineSetupConference)                                                                                     \
  X(lineSetupTransfer)                                                                                       \
  X(lineSwapHold)                                                                                            \
  X(lineUncompleteCall)                                                                                      \
  X(lineUnhold)                                                                                              \
  X(lineUnpark)                                                                                              \
  X(phoneClose)                                                                                              \
  X(phoneDevSpecific)                                                                                        \
  X(phoneGetButtonInfo)                                                                                      \
  X(phoneGetData)                                                                                            \
  X(phoneGetDevCaps)                                                                                         \
  X(phoneGetDisplay)                                                                                         \
  X(phoneGetExtensionID)                                                                                     \
  X(phoneGetGain)                                                                                            \
  X(phoneGetHookSwitch)                                                                                      \
  X(phoneGetID)                                                                                              \
  X(phoneGetLamp)                                                                                            \
  X(phoneGetRing)                                                                                            \
  X(phoneGetStatus)                                                                                          \
  X(phoneGetVolume)                                                                                          \
  X(phoneNegotiateExtVersion)                                                                                \
  X(phoneNegotiateTSPIVersion)                                                                               \
  X(phoneOpen)                                                                                               \
  X(phoneSelectExtVersion)                                                                                   \
  X(phoneSetButtonInfo)                                                                                      \
  X(phoneSetData)                                                                                            \
  X(phoneSetDisplay)                                                                                         \
  X(phoneSetGain)                                                                                            \
  X(phoneSetHookSwitch)                                                                                      \
  X(phoneSetLamp)                                                                                            \
  X(phoneSetRing)                                                                                            \
  X(phoneSetStatusMessages)                                                                                  \
  X(phoneSetVolume)                                                                                          \
  X(providerCreateLineDevice)                                                                                \
  X(providerCreatePhoneDevice)                                                                               \
  X(providerFreeDialogInstance)                                                                              \
  X(providerGenericDialogData)                                                                               \
  X(providerUIIdentify)

namespace tl::server {

struct ProviderTable {
#define TL_MEMBER(name) Tspi<decltype(&::TSPI_##name)> name;
  TL_TSPI_REQUIRED(TL_MEMBER)
  TL_TSPI_OPTIONAL(TL_MEMBER)
#undef TL_MEMBER
  trunkline_provider_attach attach = nullptr;
};

// From now on every call passes `guard`.
void watch(ProviderTable& table, Guard& guard);

// Fills `table` with the exports of an opened shared object (dlopen's handle).
void resolve(ProviderTable& table, void* library);

// The required functions that `table` lacks, "TSPI_lineOpen, TSPI_lineClose"; empty when none.
std::string missing_functions(const ProviderTable& table);

} // namespace tl::server
