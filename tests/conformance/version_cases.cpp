// SPDX-License-Identifier: Apache-2.0
// Programs of older versions: the structure they know is filled, and not a byte more (the version rows of
// tapi_structures.tsv).
#include "world.hpp"

namespace conformance {
namespace {

constexpr DWORD versions[] = {0x00010003, 0x00010004, 0x00020000, 0x00020001, 0x00020002};

std::string shown(DWORD version) {
  return std::to_string(version >> 16) + "." + std::to_string(version & 0xFFFF);
}

// Fills the structure at `memory` for a program of that version; the result of the function.
using Fill = LONG (*)(World&, DWORD version, void* memory);

// Handles opened with the version, closed at the end.
struct OldLine {
  OldLine(World& world, DWORD version) : app("conformance old") {
    line = app.open(world.desk().device, LINECALLPRIVILEGE_MONITOR, version);
    expect(line != 0, "lineOpen at version " + shown(version) + ": 0",
           world.tables.result_name("line", app.error));
  }
  HCALL call() {
    Block list{512};
    list.set_dword(0, 512);
    auto& read = *reinterpret_cast<LINECALLLIST*>(list.data());
    if (lineGetNewCalls(line, 0, LINECALLSELECT_LINE, &read) != 0 || read.dwCallsNumEntries == 0) return 0;
    return list.dword(read.dwCallsOffset);
  }
  App app;
  HLINE line = 0;
};

struct OldPhone {
  OldPhone(World& world, DWORD version) : app("conformance old") {
    phone = app.open(world.phone_device(), PHONEPRIVILEGE_MONITOR, version);
    expect(phone != 0, "phoneOpen at version " + shown(version) + ": 0",
           world.tables.result_name("phone", app.error));
  }
  PhoneApp app;
  HPHONE phone = 0;
};

LONG address_caps(World& world, DWORD version, void* memory) {
  return lineGetAddressCapsA(world.app().handle, world.desk().device, 0, version, 0,
                             static_cast<LPLINEADDRESSCAPS>(memory));
}
LONG dev_caps(World& world, DWORD version, void* memory) {
  return lineGetDevCapsA(world.app().handle, world.desk().device, version, 0,
                         static_cast<LPLINEDEVCAPS>(memory));
}
LONG phone_caps(World& world, DWORD version, void* memory) {
  return phoneGetDevCapsA(world.phones().handle, world.phone_device(), version, 0,
                          static_cast<LPPHONECAPS>(memory));
}
LONG call_info(World& world, DWORD version, void* memory) {
  world.call_in(LINECALLSTATE_CONNECTED);
  OldLine old{world, version};
  return lineGetCallInfoA(old.call(), static_cast<LPLINECALLINFO>(memory));
}
LONG call_status(World& world, DWORD version, void* memory) {
  world.call_in(LINECALLSTATE_CONNECTED);
  OldLine old{world, version};
  return lineGetCallStatus(old.call(), static_cast<LPLINECALLSTATUS>(memory));
}
LONG dev_status(World& world, DWORD version, void* memory) {
  OldLine old{world, version};
  return lineGetLineDevStatusA(old.line, static_cast<LPLINEDEVSTATUS>(memory));
}
LONG phone_status(World& world, DWORD version, void* memory) {
  OldPhone old{world, version};
  return phoneGetStatusA(old.phone, static_cast<LPPHONESTATUS>(memory));
}
LONG button_info(World& world, DWORD version, void* memory) {
  OldPhone old{world, version};
  return phoneGetButtonInfoA(old.phone, 13, static_cast<LPPHONEBUTTONINFO>(memory));
}

struct Row {
  const char* structure;
  Fill fill;
};
constexpr Row rows[] = {{"LINEADDRESSCAPS", address_caps}, {"LINECALLINFO", call_info},
                        {"LINECALLSTATUS", call_status},   {"LINEDEVCAPS", dev_caps},
                        {"LINEDEVSTATUS", dev_status},     {"PHONEBUTTONINFO", button_info},
                        {"PHONECAPS", phone_caps},         {"PHONESTATUS", phone_status}};

void expect_result(World& world, const Row& row, LONG expected, LONG got) {
  const char* const family = row.structure[0] == 'P' ? "phone" : "line";
  expect(got == expected, world.tables.result_name(family, expected), world.tables.result_name(family, got));
}

void exact(World& world, const Row& row, DWORD version, DWORD fixed) {
  Block& memory = world.block(fixed);
  memory.set_dword(0, fixed);
  expect_result(world, row, 0, row.fill(world, version, memory.data()));
  expect(memory.written_beyond(fixed) == Block::npos, "nothing behind byte " + std::to_string(fixed),
         "written");
  expect(memory.dword(8) == fixed, "dwUsedSize " + std::to_string(fixed), std::to_string(memory.dword(8)));
}

// Variable parts begin right behind the old fixed part: the newer members are not there.
void ample(World& world, const Row& row, DWORD version, DWORD fixed) {
  Block& memory = world.block(4096);
  memory.set_dword(0, 4096);
  expect_result(world, row, 0, row.fill(world, version, memory.data()));
  DWORD first = 4096;
  for (const Field& each : world.tables.structures.at(row.structure).fields) {
    if (!each.name.ends_with("Offset") || each.offset + sizeof(DWORD) > fixed) continue;
    const DWORD offset = memory.dword(each.offset);
    if (offset != 0) first = std::min(first, offset);
  }
  expect(first == 4096 || (first >= fixed && first < fixed + 8),
         "variable parts from byte " + std::to_string(fixed) + " on", "from " + std::to_string(first));
}

void short_of_it(World& world, const Row& row, DWORD version, DWORD fixed) {
  Block& memory = world.block(fixed);
  memory.set_dword(0, fixed - 1);
  const LONG small =
      row.structure[0] == 'P' ? LONG{PHONEERR_STRUCTURETOOSMALL} : LONG{LINEERR_STRUCTURETOOSMALL};
  expect_result(world, row, small, row.fill(world, version, memory.data()));
}

// A structure that goes in may be as old as the program.
void old_call_params(World& world, DWORD version, DWORD fixed) {
  App old{"conformance old"};
  const HLINE line = old.open(world.desk().device, LINECALLPRIVILEGE_NONE, version, 0);
  Block& memory = world.block(fixed);
  std::memset(memory.data(), 0, fixed);
  memory.set_dword(0, fixed);
  memory.set_dword(offsetof(LINECALLPARAMS, dwBearerMode), LINEBEARERMODE_VOICE);
  memory.set_dword(offsetof(LINECALLPARAMS, dwMediaMode), LINEMEDIAMODE_INTERACTIVEVOICE);
  memory.set_dword(offsetof(LINECALLPARAMS, dwAddressMode), LINEADDRESSMODE_ADDRESSID);
  Block& call = world.block(sizeof(HCALL));
  const LONG id = lineMakeCallA(line, reinterpret_cast<LPHCALL>(call.data()), world.site.silent.c_str(), 0,
                                reinterpret_cast<LPLINECALLPARAMS>(memory.data()));
  LONG got = id;
  if (id > 0) got = old.inbox.reply(id).value_or(LINEERR_OPERATIONFAILED);
  expect(got == 0, "lineMakeCall: 0", world.tables.result_name("line", got));
  memory.set_dword(0, fixed - 1);
  const LONG small = lineMakeCallA(line, reinterpret_cast<LPHCALL>(call.data()), world.site.silent.c_str(), 0,
                                   reinterpret_cast<LPLINECALLPARAMS>(memory.data()));
  expect(small == LINEERR_STRUCTURETOOSMALL, "a byte less: LINEERR_STRUCTURETOOSMALL",
         small > 0 ? "a request id" : world.tables.result_name("line", small));
}

// The entries of these lists grew with the version: the list is as many times the size as it has entries.
void entries(World& world, const char* structure, DWORD version, DWORD fixed) {
  Block& memory = world.block(16384);
  memory.set_dword(0, 16384);
  auto& caps = *reinterpret_cast<LINETRANSLATECAPS*>(memory.data());
  const LONG got = lineGetTranslateCapsA(world.app().handle, version, &caps);
  expect(got == 0, "lineGetTranslateCaps: 0", world.tables.result_name("line", got));
  const bool cards = std::string{structure} == "LINECARDENTRY";
  const DWORD count = cards ? caps.dwNumCards : caps.dwNumLocations;
  const DWORD bytes = cards ? caps.dwCardListSize : caps.dwLocationListSize;
  if (count == 0) throw NotApplicable{"the site has no such entry"};
  expect(bytes == count * fixed, std::to_string(count * fixed) + " bytes of entries", std::to_string(bytes));
}

} // namespace

std::vector<Case> version_cases(const Tables& tables) {
  std::vector<Case> out;
  for (const DWORD version : versions) {
    for (const Row& row : rows) {
      const DWORD fixed = tables.structures.at(row.structure).fixed(version);
      const auto add = [&](const char* name, void (*run)(World&, const Row&, DWORD, DWORD)) {
        out.push_back({"versions", row.structure, shown(version) + ": " + name,
                       [&row, version, fixed, run](World& world) { run(world, row, version, fixed); },
                       row.structure});
      };
      add("its fixed part and no more", exact);
      add("variable parts at once behind it", ample);
      add("a byte less is too small", short_of_it);
    }
    const DWORD params = tables.structures.at("LINECALLPARAMS").fixed(version);
    out.push_back({"versions", "LINECALLPARAMS", shown(version) + ": given with its fixed part",
                   [version, params](World& world) { old_call_params(world, version, params); }});
    for (const char* const structure : {"LINECARDENTRY", "LINELOCATIONENTRY"}) {
      const DWORD fixed = tables.structures.at(structure).fixed(version);
      out.push_back(
          {"versions", structure, shown(version) + ": size of an entry",
           [structure, version, fixed](World& world) { entries(world, structure, version, fixed); }});
    }
  }
  return out;
}

} // namespace conformance
