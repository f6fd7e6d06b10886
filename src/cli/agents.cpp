// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "cli/desk.hpp"
#include "cli/output.hpp"

namespace tl::cli {
namespace {

struct Answer {
  Address* address = nullptr;
  LONG result = 1; // until it is known
  telephony::AgentStatus status;
};

std::string group_names(const telephony::AgentStatus& status) {
  std::string out;
  for (const telephony::AgentGroup& group : status.groups) out += (out.empty() ? "" : ", ") + group.name;
  return printable(out);
}

class AgentList final : public Desk {
public:
  using Desk::Desk;
  ~AgentList() override { telephony().shutdown(); }

  // Asks for every station's agent at once, then waits for all answers.
  void ask() {
    for (const auto& address : telephony().addresses()) {
      if (address->kind() != telephony::AddressKind::station || address->open({}) < 0) continue;
      answers_.push_back(std::make_unique<Answer>());
      Answer& answer = *answers_.back();
      answer.address = address.get();
      LONG started =
          address->get_agent_status([this, &answer](LONG result, const telephony::AgentStatus& status) {
            answer.result = result;
            answer.status = status;
            if (--open_ == 0) stir();
          });
      if (started < 0)
        answer.result = started;
      else
        ++open_;
    }
    wait([this] { return open_ <= 0; }, request_wait_max);
  }
  const std::vector<std::unique_ptr<Answer>>& answers() const { return answers_; }

private:
  std::vector<std::unique_ptr<Answer>> answers_;
  int open_ = 0;
};

} // namespace

int agents(const Common& common) {
  AgentList desk(common);
  if (int failed = desk.connect(); failed) return failed;
  desk.ask();
  Table table({"STATION", "NAME", "STATE", "NEXT", "GROUPS"});
  nlohmann::json list = nlohmann::json::array();
  LONG problem = 0;
  for (const auto& answer : desk.answers()) {
    if (answer->result != 0) {
      problem = answer->result;
      continue;
    }
    const telephony::AgentStatus& status = answer->status;
    std::string next = status.next_state ? telephony::agent_state_name(status.next_state) : "";
    table.add({answer->address->number(), printable(answer->address->name()),
               telephony::agent_state_name(status.state), next, group_names(status)});
    nlohmann::json groups = nlohmann::json::array();
    for (const telephony::AgentGroup& group : status.groups)
      groups.push_back({{"name", group.name}, {"id", telephony::to_string(group.id)}});
    list.push_back({{"station", answer->address->number()},
                    {"name", answer->address->name()},
                    {"state", telephony::agent_state_name(status.state)},
                    {"next_state", next},
                    {"activity", status.activity.name},
                    {"groups", groups}});
  }
  if (list.empty() && problem < 0) {
    explain("no agent handler (ACD) answered", problem);
    return exit_failed;
  }
  if (desk.json())
    print_line(list);
  else
    print(table.text());
  return exit_ok;
}

} // namespace tl::cli
