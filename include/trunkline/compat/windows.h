// SPDX-License-Identifier: Apache-2.0
#ifndef TRUNKLINE_COMPAT_WINDOWS_H
#define TRUNKLINE_COMPAT_WINDOWS_H

/*
 * For programs that say #include <windows.h> but use nothing of it except its types: put this folder on
 * the include path (-I include/trunkline/compat) and they compile unchanged.
 */

#ifdef _WIN32
#error "this folder is for systems that have no <windows.h>: take it off the include path"
#endif

#include "../wintypes.h"

#endif
