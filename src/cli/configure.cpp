// SPDX-License-Identifier: Apache-2.0
#include "cli/configure.hpp"

#include <csignal>
#include <cstring>
#include <fmt/core.h>
#include <vector>

#include "cli/desk.hpp"
#include "trunkline/tapi_ext.h"

namespace tl::cli {
namespace {

constexpr DWORD version_2_2 = 0x00020002;

// A dialog does not run the loop: Ctrl-C ends the program itself.
int connect(Desk& desk) {
  const int failed = desk.connect();
  for (const int each : {SIGINT, SIGTERM, SIGHUP}) std::signal(each, SIG_DFL);
  return failed;
}

int report(const std::string& what, LONG result) {
  if (result == 0) return exit_ok;
  const std::string why = trunkline_dialogError();
  if (why.empty())
    explain(what, result);
  else
    complain(what + ": " + why);
  return exit_failed;
}

// "pbx", "pbx.tsp" and the whole path name the same provider.
bool names(const std::string& wanted, const std::string& file) {
  const std::string base = file.substr(file.find_last_of('/') + 1);
  return wanted == file || wanted == base || wanted + ".tsp" == base;
}

// 0: there is none of this name, and the others have been told.
DWORD find_provider(const std::string& wanted) {
  std::vector<DWORD> memory(4096);
  auto* const list = reinterpret_cast<LINEPROVIDERLIST*>(memory.data());
  list->dwTotalSize = static_cast<DWORD>(memory.size() * sizeof(DWORD));
  if (const LONG result = lineGetProviderListA(version_2_2, list); result != 0) {
    explain("the list of providers", result);
    return 0;
  }
  const char* const bytes = reinterpret_cast<const char*>(list);
  std::string known;
  for (DWORD i = 0; i < list->dwNumProviders; ++i) {
    LINEPROVIDERENTRY entry;
    std::memcpy(&entry, bytes + list->dwProviderListOffset + i * sizeof entry, sizeof entry);
    const std::string file{bytes + entry.dwProviderFilenameOffset};
    if (names(wanted, file)) return entry.dwPermanentProviderID;
    known += (known.empty() ? "" : ", ") + file.substr(file.find_last_of('/') + 1);
  }
  complain(fmt::format("no provider \"{}\"; there are: {}", wanted, known));
  return 0;
}

} // namespace

int configure(const Common& common, const ConfigureOptions& options) {
  Desk desk(common);
  if (const int failed = connect(desk); failed) return failed;
  if (!options.provider.empty()) {
    const DWORD id = find_provider(options.provider);
    return id == 0 ? exit_failed : report("provider " + options.provider, lineConfigProvider(nullptr, id));
  }
  const Address* const address = desk.find_line(options.line);
  if (!address) return exit_failed;
  return report("line " + options.line, lineConfigDialogA(address->device_id(), nullptr, nullptr));
}

int locations(const Common& common, const std::string& number) {
  Desk desk(common);
  if (const int failed = connect(desk); failed) return failed;
  return report("dialling locations",
                lineTranslateDialogA(0, 0, version_2_2, nullptr, number.empty() ? nullptr : number.c_str()));
}

} // namespace tl::cli
