// SPDX-License-Identifier: Apache-2.0
// The suite's command line (README.md).
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "function_cases.hpp"
#include "report.hpp"
#include "site.hpp"
#include "world.hpp"

using namespace conformance;

namespace {

#ifndef CONFORMANCE_TABLES
#define CONFORMANCE_TABLES "."
#endif

constexpr const char* usage =
    "usage: conformance --site FILE [OPTION...]\n"
    "  Tries the TAPI library it is linked with against the documented interface. Exit: 0 all passed, 1 some "
    "failed,\n"
    "  2 wrong command line.\n\n"
    "  --site FILE     the telephones to work with (README.md)\n"
    "  --tables DIR    the tables of the interface\n"
    "  --part NAME     functions, messages, transitions or versions; may be given several times\n"
    "  --filter TEXT   only cases whose \"subject: name\" contains it\n"
    "  --list          names the cases and runs none\n"
    "  --json          the result of every case as JSON\n"
    "  --verbose       tells each case on the error output before it runs\n"
    "  --hold          instead: opens a line, a phone and a call, prints the handles as lines for the site "
    "file of\n"
    "                  another run, and keeps them until the input ends\n";

struct Options {
  std::string site, tables = CONFORMANCE_TABLES, filter;
  std::vector<std::string> parts;
  bool list = false, json = false, hold = false, verbose = false;
};

[[noreturn]] void wrong(const std::string& what) {
  std::fprintf(stderr, "conformance: %s\n%s", what.c_str(), usage);
  std::exit(2);
}

Options read_options(int argc, char** argv) {
  Options out;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto value = [&]() -> std::string {
      if (i + 1 >= argc) wrong(word + " needs a value");
      return argv[++i];
    };
    if (word == "--site")
      out.site = value();
    else if (word == "--tables")
      out.tables = value();
    else if (word == "--part")
      out.parts.push_back(value());
    else if (word == "--filter")
      out.filter = value();
    else if (word == "--list")
      out.list = true;
    else if (word == "--json")
      out.json = true;
    else if (word == "--hold")
      out.hold = true;
    else if (word == "--verbose")
      out.verbose = true;
    else if (word == "--help" || word == "-h") {
      std::fputs(usage, stdout);
      std::exit(0);
    } else {
      wrong("unknown option " + word);
    }
  }
  if (out.site.empty() && !out.list) wrong("--site is needed");
  return out;
}

std::vector<Case> all_cases(const Tables& tables, const Options& options) {
  std::vector<Case> all;
  const auto add = [&](std::vector<Case> more) {
    for (Case& each : more) all.push_back(std::move(each));
  };
  add(uninitialised_cases(tables));
  add(function_cases(tables));
  add(call_state_cases(tables));
  add(message_cases());
  add(transition_cases());
  add(version_cases(tables));
  std::vector<Case> out;
  for (Case& each : all) {
    const bool part = options.parts.empty() ||
                      std::find(options.parts.begin(), options.parts.end(), each.part) != options.parts.end();
    if (part && each.id().find(options.filter) != std::string::npos) out.push_back(std::move(each));
  }
  return out;
}

Judged judge(World& world, const Case& each) {
  Judged out{each.part, each.subject, each.name, Outcome::passed, "", "", ""};
  try {
    each.run(world);
    world.check_leftovers();
  } catch (const Failed& failure) {
    out.outcome = Outcome::failed;
    out.expected = failure.expected;
    out.got = failure.got;
  } catch (const NotApplicable& not_applicable) {
    out.outcome = Outcome::not_applicable;
    out.reason = not_applicable.reason;
  }
  return out;
}

// Calls stand as long as cases of one scene follow each other and nothing goes wrong.
std::vector<Judged> run(World& world, const std::vector<Case>& cases, bool verbose) {
  std::vector<Judged> out;
  std::string scene;
  for (const Case& each : cases) {
    if (verbose) std::fprintf(stderr, "%s\n", each.id().c_str());
    if (each.scene.empty() || each.scene != scene) world.clean();
    scene = each.scene;
    out.push_back(judge(world, each));
    if (out.back().outcome != Outcome::passed) scene.clear();
  }
  return out;
}

int hold(World& world) try {
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  std::printf("foreign.HLINEAPP = %u\nforeign.HLINE = %u\nforeign.HCALL = %u\nforeign.HPHONEAPP = %u\n",
              world.app().handle, world.desk().owner, call, world.phones().handle);
  std::printf("foreign.HPHONE = %u\n\n", world.phone_monitor());
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  return 0;
} catch (const Failed& failure) {
  std::fprintf(stderr, "conformance: expected %s; got %s\n", failure.expected.c_str(), failure.got.c_str());
  return 1;
} catch (const NotApplicable& not_applicable) {
  std::fprintf(stderr, "conformance: %s\n", not_applicable.reason.c_str());
  return 1;
}

} // namespace

int main(int argc, char** argv) {
  const Options options = read_options(argc, argv);
  const Tables tables = read_tables(options.tables);
  const auto cases = all_cases(tables, options);
  if (options.list) {
    for (const Case& each : cases) std::printf("%s\t%s\n", each.part.c_str(), each.id().c_str());
    return 0;
  }
  const auto site = read_site(options.site);
  World world{tables, *site};
  if (options.hold) return hold(world);
  const auto judged = run(world, cases, options.verbose);
  std::fputs((options.json ? as_json(judged) : as_text(judged)).c_str(), stdout);
  for (const Judged& each : judged)
    if (each.outcome == Outcome::failed) return 1;
  return 0;
}
