// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "cli/desk.hpp"
#include "cli/output.hpp"

namespace tl::cli {
namespace {

struct SessionAnswer {
  std::string group;
  telephony::AgentSessionInfo info;
};

struct Answer {
  Address* address = nullptr;
  LONG result = 1; // until it is known
  telephony::AgentStatus status;
  std::string agent; // id
  std::shared_ptr<telephony::Agent> object;
  std::vector<SessionAnswer> sessions; // as far as their group is known
};

// "desk READY, front NOTREADY"; without sessions the groups' names.
std::string groups_text(const Answer& answer) {
  std::string out;
  for (const telephony::AgentGroup& group : answer.status.groups) {
    out += (out.empty() ? "" : ", ") + group.name;
    for (const SessionAnswer& session : answer.sessions)
      if (session.group == group.name)
        out += std::string(" ") + to_string(static_cast<telephony::SessionState>(session.info.state));
  }
  return printable(out);
}

class AgentList final : public Desk, public telephony::CallCentreEvents {
public:
  using Desk::Desk;
  ~AgentList() override {
    centre_.reset();
    telephony().shutdown();
  }

  // Every step asks about every station at once, then waits for all answers.
  void ask() {
    ask_status();
    centre_ = std::make_unique<telephony::CallCentre>(telephony(), *this);
    step([&] { began(centre_->find_handlers([this](LONG, const auto&) { ended(); })); });
    if (centre_->handlers().empty()) return;
    handler_ = centre_->handlers().front();
    step([&] { began(handler_->groups([this](LONG, const auto&) { ended(); })); });
    step([&] {
      for (const auto& answer : answers_)
        if (!answer->status.groups.empty()) ask_who(*answer);
    });
    step([&] {
      for (const auto& answer : answers_)
        if (answer->object) ask_sessions(*answer);
    });
  }
  const std::vector<std::unique_ptr<Answer>>& answers() const { return answers_; }

private:
  void began(LONG result) {
    if (result > 0) ++open_;
  }
  void ended() {
    if (--open_ == 0) stir();
  }
  template <class Start> void step(Start start) {
    open_ = 0;
    start();
    wait([this] { return open_ <= 0; }, request_wait_max);
  }

  void ask_status() {
    step([this] {
      for (const auto& address : telephony().addresses()) {
        if (address->kind() != telephony::AddressKind::station || address->open({}) < 0) continue;
        answers_.push_back(std::make_unique<Answer>());
        Answer& answer = *answers_.back();
        answer.address = address.get();
        const LONG started =
            address->get_agent_status([this, &answer](LONG result, const telephony::AgentStatus& status) {
              answer.result = result;
              answer.status = status;
              ended();
            });
        if (started < 0) answer.result = started;
        began(started);
      }
    });
  }

  // Our ACD's private word for who is at a station (docs/acd.md); another handler refuses it.
  void ask_who(Answer& answer) {
    std::string block = "who";
    block.resize(agent_text_max_bytes, '\0');
    began(answer.address->agent_specific(0, block, [this, &answer](LONG result, std::string_view text) {
      const std::string words(text.substr(0, text.find('\0')));
      const std::size_t space = words.rfind(' ');
      if (result == 0 && space != std::string::npos) {
        answer.agent = words.substr(0, space);
        const DWORD handle = static_cast<DWORD>(std::strtoul(words.c_str() + space, nullptr, 10));
        answer.object = handler_->agent_at(handle, *answer.address);
      }
      ended();
    }));
  }

  void ask_sessions(Answer& answer) {
    began(answer.object->sessions([this, &answer](LONG, const auto& sessions) {
      for (const auto& session : sessions)
        began(session->info([this, &answer, session](LONG result, const telephony::AgentSessionInfo& info) {
          if (result == 0) answer.sessions.push_back({session->group()->name(), info});
          ended();
        }));
      ended();
    }));
  }

  static constexpr std::size_t agent_text_max_bytes = 256;
  std::vector<std::unique_ptr<Answer>> answers_;
  std::unique_ptr<telephony::CallCentre> centre_;
  std::shared_ptr<telephony::AgentHandler> handler_;
  int open_ = 0;
};

nlohmann::json sessions_json(const Answer& answer) {
  nlohmann::json list = nlohmann::json::array();
  for (const SessionAnswer& session : answer.sessions)
    list.push_back({{"group", session.group},
                    {"state", to_string(static_cast<telephony::SessionState>(session.info.state))},
                    {"duration_s", session.info.duration},
                    {"calls", session.info.calls},
                    {"talk_s", session.info.talk_time},
                    {"wrapup_s", session.info.wrapup_time},
                    {"average_time_to_answer_s", session.info.average_time_to_answer}});
  return list;
}

} // namespace

int agents(const Common& common) {
  AgentList desk(common);
  if (int failed = desk.connect(); failed) return failed;
  desk.ask();
  Table table({"STATION", "NAME", "AGENT", "STATE", "NEXT", "GROUPS"});
  nlohmann::json list = nlohmann::json::array();
  LONG problem = 0;
  for (const auto& answer : desk.answers()) {
    if (answer->result != 0) {
      problem = answer->result;
      continue;
    }
    const telephony::AgentStatus& status = answer->status;
    std::string next = status.next_state ? telephony::agent_state_name(status.next_state) : "";
    table.add({answer->address->number(), printable(answer->address->name()), printable(answer->agent),
               telephony::agent_state_name(status.state), next, groups_text(*answer)});
    nlohmann::json groups = nlohmann::json::array();
    for (const telephony::AgentGroup& group : status.groups)
      groups.push_back({{"name", group.name}, {"id", telephony::to_string(group.id)}});
    list.push_back({{"station", answer->address->number()},
                    {"name", answer->address->name()},
                    {"agent", answer->agent},
                    {"state", telephony::agent_state_name(status.state)},
                    {"next_state", next},
                    {"activity", status.activity.name},
                    {"groups", groups},
                    {"sessions", sessions_json(*answer)}});
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
