/* SPDX-License-Identifier: Apache-2.0
 *
 * absent.tsp: the example provider (examples/provider) with its switch away: all is well until
 * TSPI_providerInit fails.
 */
#include "switch.h"

LONG switch_start(ASYNC_COMPLETION complete) {
  (void)complete;
  return LINEERR_NODEVICE;
}
