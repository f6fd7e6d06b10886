// SPDX-License-Identifier: Apache-2.0
#include "cli/agent.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "cli/output.hpp"

namespace tl::cli {
namespace {

struct Turn {
  Address* address = nullptr;
  std::size_t step = 0;
  LONG result = 0;
  bool over = false;
};

class AgentDesk final : public Desk {
public:
  AgentDesk(const Common& common, std::vector<AgentStep> steps) : Desk(common), steps_(std::move(steps)) {}
  ~AgentDesk() override { telephony().shutdown(); }

  void add(Address& address) { turns_.push_back(std::make_unique<Turn>(Turn{.address = &address})); }

  bool run() {
    open_ = turns_.size();
    for (const auto& turn : turns_) next(*turn);
    return wait([this] { return open_ == 0; }, run_wait_max);
  }
  const std::vector<std::unique_ptr<Turn>>& turns() const { return turns_; }

private:
  static constexpr Duration run_wait_max = 60s; // hundreds of stations at once

  void next(Turn& turn) {
    if (turn.step == steps_.size()) return end(turn, 0);
    AgentStep& step = steps_[turn.step++];
    LONG started =
        step(*turn.address, [this, &turn](LONG result) { result < 0 ? end(turn, result) : next(turn); });
    if (started < 0) end(turn, started);
  }
  void end(Turn& turn, LONG result) {
    if (turn.over) return;
    turn.over = true;
    turn.result = result;
    if (--open_ == 0) stir();
  }

  std::vector<AgentStep> steps_;
  std::vector<std::unique_ptr<Turn>> turns_;
  std::size_t open_ = 0;
};

bool choose(AgentDesk& desk, const AgentOptions& options) {
  if (options.all) {
    for (const auto& address : desk.telephony().addresses())
      if (address->kind() == telephony::AddressKind::station) desk.add(*address);
  } else {
    for (const std::string& name : options.stations) {
      Address* address = desk.find_line(name);
      if (!address) return false;
      desk.add(*address);
    }
  }
  for (const auto& turn : desk.turns())
    if (!desk.open(*turn->address, {})) return false;
  return true;
}

} // namespace

int for_agents(const Common& common, const AgentOptions& options, const char* done,
               std::vector<AgentStep> steps) {
  AgentDesk desk(common, std::move(steps));
  if (int failed = desk.connect(); failed) return failed;
  if (!choose(desk, options)) return exit_failed;
  if (desk.turns().empty()) {
    complain("there is no station");
    return exit_failed;
  }
  if (!desk.run()) {
    complain("the server did not answer in time");
    return exit_failed;
  }
  bool good = true;
  nlohmann::json list = nlohmann::json::array();
  for (const auto& turn : desk.turns()) {
    const std::string& number = turn->address->number();
    nlohmann::json one = {{"station", number}, {"result", done}};
    if (turn->result < 0) {
      good = false;
      explain("agent at " + number, turn->result);
      one["result"] = telephony::error_name(turn->result);
    } else if (!desk.json()) {
      print(fmt::format("agent at {} {}\n", number, done));
    }
    list.push_back(std::move(one));
  }
  if (desk.json()) print_line(list);
  return good ? exit_ok : exit_failed;
}

} // namespace tl::cli
