// SPDX-License-Identifier: Apache-2.0
/* Lists the line devices with their names, once through the A and once through the W functions. */
#include <stdio.h>
#include <stdlib.h>
#include <tapi.h>

/* Fetches the capabilities of a line; grows the buffer until they fit. NULL on an error. */
static LINEDEVCAPS* line_caps(HLINEAPP app, DWORD device, DWORD version, int wide) {
  DWORD size = sizeof(LINEDEVCAPS);
  for (;;) {
    LINEDEVCAPS* caps = (LINEDEVCAPS*)calloc(1, size);
    if (caps == NULL) return NULL;
    caps->dwTotalSize = size;
    LONG result = wide ? lineGetDevCapsW(app, device, version, 0, caps)
                       : lineGetDevCapsA(app, device, version, 0, caps);
    if (result == 0 && caps->dwNeededSize <= size) return caps;
    size = caps->dwNeededSize;
    free(caps);
    if (result != 0) return NULL;
  }
}

static void print_line(HLINEAPP app, DWORD device, DWORD version) {
  LINEDEVCAPS* narrow = line_caps(app, device, version, 0);
  LINEDEVCAPS* wide = line_caps(app, device, version, 1);
  if (narrow != NULL && wide != NULL) {
    LPCSTR name = (LPCSTR)narrow + narrow->dwLineNameOffset;
    DWORD units = wide->dwLineNameSize / sizeof(WCHAR);
    printf("%u  %s  (%u UTF-16 units, %u addresses%s)\n", (unsigned)device,
           narrow->dwLineNameSize ? name : "", (unsigned)units, (unsigned)narrow->dwNumAddresses,
           narrow->dwMediaModes & LINEMEDIAMODE_INTERACTIVEVOICE ? ", voice" : "");
  }
  free(narrow);
  free(wide);
}

static const char* explain(LONG error) {
  switch (error) {
  case LINEERR_REINIT: return "telephony is restarting";
  case LINEERR_NODRIVER: return "a service provider is missing";
  case LINEERR_OPERATIONFAILED: return "the telephony server does not answer";
  default: return "see LINEERR_ in tapi.h";
  }
}

int main(void) {
  LINEINITIALIZEEXPARAMS params = {sizeof(params), 0, 0, LINEINITIALIZEEXOPTION_USEEVENT, {NULL}, 0};
  HLINEAPP app = 0;
  DWORD lines = 0, version = TAPI_CURRENT_VERSION;
  long error = lineInitializeEx(&app, NULL, NULL, TEXT("linelist"), &lines, &version, &params);
  if (error != 0) {
    fprintf(stderr, "lineInitializeEx: 0x%08x, %s\n", (unsigned)error, explain((LONG)error));
    return 1;
  }
  for (DWORD device = 0; device < lines; ++device) {
    LINEEXTENSIONID extension;
    if (lineNegotiateAPIVersion(app, device, 0x00010003, TAPI_CURRENT_VERSION, &version, &extension) == 0)
      print_line(app, device, version);
  }
  return lineShutdown(app) == 0 ? 0 : 1;
}
