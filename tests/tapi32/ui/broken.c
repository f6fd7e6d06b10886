/* SPDX-License-Identifier: Apache-2.0 */
/* Modules that do not survive being loaded: BREAK is what they do. */
#include <stdlib.h>
#include <unistd.h>

__attribute__((constructor)) static void begin(void) {
  BREAK;
}
