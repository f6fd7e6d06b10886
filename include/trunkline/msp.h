/* SPDX-License-Identifier: Apache-2.0
 *
 * The application's end of the connection between a telephony service provider and a media service provider (MSP).
 * TAPI 3's own library makes it behind ITAddress; TAPI 2.2 has no C function for it, so Trunkline's TAPI library
 * offers these four. What the blocks mean is between the two providers; TAPI carries them.
 *
 * An instance belongs to an open line and ends with it. Blocks in either direction arrive in the order in which they were
 * sent, each at most TRUNKLINE_MSP_BYTES_MAX bytes.
 */
#ifndef TRUNKLINE_MSP_H
#define TRUNKLINE_MSP_H

#include "tapi.h"

#ifdef __cplusplus
extern "C" {
#endif
TRUNKLINE_EXPORTS_BEGIN

DECLARE_OPAQUE32(HMSPLINE);
#define TRUNKLINE_MSP_BYTES_MAX 65536

/* A block from the provider, valid during the call; hCall is 0 when it is about no call. pData NULL: the instance
 * has ended with its line or with the connection to the server, and nothing follows; it does not come after
 * trunkline_lineCloseMSPInstance, nor when the process has no application left. It runs on a thread of the library, one block after another for all instances of
 * the process; in the server's own process, on the server's loop. */
typedef void(CALLBACK *TRUNKLINE_MSPCALLBACK)(
    HMSPLINE hMSPLine, HCALL hCall, const void *pData, DWORD dwSize, void *pContext);

/* The class id of the MSP that belongs to the line's provider. 0; LINEERR_OPERATIONUNAVAIL: there is none;
 * LINEERR_BADDEVICEID, NODEVICE, NODRIVER, INVALPOINTER, UNINITIALIZED, OPERATIONFAILED. */
LONG WINAPI trunkline_lineMSPIdentify(DWORD dwDeviceID, GUID *pCLSID);

/* Opens an instance on an address of an open line. The callback may run before this returns. 0; LINEERR_
 * INVALLINEHANDLE, INVALADDRESSID, INVALPOINTER, OPERATIONUNAVAIL, RESOURCEUNAVAIL, UNINITIALIZED, OPERATIONFAILED. */
LONG WINAPI trunkline_lineCreateMSPInstance(HLINE hLine, DWORD dwAddressID, TRUNKLINE_MSPCALLBACK lpfnCallback,
                                            void *pContext, HMSPLINE *phMSPLine);

/* When it has returned, the callback is not running for this instance any more (unless it called this itself) and
 * will not be called. 0; LINEERR_INVALPARAM: it is none of this process, or has ended. */
LONG WINAPI trunkline_lineCloseMSPInstance(HMSPLINE hMSPLine);

/* A block for the provider (TSPI_lineReceiveMSPData). hCall: a call of the instance's line, or 0. 0; LINEERR_
 * INVALPARAM: the instance is none, or the block is too large; INVALCALLHANDLE, INVALPOINTER, OPERATIONUNAVAIL, what the
 * provider answers. */
LONG WINAPI trunkline_lineSendMSPData(HMSPLINE hMSPLine, HCALL hCall, const void *pData, DWORD dwSize);

TRUNKLINE_EXPORTS_END
#ifdef __cplusplus
}
#endif

#endif
