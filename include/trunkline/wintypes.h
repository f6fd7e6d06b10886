// SPDX-License-Identifier: Apache-2.0
#ifndef TRUNKLINE_WINTYPES_H
#define TRUNKLINE_WINTYPES_H

/*
 * The Windows base types that tapi.h and tspi.h are written in.
 *
 * On Windows this is <windows.h> with <oaidl.h>. Elsewhere the types are declared here with the sizes they
 * have on 64-bit Windows: LONG and DWORD are 32 bit whatever `long` is, and only the _PTR types, WPARAM,
 * LPARAM, SIZE_T and the handles grow with the pointer.
 *
 * WCHAR is one UTF-16 code unit: char16_t, so a literal is u"..." (or TEXT("...") with UNICODE defined), which
 * needs C11, gnu99 or C++11. A program full of L"..." literals can be compiled with -fshort-wchar; WCHAR is
 * then wchar_t.
 *
 * HANDLE is as wide as a pointer. Where telephony hands out an event (LINEINITIALIZEEXPARAMS.hEvent,
 * PHONEINITIALIZEEXPARAMS.hEvent), it carries a file descriptor that polls readable while a message waits:
 *
 *     int fd = (int)(INT_PTR)params.Handles.hEvent;
 *
 * The descriptor belongs to the telephony library: poll it, but do not read, write or close it.
 */

#ifdef _WIN32

#include <windows.h>

#include <oaidl.h>

#else

#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

/* Calling conventions and decorations, of which there is only one here. */
#define CALLBACK
#define WINAPI
#define APIENTRY
#define PASCAL
#define FAR
#define NEAR
#define CONST const

#ifdef __cplusplus
#define EXTERN_C extern "C"
#else
#define EXTERN_C extern
#endif

/* Integers. */
typedef uint8_t BYTE;
typedef uint8_t UCHAR;
typedef uint8_t BOOLEAN;
typedef int16_t SHORT;
typedef uint16_t WORD;
typedef uint16_t USHORT;
typedef int INT;
typedef int BOOL;
typedef unsigned int UINT;
typedef int32_t LONG;
typedef uint32_t DWORD;
typedef uint32_t ULONG;
typedef int64_t LONGLONG;
typedef int64_t LONG64;
typedef uint64_t ULONGLONG;
typedef uint64_t DWORDLONG;
typedef uint64_t DWORD64;

/* Integers that can hold a pointer. */
typedef intptr_t INT_PTR;
typedef intptr_t LONG_PTR;
typedef uintptr_t UINT_PTR;
typedef uintptr_t ULONG_PTR;
typedef uintptr_t DWORD_PTR;
typedef uintptr_t SIZE_T;
typedef UINT_PTR WPARAM;
typedef LONG_PTR LPARAM;
typedef LONG_PTR LRESULT;
typedef LONG HRESULT;

/* Characters. */
typedef char CHAR;
#if defined(__SIZEOF_WCHAR_T__) && __SIZEOF_WCHAR_T__ == 2
typedef wchar_t WCHAR;
#define TRUNKLINE_WIDE(quoted) L##quoted
#else
typedef char16_t WCHAR;
#define TRUNKLINE_WIDE(quoted) u##quoted
#endif
#ifdef UNICODE
typedef WCHAR TCHAR;
#define TEXT(quoted) TRUNKLINE_WIDE(quoted)
#else
typedef char TCHAR;
#define TEXT(quoted) quoted
#endif

/* Pointers. */
#define VOID void
typedef void *PVOID;
typedef void *LPVOID;
typedef const void *LPCVOID;
typedef BYTE *PBYTE;
typedef BYTE *LPBYTE;
typedef WORD *PWORD;
typedef WORD *LPWORD;
typedef DWORD *PDWORD;
typedef DWORD *LPDWORD;
typedef LONG *PLONG;
typedef LONG *LPLONG;
typedef int *LPINT;
typedef BOOL *PBOOL;
typedef BOOL *LPBOOL;
typedef DWORD_PTR *PDWORD_PTR;
typedef char *PSTR;
typedef char *LPSTR;
typedef const char *PCSTR;
typedef const char *LPCSTR;
typedef WCHAR *PWSTR;
typedef WCHAR *LPWSTR;
typedef const WCHAR *PCWSTR;
typedef const WCHAR *LPCWSTR;
typedef TCHAR *PTSTR;
typedef TCHAR *LPTSTR;
typedef const TCHAR *PCTSTR;
typedef const TCHAR *LPCTSTR;

