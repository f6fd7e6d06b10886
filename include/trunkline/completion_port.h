/* SPDX-License-Identifier: Apache-2.0
 *
 * LINEINITIALIZEEXOPTION_USECOMPLETIONPORT (and PHONE...) on systems without I/O completion ports: a queue of
 * packets from which any number of threads take, each packet by one of them. The application makes a port, puts it
 * into Handles.hCompletionPort of LINEINITIALIZEEXPARAMS with a dwCompletionKey of its own, and takes messages: each
 * is a packet with that key whose `overlapped` points to a LINEMESSAGE (PHONEMESSAGE), which the application frees
 * with trunkline_free. It can post packets of its own, to end its threads for example.
 *
 * Programs for Windows need none of these names: compat/windows.h gives them CreateIoCompletionPort,
 * GetQueuedCompletionStatus, PostQueuedCompletionStatus, CloseHandle and LocalFree over them.
 */
#ifndef TRUNKLINE_COMPLETION_PORT_H
#define TRUNKLINE_COMPLETION_PORT_H

#include "wintypes.h"

#ifdef __cplusplus
extern "C" {
#endif
TRUNKLINE_EXPORTS_BEGIN

/* NULL when the system has no descriptor left. */
HANDLE WINAPI trunkline_portCreate(void);
/*
 * Takes the next packet: 1, or 0 when none came within timeout_ms (INFINITE: no limit) or the port was closed meanwhile.
 * Packets of one application come in the order of its messages, although threads may then overtake each other. Do
 * not wait on the loop of a server in the same process: the messages come from there.
 */
int WINAPI trunkline_portTake(HANDLE port, DWORD *bytes, ULONG_PTR *key, void **overlapped, DWORD timeout_ms);
/* 1, or 0 when port is none or holds too many packets already. */
int WINAPI trunkline_portPost(HANDLE port, DWORD bytes, ULONG_PTR key, void *overlapped);
/*
 * A descriptor for poll: readable while packets wait. Take with a timeout of 0 then, until there are none. -1 when port is
 * none.
 */
int WINAPI trunkline_portDescriptor(HANDLE port);
/*
 * Ends the port: its waiting threads return 0. 1, or 0 when port is none. Shut its applications down first: their
 * messages would find no taker, and their connection would end at the limit for messages that are not taken.
 */
int WINAPI trunkline_portClose(HANDLE port);
/* Frees a LINEMESSAGE or PHONEMESSAGE that came from a port. NULL is allowed. */
void WINAPI trunkline_free(void *message);

TRUNKLINE_EXPORTS_END
#ifdef __cplusplus
}
#endif

#endif
