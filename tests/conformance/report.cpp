// SPDX-License-Identifier: Apache-2.0
#include "report.hpp"

#include <algorithm>
#include <map>

namespace conformance {
namespace {

struct Part {
  const char* name;
  const char* title;
  const char* column;
};
constexpr Part parts[] = {{"functions", "Functions", "Function"},
                          {"messages", "Messages", "Message"},
                          {"transitions", "Call states, privileges, requests", "Rule"},
                          {"versions", "Structure versions", "Structure"}};

struct Counts {
  int passed = 0, failed = 0, not_applicable = 0;
  std::map<std::string, int> reasons;

  void add(const Judged& each) {
    passed += each.outcome == Outcome::passed;
    failed += each.outcome == Outcome::failed;
    not_applicable += each.outcome == Outcome::not_applicable;
    if (each.outcome == Outcome::not_applicable) ++reasons[each.reason];
  }
  int all() const { return passed + failed + not_applicable; }
  std::string cells() const {
    return std::to_string(all()) + " | " + std::to_string(passed) + " | " + std::to_string(failed) + " | " +
           std::to_string(not_applicable);
  }
  std::string why() const {
    std::string out;
    for (const auto& [reason, count] : reasons) out += (out.empty() ? "" : "; ") + reason;
    return out;
  }
};

void write_part(std::string& out, const Part& part, const std::vector<Judged>& all) {
  std::vector<std::string> order;
  std::map<std::string, Counts> rows;
  Counts total;
  for (const Judged& each : all) {
    if (each.part != part.name) continue;
    if (!rows.contains(each.subject)) order.push_back(each.subject);
    rows[each.subject].add(each);
    total.add(each);
  }
  if (order.empty()) return;
  out += std::string{"## "} + part.title + "\n\n| " + part.column +
         " | Cases | Passed | Failed | Not applicable | Because |\n|---|---|---|---|---|---|\n";
  for (const auto& subject : order)
    out += "| " + subject + " | " + rows[subject].cells() + " | " + rows[subject].why() + " |\n";
  out += "| **all " + std::to_string(order.size()) + "** | " + total.cells() + " | |\n\n";
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c >= ' ') out += c;
  }
  return out + '"';
}

const char* name(Outcome outcome) {
  return outcome == Outcome::passed ? "passed" : outcome == Outcome::failed ? "failed" : "not applicable";
}

} // namespace

std::string as_text(const std::vector<Judged>& all) {
  std::string out;
  Counts total;
  for (const Judged& each : all) total.add(each);
  out += std::to_string(total.all()) + " cases: " + std::to_string(total.passed) + " passed, " +
         std::to_string(total.failed) + " failed, " + std::to_string(total.not_applicable) +
         " not applicable.\n\n";
  for (const Part& part : parts) write_part(out, part, all);
  out += "## Failures\n\n";
  if (total.failed == 0) out += "None.\n";
  for (const Judged& each : all)
    if (each.outcome == Outcome::failed)
      out +=
          "* " + each.subject + ": " + each.name + ": expected " + each.expected + "; got " + each.got + "\n";
  return out;
}

std::string as_json(const std::vector<Judged>& all) {
  std::string out = "[";
  for (const Judged& each : all) {
    out += out.size() > 1 ? ",\n {" : "\n {";
    out += "\"part\": " + quoted(each.part) + ", \"subject\": " + quoted(each.subject) +
           ", \"case\": " + quoted(each.name) + ", \"outcome\": " + quoted(name(each.outcome));
    if (each.outcome == Outcome::failed)
      out += ", \"expected\": " + quoted(each.expected) + ", \"got\": " + quoted(each.got);
    if (each.outcome == Outcome::not_applicable) out += ", \"reason\": " + quoted(each.reason);
    out += "}";
  }
  return out + "\n]\n";
}

} // namespace conformance