/* Handles. */
typedef void *HANDLE;
typedef HANDLE *PHANDLE;
typedef HANDLE *LPHANDLE;
typedef struct HINSTANCE__ *HINSTANCE;
typedef HINSTANCE HMODULE;
typedef struct HWND__ *HWND;
typedef struct HICON__ *HICON;

/* Small structures. */
typedef struct _GUID {
  uint32_t Data1;
  uint16_t Data2;
  uint16_t Data3;
  uint8_t Data4[8];
} GUID;
typedef GUID *LPGUID;
typedef const GUID *LPCGUID;
typedef GUID CLSID;
typedef GUID IID;

typedef struct _SYSTEMTIME {
  WORD wYear;
  WORD wMonth;     /* 1 to 12 */
  WORD wDayOfWeek; /* 0 = Sunday */
  WORD wDay;
  WORD wHour;
  WORD wMinute;
  WORD wSecond;
  WORD wMilliseconds;
} SYSTEMTIME, *PSYSTEMTIME, *LPSYSTEMTIME;

typedef struct _FILETIME {
  DWORD dwLowDateTime; /* 100 ns units since 1601-01-01 UTC */
  DWORD dwHighDateTime;
} FILETIME, *PFILETIME, *LPFILETIME;

/* A fixed-point amount: the value times 10,000. */
typedef union tagCY {
  __extension__ struct {
    ULONG Lo;
    LONG Hi;
  };
  LONGLONG int64;
} CY;
typedef CY CURRENCY;

/* Days since 1899-12-30, the time of day as the fraction. */
typedef double DATE;

/* Values. */
#ifndef TRUE
#define TRUE 1
#endif
#ifndef FALSE
#define FALSE 0
#endif
#define INFINITE 0xFFFFFFFFU
#define INVALID_HANDLE_VALUE ((HANDLE)(LONG_PTR)-1)
#define WM_USER 0x0400

#define LOWORD(value) ((WORD)((DWORD_PTR)(value) & 0xFFFFU))
#define HIWORD(value) ((WORD)(((DWORD_PTR)(value) >> 16) & 0xFFFFU))
#define LOBYTE(value) ((BYTE)((DWORD_PTR)(value) & 0xFFU))
#define HIBYTE(value) ((BYTE)(((DWORD_PTR)(value) >> 8) & 0xFFU))
#define MAKEWORD(low, high) ((WORD)((BYTE)(low) | (WORD)((WORD)(BYTE)(high) << 8)))
#define MAKELONG(low, high) ((LONG)((WORD)(low) | (DWORD)((DWORD)(WORD)(high) << 16)))

#endif /* _WIN32 */

/*
 * A 32-bit code as the LONG that functions return. Codes with the top bit set are negative LONGs, so they
 * compare equal to a result held in an int, a LONG or a 64-bit long alike, and are allowed in a C++ switch.
 */
#ifdef __cplusplus
#define TRUNKLINE_LONG(code) static_cast<LONG>(code)
#else
#define TRUNKLINE_LONG(code) ((LONG)(code))
#endif

/*
 * Declarations between these two are visible outside their shared object even when it is compiled with
 * -fvisibility=hidden. A definition inherits this from its declaration, so a provider or library compiled
 * that way exports exactly the published names it defines.
 */
#if defined(__GNUC__) && !defined(_WIN32)
#define TRUNKLINE_EXPORTS_BEGIN _Pragma("GCC visibility push(default)")
#define TRUNKLINE_EXPORTS_END _Pragma("GCC visibility pop")
#else
#define TRUNKLINE_EXPORTS_BEGIN
#define TRUNKLINE_EXPORTS_END
#endif

#endif
