/* SPDX-License-Identifier: Apache-2.0
 *
 * What Trunkline's TAPI library has beyond tapi.h. Programs that are to run with other TAPI libraries do not need it.
 */
#ifndef TRUNKLINE_TAPI_EXT_H
#define TRUNKLINE_TAPI_EXT_H

#include "tapi.h"

#ifdef __cplusplus
extern "C" {
#endif
TRUNKLINE_EXPORTS_BEGIN

/*
 * Chooses the server: the path of its Unix socket (UTF-8); or "tls://host:port" or "tls://user@host:port" for one on
 * another machine; or NULL for the default, which is the environment's TRUNKLINE_SERVER, else its TRUNKLINE_SOCKET, else
 * $XDG_RUNTIME_DIR/trunkline/tapi.sock if that exists, else /run/trunkline/tapi.sock. It counts from the next connection
 * on: the first lineInitializeEx or phoneInitializeEx of a process, or the first after all have been shut down. Returns 0.
 */
LONG WINAPI trunkline_setServer(const char *name);

/*
 * Who signs in at a server on another machine, and the PEM file of the authority that vouches for its certificate. NULL
 * or "" each: the environment's TRUNKLINE_USER; TRUNKLINE_USER_PASSWORD, else the first line of the file that
 * TRUNKLINE_USER_PASSWORD_FILE names; TRUNKLINE_CA, else the authorities the system trusts. A server that asks its
 * clients for certificates gets the one of TRUNKLINE_CERTIFICATE, with the key of TRUNKLINE_KEY. It counts as
 * trunkline_setServer does. Returns 0.
 */
LONG WINAPI trunkline_setCredentials(const char *user, const char *password, const char *ca_file);

/*
 * Why the last attempt to reach a server failed, as a sentence for people (UTF-8, cut to size - 1 bytes); "" when it did
 * not. lineInitializeEx itself can only say LINEERR_OPERATIONFAILED. Returns 0 or LINEERR_INVALPOINTER.
 */
LONG WINAPI trunkline_getConnectError(char *text, DWORD size);

/*
 * For a program with a loop of its own and LINEINITIALIZEEXOPTION_USEEVENT: notify(context) is called when a message
 * arrives in the empty queue of hLineApp, on the thread that put it there (the server's loop for a program in the same
 * process), and at once if messages wait already. It replaces the event handle, which is not signalled any more.
 * Wake the loop and take the messages there, with lineGetMessage(hLineApp, &message, 0), until it returns an
 * error. NULL: the event handle again. When this or lineShutdown has returned, the previous hook is not running any
 * more (unless it called them itself). Returns 0, LINEERR_INVALAPPHANDLE or LINEERR_UNINITIALIZED.
 */
LONG WINAPI trunkline_lineSetNotify(HLINEAPP hLineApp, void (*notify)(void *context), void *context);

/* The same for phoneGetMessage and hPhoneApp. Returns 0, PHONEERR_INVALAPPHANDLE or PHONEERR_UNINITIALIZED. */
LONG WINAPI trunkline_phoneSetNotify(HPHONEAPP hPhoneApp, void (*notify)(void *context), void *context);

/*
 * Why the latest dialog function of this thread failed (lineConfigDialog, lineConfigDialogEdit, lineConfigProvider,
 * lineAddProvider, lineRemoveProvider, lineTranslateDialog, phoneConfigDialog), as a sentence for people (UTF-8): its
 * user interface module is missing, crashes while it is loaded, lacks the function. Empty: nothing more is known than the
 * error says. Valid until the thread's next such function.
 */
const char *WINAPI trunkline_dialogError(void);

TRUNKLINE_EXPORTS_END
#ifdef __cplusplus
}
#endif

#endif
