/* SPDX-License-Identifier: Apache-2.0
 *
 * absent.tsp: a service provider whose device is away: all is well until TSPI_providerInit, which fails.
 */
#include <tspi.h>

LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version) {
  (void)device, (void)low;
  *version = high < 0x00020002 ? high : 0x00020002;
  return 0;
}

LONG TSPIAPI TSPI_providerEnumDevices(DWORD provider_id, LPDWORD lines, LPDWORD phones, HPROVIDER provider,
                                      LINEEVENT line_create, PHONEEVENT phone_create) {
  (void)provider_id, (void)provider, (void)line_create, (void)phone_create;
  *lines = 3;
  *phones = 0;
  return 0;
}

LONG TSPIAPI TSPI_providerInit(DWORD version, DWORD provider_id, DWORD line_base, DWORD phone_base, DWORD_PTR lines,
                               DWORD_PTR phones, ASYNC_COMPLETION complete, LPDWORD options) {
  (void)version, (void)provider_id, (void)line_base, (void)phone_base, (void)lines, (void)phones, (void)complete;
  *options = 0;
  return LINEERR_NODEVICE;
}
