// SPDX-License-Identifier: Apache-2.0
// Countries, the current location, icons: what is asked of the machine rather than of a line.
#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"
#include "tapi32/call.hpp"

namespace {

using namespace tl::tapi32;
using tl::wire::Fn;

// As many characters as the page lets a buffer hold, the zero among them [nf-tapi-tapigetlocationinfow].
constexpr std::size_t location_text_units = 8;
using LocationText = std::array<char16_t, location_text_units>;

LONG location_info(LocationText& country, LocationText& city) {
  const LONG result = call_standalone<Fn::tapiGetLocationInfo>(bytes_out(country.data(), sizeof country),
                                                               bytes_out(city.data(), sizeof city));
  country.back() = city.back() = 0;
  return result == 0 ? 0 : TAPIERR_REQUESTFAILED; // the only failure it has
}

// Codes are digits.
template <class Char> void give(Char* to, const LocationText& text) {
  for (const char16_t each : text) {
    *to++ = static_cast<Char>(each);
    if (each == 0) return;
  }
}

template <class Char> LONG give_location_info(Char* country, Char* city) {
  if (!country || !city) return TAPIERR_REQUESTFAILED;
  LocationText country_text{}, city_text{};
  const LONG result = location_info(country_text, city_text);
  if (result != 0) return result;
  give(country, country_text);
  give(city, city_text);
  return 0;
}

// There is no icon that a handle of this process could name: the default one is none.
LONG no_icon(LONG result, LPHICON icon) {
  if (result == 0) *icon = HICON{};
  return result;
}

} // namespace

extern "C" {

LONG WINAPI lineGetCountryA(DWORD dwCountryID, DWORD dwAPIVersion, LPLINECOUNTRYLIST lpLineCountryList) {
  return call_standalone<Fn::lineGetCountry, Form::narrow>(dwCountryID, dwAPIVersion, lpLineCountryList);
}
LONG WINAPI lineGetCountryW(DWORD dwCountryID, DWORD dwAPIVersion, LPLINECOUNTRYLIST lpLineCountryList) {
  return call_standalone<Fn::lineGetCountry>(dwCountryID, dwAPIVersion, lpLineCountryList);
}
LONG WINAPI lineGetCountry(DWORD dwCountryID, DWORD dwAPIVersion, LPLINECOUNTRYLIST lpLineCountryList) {
  return lineGetCountryA(dwCountryID, dwAPIVersion, lpLineCountryList);
}

LONG WINAPI lineGetIconA(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon) {
  if (!lphIcon) return LINEERR_INVALPOINTER;
  return no_icon(call<Fn::lineGetIcon, Form::narrow>(dwDeviceID, lpszDeviceClass), lphIcon);
}
LONG WINAPI lineGetIconW(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon) {
  if (!lphIcon) return LINEERR_INVALPOINTER;
  return no_icon(call<Fn::lineGetIcon>(dwDeviceID, lpszDeviceClass), lphIcon);
}
LONG WINAPI lineGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon) {
  return lineGetIconA(dwDeviceID, lpszDeviceClass, lphIcon);
}

LONG WINAPI phoneGetIconA(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon) {
  if (!lphIcon) return PHONEERR_INVALPOINTER;
  return no_icon(call<Fn::phoneGetIcon, Form::narrow>(dwDeviceID, lpszDeviceClass), lphIcon);
}
LONG WINAPI phoneGetIconW(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon) {
  if (!lphIcon) return PHONEERR_INVALPOINTER;
  return no_icon(call<Fn::phoneGetIcon>(dwDeviceID, lpszDeviceClass), lphIcon);
}
LONG WINAPI phoneGetIcon(DWORD dwDeviceID, LPCSTR lpszDeviceClass, LPHICON lphIcon) {
  return phoneGetIconA(dwDeviceID, lpszDeviceClass, lphIcon);
}

LONG WINAPI tapiGetLocationInfoA(LPSTR lpszCountryCode, LPSTR lpszCityCode) {
  return give_location_info(lpszCountryCode, lpszCityCode);
}
LONG WINAPI tapiGetLocationInfoW(LPWSTR lpszCountryCode, LPWSTR lpszCityCode) {
  return give_location_info(lpszCountryCode, lpszCityCode);
}
LONG WINAPI tapiGetLocationInfo(LPSTR lpszCountryCode, LPSTR lpszCityCode) {
  return tapiGetLocationInfoA(lpszCountryCode, lpszCityCode);
}

} // extern "C"
