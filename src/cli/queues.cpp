// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>
#include <set>

#include "cli/desk.hpp"
#include "cli/output.hpp"

namespace tl::cli {
namespace {

using telephony::AgentGroup;
using telephony::QueueEntry;
using telephony::QueueInfo;

class QueueList final : public Desk {
public:
  using Desk::Desk;
  ~QueueList() override { telephony().shutdown(); }

  // A line whose agent handler answers for groups and queues; nullptr when none does.
  Address* find_handler(std::vector<AgentGroup>& groups) {
    for (const auto& address : telephony().addresses()) {
      if (address->open({}) < 0) continue;
      LONG result =
          ask<std::vector<AgentGroup>>([&](auto done) { return address->get_groups(done); }, groups);
      if (result == 0) return address.get();
      address->close();
    }
    return nullptr;
  }
  // Waits for the answer of one asynchronous question.
  template <class T, class Start> LONG ask(Start start, T& out) {
    auto kept = std::make_shared<T>(); // an answer that comes after the wait has given up still has a place
    LONG result = finish([&](telephony::Completion done) {
      return start([kept, done](LONG value, const T& answer) {
        if (value == 0) *kept = answer;
        done(value);
      });
    });
    if (result == 0) out = std::move(*kept);
    return result;
  }
};

} // namespace

int queues(const Common& common) {
  QueueList desk(common);
  if (int failed = desk.connect(); failed) return failed;
  std::vector<AgentGroup> groups;
  Address* handler = desk.find_handler(groups);
  if (!handler) {
    complain("no agent handler (ACD) serves queues on any line");
    return exit_failed;
  }
  Table table({"QUEUE", "GROUP", "WAITING", "LONGEST", "OFFERED", "ABANDONED", "FLOWED OUT", "AVERAGE WAIT"});
  nlohmann::json list = nlohmann::json::array();
  std::set<DWORD> shown; // a queue may be served by several groups
  for (const AgentGroup& group : groups) {
    std::vector<QueueEntry> entries;
    LONG result = desk.ask<std::vector<QueueEntry>>(
        [&](auto done) { return handler->get_queues(group.id, done); }, entries);
    if (result < 0) explain("queues of group " + group.name, result);
    for (const QueueEntry& entry : entries) {
      QueueInfo info;
      result = desk.ask<QueueInfo>([&](auto done) { return handler->get_queue_info(entry.id, done); }, info);
      if (!shown.insert(entry.id).second) continue;
      if (result < 0) {
        explain("queue " + entry.name, result);
        continue;
      }
      table.add({printable(entry.name), printable(group.name), std::to_string(info.waiting),
                 duration_text(std::chrono::seconds(info.longest_wait)), std::to_string(info.queued),
                 std::to_string(info.abandoned), std::to_string(info.flowed_out),
                 duration_text(std::chrono::seconds(info.average_wait))});
      list.push_back({{"queue", entry.name},
                      {"id", entry.id},
                      {"group", group.name},
                      {"waiting", info.waiting},
                      {"longest_wait_s", info.longest_wait},
                      {"offered", info.queued},
                      {"abandoned", info.abandoned},
                      {"flowed_in", info.flowed_in},
                      {"flowed_out", info.flowed_out},
                      {"final_disposition", info.final_disposition},
                      {"average_wait_s", info.average_wait},
                      {"longest_ever_wait_s", info.longest_ever_wait},
                      {"measurement_period_s", info.measurement_period}});
    }
  }
  if (desk.json())
    print_line(list);
  else
    print(table.text());
  return exit_ok;
}

} // namespace tl::cli
