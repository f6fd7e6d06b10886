// SPDX-License-Identifier: Apache-2.0
#ifndef TRUNKLINE_COMPAT_WINDOWS_H
#define TRUNKLINE_COMPAT_WINDOWS_H

/*
 * For programs that say #include <windows.h> but use nothing of it except its types, and completion ports for their
 * messages: put this folder on the include path (-I include/trunkline/compat) and they compile unchanged.
 */

#ifdef _WIN32
#error "this folder is for systems that have no <windows.h>: take it off the include path"
#endif

#include "../completion_port.h"
#include "../wintypes.h"

typedef struct _OVERLAPPED OVERLAPPED, *LPOVERLAPPED;

/* A port for TAPI's messages; files are not associated with ports here: file must be INVALID_HANDLE_VALUE. */
static inline HANDLE CreateIoCompletionPort(HANDLE file, HANDLE port, ULONG_PTR key, DWORD threads) {
  (void)key, (void)threads;
  return file == INVALID_HANDLE_VALUE && port == NULL ? trunkline_portCreate() : NULL;
}
static inline BOOL GetQueuedCompletionStatus(HANDLE port, LPDWORD bytes, ULONG_PTR *key, LPOVERLAPPED *overlapped,
                                             DWORD timeout_ms) {
  void *taken = NULL;
  const BOOL came = trunkline_portTake(port, bytes, key, &taken, timeout_ms);
  *overlapped = (LPOVERLAPPED)taken;
  return came;
}
static inline BOOL PostQueuedCompletionStatus(HANDLE port, DWORD bytes, ULONG_PTR key, LPOVERLAPPED overlapped) {
  return trunkline_portPost(port, bytes, key, overlapped);
}
static inline BOOL CloseHandle(HANDLE port) {
  return trunkline_portClose(port);
}
static inline HANDLE LocalFree(HANDLE message) {
  trunkline_free(message);
  return NULL;
}

#endif
