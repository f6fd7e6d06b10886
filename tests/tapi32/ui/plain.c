/* SPDX-License-Identifier: Apache-2.0 */
/* A user interface module for tests: it talks to its provider and shows nothing. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <trunkline/ui_module.h>
#include <unistd.h>

/* Tells the provider something in a block of 64 bytes; the provider answers in the same place. */
static LONG tell(TUISPIDLLCALLBACK callback, DWORD_PTR id, DWORD type, const char* what, char answer[64]) {
  memset(answer, 0, 64);
  snprintf(answer, 64, "%s", what);
  return callback(id, type, answer, 64);
}

/* A device class is the test's script: "refuse", "odd", else what the provider must say. */
static LONG play(TUISPIDLLCALLBACK callback, DWORD_PTR id, DWORD type, LPCWSTR script) {
  char answer[64], wanted[64] = "";
  for (size_t i = 0; script != NULL && script[i] != 0 && i < sizeof wanted - 1; ++i)
    wanted[i] = (char)script[i];
  if (strcmp(wanted, "refuse") == 0) return LINEERR_INVALDEVICECLASS;
  if (strcmp(wanted, "odd") == 0) return 5;
  const LONG told = tell(callback, id, type, "hello", answer);
  if (told != 0) return told;
  return strcmp(answer, "HELLO") == 0 ? 0 : LINEERR_RESOURCEUNAVAIL;
}

LONG TSPIAPI TUISPI_lineConfigDialog(TUISPIDLLCALLBACK callback, DWORD device, HWND owner,
                                     LPCWSTR device_class) {
  (void)owner;
  return play(callback, device, TUISPIDLL_OBJECT_LINEID, device_class);
}

LONG TSPIAPI TUISPI_lineConfigDialogEdit(TUISPIDLLCALLBACK callback, DWORD device, HWND owner,
                                         LPCWSTR device_class, LPVOID const in, DWORD size, LPVARSTRING out) {
  (void)owner;
  const LONG result = play(callback, device, TUISPIDLL_OBJECT_LINEID, device_class);
  if (result != 0) return result;
  out->dwNeededSize = (DWORD)sizeof *out + size;
  out->dwUsedSize = (DWORD)sizeof *out;
  if (out->dwTotalSize < out->dwNeededSize) return LINEERR_STRUCTURETOOSMALL;
  out->dwUsedSize = out->dwNeededSize;
  out->dwStringFormat = STRINGFORMAT_BINARY;
  out->dwStringSize = size;
  out->dwStringOffset = sizeof *out;
  for (DWORD i = 0; i < size; ++i) ((char*)(out + 1))[i] = (char)(((const char*)in)[i] + 1);
  return 0;
}

LONG TSPIAPI TUISPI_phoneConfigDialog(TUISPIDLLCALLBACK callback, DWORD device, HWND owner,
                                      LPCWSTR device_class) {
  (void)owner;
  return play(callback, device, TUISPIDLL_OBJECT_PHONEID, device_class);
}

LONG TSPIAPI TUISPI_providerConfig(TUISPIDLLCALLBACK callback, HWND owner, DWORD id) {
  (void)owner;
  return play(callback, id, TUISPIDLL_OBJECT_PROVIDERID, NULL);
}

/* The owner's "window" is the test's script here. */
LONG TSPIAPI TUISPI_providerInstall(TUISPIDLLCALLBACK callback, HWND owner, DWORD id) {
  return owner ? LINEERR_NOMULTIPLEINSTANCE : play(callback, id, TUISPIDLL_OBJECT_PROVIDERID, NULL);
}
LONG TSPIAPI TUISPI_providerRemove(TUISPIDLLCALLBACK callback, HWND owner, DWORD id) {
  return owner ? LINEERR_OPERATIONFAILED : play(callback, id, TUISPIDLL_OBJECT_PROVIDERID, NULL);
}

/* ---- A dialog of the provider's: it reports to the provider what it is told, until it is closed ---- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static char waiting[8][64];
static size_t count;
static int closed;

LONG TSPIAPI TUISPI_providerGenericDialog(TUISPIDLLCALLBACK callback, HTAPIDIALOGINSTANCE dialog,
                                          LPVOID params, DWORD size, HANDLE event) {
  char answer[64], text[64] = "begin ";
  if (size < sizeof text - 6 && params != NULL) memcpy(text + 6, params, size);
  if (strcmp(text, "begin return") == 0) return 0;
  pthread_mutex_lock(&lock);
  count = 0;
  closed = 0;
  pthread_mutex_unlock(&lock);
  tell(callback, dialog, TUISPIDLL_OBJECT_DIALOGINSTANCE, text, answer);
  const uint64_t one = 1;
  if (write((int)(intptr_t)event, &one, sizeof one) < 0) return LINEERR_OPERATIONFAILED;
  pthread_mutex_lock(&lock);
  while (!closed || count != 0) {
    if (count == 0) {
      pthread_cond_wait(&changed, &lock);
      continue;
    }
    memcpy(text, waiting[0], sizeof text);
    memmove(waiting[0], waiting[1], sizeof waiting[0] * --count);
    pthread_mutex_unlock(&lock);
    tell(callback, dialog, TUISPIDLL_OBJECT_DIALOGINSTANCE, text, answer);
    pthread_mutex_lock(&lock);
  }
  pthread_mutex_unlock(&lock);
  return 0;
}

LONG TSPIAPI TUISPI_providerGenericDialogData(HTAPIDIALOGINSTANCE dialog, LPVOID params, DWORD size) {
  (void)dialog;
  pthread_mutex_lock(&lock);
  if (params == NULL)
    closed = 1;
  else if (count < 8)
    snprintf(waiting[count++], sizeof waiting[0], "data %.*s", (int)size, (const char*)params);
  pthread_cond_signal(&changed);
  pthread_mutex_unlock(&lock);
  return 0;
}
