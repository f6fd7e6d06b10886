/* SPDX-License-Identifier: Apache-2.0
 *
 * What a user interface module has beyond tspi.h's TUISPI_ functions. A module is a shared object that the TAPI
 * library loads into the application's process when a dialog is asked for: its bare file name is the provider's
 * (TSPI_providerUIIdentify), its folder the client's own, TRUNKLINE_UI_MODULES of the environment or else the
 * folder of the TAPI library. It exports the TUISPI_ functions it has.
 *
 * Events. hEvent of TUISPI_providerGenericDialog is a descriptor, an eventfd in the pointer's bits: in place of
 * SetEvent, write eight bytes: uint64_t one = 1; write((int)(intptr_t)hEvent, &one, sizeof one).
 *
 * Ids. For TUISPIDLL_OBJECT_DIALOGINSTANCE the id given to the callback is htDlgInst; the provider gets its own
 * hdDlgInst.
 */
#ifndef TRUNKLINE_UI_MODULE_H
#define TRUNKLINE_UI_MODULE_H

#include "tspi.h"

#ifdef __cplusplus
extern "C" {
#endif
TRUNKLINE_EXPORTS_BEGIN

/* dwObjectType for the server's own dialling locations and calling cards; dwObjectID is 0. The block is a
 * settings request as docs/providers.md describes it. */
#define TRUNKLINE_OBJECT_LOCATIONS 0x00000100

/* The dialog of lineTranslateDialog, which belongs to no provider: the module of this name shows it. Returns 0 or
 * a LINEERR_. lpszAddressIn may be NULL. */
#define TRUNKLINE_LOCATIONS_MODULE "terminal.tui.so"
LONG TSPIAPI TRUNKLINE_translateDialog(
    TUISPIDLLCALLBACK lpfnUIDLLCallback, DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszAddressIn);

TRUNKLINE_EXPORTS_END
#ifdef __cplusplus
}
#endif

#endif
