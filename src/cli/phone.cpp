// SPDX-License-Identifier: Apache-2.0
#include "cli/phone.hpp"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <fmt/core.h>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <unistd.h>

#include "base/real_loop.hpp"
#include "cli/desk.hpp"
#include "cli/output.hpp"
#include "cli/phone_input.hpp"
#include "sip/phone.hpp"

namespace tl::cli {
namespace {

constexpr double heard_level =
    2000; // of 16-bit samples: well above noise, well below the tone other phones send
constexpr Duration listen_interval = 100ms;
constexpr Duration leave_wait_max = 2s; // for the registrar's answer

class TerminalPhone final : public sip::PhoneEvents {
public:
  explicit TerminalPhone(const PhoneOptions& options)
      : options_(options), listen_timer_(loop_, [this] { listen(); }),
        end_timer_(loop_, [this] { loop_.stop(); }) {
    std::istringstream list(options.listen_hz);
    for (std::string one; std::getline(list, one, ',');) heard_[std::atoi(one.c_str())] = false;
  }

  int run() {
    sip::PhoneConfig config;
    std::optional<sip::Address> server = sip::Address::parse(options_.server);
    if (!server)
      return refuse(options_.server + ": expected the server's address and port, like 127.0.0.1:5060");
    config.local = *sip::Address::parse_host(server->v6 ? "::1" : "127.0.0.1", 0);
    config.protocol = options_.tcp ? sip::Protocol::tcp : sip::Protocol::udp;
    config.server = options_.server;
    config.number = options_.number;
    config.name = options_.name;
    config.password = options_.password;
    config.tone_hz = options_.tone_hz;
    if (options_.auto_answer) config.answer_after = std::chrono::milliseconds(options_.answer_after_ms);
    if (getentropy(config.seed.data(), sizeof config.seed) != 0) return refuse("no random numbers");
    if (config.password.empty())
      return refuse(fmt::format("no password for {}; give it with --password or in $TRUNKLINE_PASSWORD, or "
                                "name the state folder of "
                                "the server that made one with --state",
                                options_.number));
    auto opened = sip::Phone::open(loop_, log_, std::move(config), *this);
    if (!opened) return refuse(opened.error().text);
    phone_ = std::move(*opened);
    loop_.on_signals({SIGINT, SIGTERM, SIGHUP}, [this](int) { leave(); });
    PhoneInput input(loop_, [this](const std::string& line) { command(line); });
    phone_->enroll();
    loop_.run();
    phone_.reset();
    return result_;
  }

private:
  using Call = sip::PhoneCall;

  static int refuse(const std::string& why) {
    complain(why);
    return exit_failed;
  }

  void tell(const std::string& event, const std::string& text,
            nlohmann::json more = nlohmann::json::object()) {
    if (!options_.json)
      return print(fmt::format("{}  phone {}  {}\n", clock_text(loop_.now()), options_.number, text));
    more["event"] = event;
    more["phone"] = options_.number;
    more["at"] = timestamp_text(loop_.now());
    print_line(more);
  }

