// SPDX-License-Identifier: Apache-2.0
// Structures that are filled: too small, exactly the fixed part, a byte short of everything, and ample.
#include "function_cases.hpp"

namespace conformance {
namespace {

constexpr std::uint32_t needed_at = 4, used_at = 8; // dwNeededSize, dwUsedSize of every such structure

std::string number(std::uint32_t value) {
  return std::to_string(value);
}

// The parameter that is a structure with dwTotalSize, and its description.
const Structure* variable(const Tables& tables, const Parameter& parameter) {
  const auto found = tables.structures.find(parameter.pointee());
  if (found == tables.structures.end() || !found->second.field("dwTotalSize")) return nullptr;
  return &found->second;
}

// dwXSize and dwXOffset lie behind the fixed part and within what was used.
void check_offsets(const Structure& structure, const Block& block, std::uint32_t fixed, std::uint32_t used) {
  for (const Field& each : structure.fields) {
    if (!each.name.ends_with("Offset") || each.offset + sizeof(DWORD) > fixed) continue;
    const Field* const size = structure.field(each.name.substr(0, each.name.size() - 6) + "Size");
    if (!size) continue;
    const std::uint32_t bytes = block.dword(size->offset), offset = block.dword(each.offset);
    if (bytes == 0) continue;
    expect(offset >= fixed && offset <= used && bytes <= used - offset,
           each.name + " and its size within " + number(fixed) + " to " + number(used),
           number(offset) + " and " + number(bytes));
  }
}

// What every filled structure must say of itself.
void check_filled(const Structure& structure, const Block& block, std::uint32_t fixed, std::uint32_t total) {
  const std::uint32_t needed = block.dword(needed_at), used = block.dword(used_at);
  expect(block.dword(0) == total, "dwTotalSize " + number(total) + " as it was", number(block.dword(0)));
  expect(used >= fixed && used <= total, "dwUsedSize from " + number(fixed) + " to " + number(total),
         number(used));
  expect(needed >= used, "dwNeededSize of at least " + number(used), number(needed));
  check_offsets(structure, block, fixed, used);
}

LONG filled(World& world, Invocation& call) {
  const LONG got = call.result();
  const std::string name = world.tables.result_name(call.function.name, got);
  if (name.ends_with("_OPERATIONUNAVAIL") && call.function.documents(name))
    throw NotApplicable{"not offered: OPERATIONUNAVAIL"};
  expect(got == 0, "0", name);
  return got;
}

void too_small(std::vector<Case>& out, const Function& function, const Parameter& parameter,
               const Structure& structure) {
  const std::uint32_t fixed = structure.fixed(version_2_2);
  const auto errors = documented(function, {"STRUCTURETOOSMALL"});
  if (errors.empty()) return;
  for (const Form form : forms_of(function))
    for (const std::uint32_t total : {0U, 4U, 11U, fixed - 1})
      out.push_back(function_case(
          function,
          symbol_name(function, form) + " with " + parameter.name + " of " + number(total) + " bytes",
          [&function, &parameter, errors, form, total, fixed](World& world) {
            Invocation call{world, function, form};
            // The memory is there; what counts is what the structure says.
            call.resize(parameter.name, fixed).set_dword(0, total);
            const LONG got = call.result();
            if (function.name == "linePark")
              world.site.hangs_up(world.site.answers); // nobody knows where it is
            if (got == LINEERR_INVALDEVICECLASS)
              throw NotApplicable{"no device class has a configuration here"};
            expect_error(world, function, got, errors);
          },
          function.name == "linePark" ? "" : function.name)); // the call may be parked and its address lost
}

// Once the structure is ample, it says what it needs: exactly so much is enough, a byte less is no error
// either.
void sizes(std::vector<Case>& out, const Function& function, const Parameter& parameter,
           const Structure& structure) {
  const std::uint32_t fixed = structure.fixed(version_2_2);
  for (const Form form : forms_of(function)) {
    const std::string symbol = symbol_name(function, form) + ": ";
    const auto add = [&](const char* name, auto body) {
      out.push_back(function_case(
          function, symbol + parameter.name + " " + name,
          [&function, &parameter, &structure, form, fixed, body](World& world) {
            Invocation call{world, function, form};
            body(world, call, parameter, structure, fixed);
          },
          function.asynchronous() && function.name.find("Agent") == std::string::npos ? "" : function.name));
    };
    add("with ample room",
        [](World& world, Invocation& call, const Parameter& p, const Structure& s, DWORD least) {
          filled(world, call);
          check_filled(s, *call.memory(p.name), least, static_cast<DWORD>(call.memory(p.name)->size()));
        });
    add("of its fixed part",
        [](World& world, Invocation& call, const Parameter& p, const Structure& s, DWORD least) {
          call.resize(p.name, least);
          filled(world, call);
          check_filled(s, *call.memory(p.name), least, least);
        });
    add("with exactly the needed room, and a byte less",
        [](World& world, Invocation& call, const Parameter& p, const Structure& s, DWORD least) {
          filled(world, call);
          const DWORD needed = call.memory(p.name)->dword(needed_at);
          for (const DWORD total : {needed, needed - 1}) {
            if (total < least) continue;
            call.resize(p.name, total);
            filled(world, call);
            check_filled(s, *call.memory(p.name), least, total);
            const DWORD now = call.memory(p.name)->dword(needed_at);
            expect(now == needed, "dwNeededSize " + number(needed) + " with " + number(total) + " bytes",
                   number(now));
          }
        });
  }
}

} // namespace

void structure_cases(std::vector<Case>& out, const Function& function, const Tables& tables) {
  for (const Parameter& parameter : function.parameters) {
    const Structure* const structure = variable(tables, parameter);
    if (!structure || !parameter.out || optional(function, parameter)) continue;
    if (function.name.find("InitializeEx") != std::string::npos) continue;
    too_small(out, function, parameter, *structure);
    if (!by_hand(function) && function.name != "linePark") sizes(out, function, parameter, *structure);
  }
}

} // namespace conformance
