/* SPDX-License-Identifier: Apache-2.0
 *
 * What the Trunkline server offers to a service provider beyond TSPI. It is optional: a provider that exports only
 * TSPI_ functions and brings its own threads works as documented by Microsoft. One that also exports
 * TRUNKLINE_providerAttach lives on the server's own loop and clock, gets its part of the site file, and thereby
 * runs under the virtual clock too.
 *
 * Threads: every function but `post` and `log` is called on the host's loop only. All callbacks arrive there.
 */
#ifndef TRUNKLINE_PROVIDER_HOST_H
#define TRUNKLINE_PROVIDER_HOST_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TRUNKLINE_PROVIDER_HOST_VERSION 1u

typedef void (*trunkline_callback)(void* context);

typedef struct trunkline_host {
  uint32_t size;    /* sizeof(trunkline_host) of the host: members beyond it do not exist */
  uint32_t version; /* TRUNKLINE_PROVIDER_HOST_VERSION of the host */
  void* host;       /* first argument of every function below */

  /* Microseconds since 1970 UTC; constant during one turn of the loop. */
  int64_t (*now_us)(void* host);
  /* Runs callback(context) on the loop after the present handler returned, in order. Any thread, except under
   * a virtual clock, which has no threads (has_descriptors is 0 there). */
  void (*post)(void* host, trunkline_callback callback, void* context);
  /* One-shot timers: create once, start and stop often; a start replaces an earlier one. */
  void* (*timer_create)(void* host, trunkline_callback callback, void* context);
  void (*timer_start_at)(void* host, void* timer, int64_t when_us);
  void (*timer_stop)(void* host, void* timer);
  void (*timer_destroy)(void* host, void* timer);
  /* 1 when watch_* work (production), 0 under a virtual clock: then open no socket and start no thread. */
  int (*has_descriptors)(void* host);
  void* (*watch_create)(void* host, int fd, trunkline_callback readable, trunkline_callback writable, void* context);
  void (*watch_want_write)(void* host, void* watch, int on);
  void (*watch_destroy)(void* host, void* watch);
  /* level: 1 debug, 2 info, 3 warning, 4 error. text: UTF-8, one line. Any thread. Never log a secret. */
  int (*log_wants)(void* host, int level);
  void (*log)(void* host, int level, const char* part, const char* text);
  /* The provider's part of the site file as JSON (UTF-8), valid until TSPI_providerShutdown has returned. */
  const char* (*config_json)(void* host);
} trunkline_host;

/* Exported by the provider, called once after dlopen and before any TSPI_ function. `host` stays valid until
 * TSPI_providerShutdown has returned. Returns 0, or -1 with a sentence in `error` (UTF-8, at most error_size
 * bytes with the final zero) that names what is wrong with the configuration and what was expected. */
typedef int32_t (*trunkline_provider_attach)(const trunkline_host* host, char* error, uint32_t error_size);
#define TRUNKLINE_PROVIDER_ATTACH_NAME "TRUNKLINE_providerAttach"

#ifdef __cplusplus
}
#endif

#endif