  void phone_registered(sip::Phone&, int status) override {
    if (leaving_) return loop_.stop();
    bool good = status / 100 == 2;
    if (good && registered_) return; // refreshed
    registered_ = good;
    tell(good ? "registered" : "not_registered",
         good ? "registered at " + options_.server : fmt::format("not registered ({})", status),
         {{"status", status}});
    // A wrong password or an unknown number does not get better by itself.
    if (status == 401 || status == 403 || status == 404 || status == 407) {
      complain(fmt::format("{} refused {} ({}): wrong number or password", options_.server, options_.number,
                           status));
      result_ = exit_failed;
      loop_.stop();
    } else if (good && !options_.dial.empty() && !dialled_) {
      dialled_ = true;
      dial(options_.dial);
    }
  }
  void phone_ringing(sip::Phone&, Call& call) override {
    tell("ringing",
         "rings: " + printable(call.caller()) + (options_.auto_answer ? "" : "   (a answers, h refuses)"),
         {{"from", call.caller()}});
  }
  void phone_progress(sip::Phone&, Call&, int status) override {
    tell("progress", fmt::format("calling ({})", status), {{"status", status}});
  }
  void phone_connected(sip::Phone&, Call& call) override {
    tell("connected", "connected with " + printable(call.caller()), {{"with", call.caller()}});
    if (!listen_timer_.running() && !heard_.empty()) listen_timer_.start(listen_interval);
  }
  void phone_ended(sip::Phone&, Call& call, int status) override {
    tell("ended",
         fmt::format("call with {} ended{}", printable(call.caller()),
                     status ? fmt::format(" ({})", status) : ""),
         {{"with", call.caller()}, {"status", status}});
  }
  void phone_held(sip::Phone&, Call&, int status) override {
    tell("held", fmt::format("hold key: {}", status), {{"status", status}});
  }
  void phone_transferred(sip::Phone&, Call&, int status) override {
    tell("transferred", fmt::format("transfer: {}", status), {{"status", status}});
  }

  // Tells when a frequency begins or ends to be heard.
  void listen() {
    std::map<int, bool> now;
    for (const auto& call : phone_->calls())
      if (call->connected() && call->sound())
        for (const auto& [hz, before] : heard_) now[hz] = now[hz] || call->sound()->level(hz) > heard_level;
    for (auto& [hz, before] : heard_) {
      if (now[hz] == before) continue;
      before = now[hz];
      tell(before ? "hears" : "hears_no_more",
           fmt::format("{} {} Hz", before ? "hears" : "no longer hears", hz), {{"hz", hz}});
    }
    if (!phone_->calls().empty()) listen_timer_.start(listen_interval);
  }

  void dial(const std::string& number) {
    if (!phone_->call(number)) complain("cannot call " + number);
  }

  void command(const std::string& line) {
    std::istringstream words(line);
    std::string verb, number;
    words >> verb >> number;
    Call* call = phone_->calls().empty() ? nullptr : phone_->calls().back().get();
    if (verb.empty()) return;
    if (verb == "q" || verb == "quit") return leave();
    if ((verb == "d" || verb == "dial") && !number.empty()) return dial(number);
    if (!call)
      return complain(
          "no call; commands: dial NUMBER, answer, hangup, hold, unhold, transfer NUMBER, digits, quit");
    if (verb == "a" || verb == "answer")
      call->answer();
    else if (verb == "h" || verb == "hangup")
      call->hangup();
    else if (verb == "hold")
      call->hold(true);
    else if (verb == "unhold")
      call->hold(false);
    else if ((verb == "t" || verb == "transfer") && !number.empty())
      call->transfer(number);
    else if (verb == "digits" && !number.empty() && call->sound())
      call->sound()->send_digits(number);
    else
      complain("commands: dial NUMBER, answer, hangup, hold, unhold, transfer NUMBER, digits DIGITS, quit");
  }

  // Hangs up and takes the registration back; a second time does not wait for the answer.
  void leave() {
    if (leaving_ || !registered_) return loop_.stop();
    leaving_ = true;
    while (!phone_->calls().empty()) {
      std::size_t count = phone_->calls().size();
      phone_->calls().back()->hangup();
      if (phone_->calls().size() == count) break; // it goes on a later turn
    }
    phone_->withdraw();
    end_timer_.start(leave_wait_max);
  }

  PhoneOptions options_;
  RealLoop loop_;
  StderrLog log_;
  Timer listen_timer_;
  Timer end_timer_;
  std::unique_ptr<sip::Phone> phone_;
  std::map<int, bool> heard_; // by frequency
  int result_ = exit_ok;
  bool registered_ = false;
  bool dialled_ = false;
  bool leaving_ = false;
};

} // namespace

int phone(const PhoneOptions& options) {
  return TerminalPhone(options).run();
}

} // namespace tl::cli
