// SPDX-License-Identifier: Apache-2.0
// The command line of the one program. What a verb does is in src/cli and serve.cpp; here is only how it is
// called.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "cli/configure.hpp"
#include "cli/phone.hpp"
#include "cli/verbs.hpp"
#include "main/paths.hpp"
#include "main/serve.hpp"
#include "main/site_verbs.hpp"
#include "main/user_verbs.hpp"

namespace {

using namespace tl;

struct CommandLine {
  CLI::App app{"Trunkline: an open telephony server and contact centre."};
  cli::Common common;
  program::ServeOptions serve;
  program::SiteOptions site;
  program::CertificateOptions certificate;
  cli::WatchOptions watch;
  cli::DialOptions dial;
  cli::CallChoice call;
  cli::TransferOptions transfer;
  cli::AgentOptions agent;
  cli::ConfigureOptions configure;
  cli::PhoneOptions phone;
  std::string phone_state; // folder with generated passwords
  std::string line;
  std::string number;
  std::function<int()> chosen;

  CommandLine();
  int run(int argc, char** argv);

private:
  CLI::App* verb(CLI::App& above, const char* name, const char* what, const char* examples,
                 std::function<int()> action);
  CLI::App* client_verb(CLI::App& above, const char* name, const char* what, const char* examples,
                        std::function<int()> action);
  void call_verb(const char* name, const char* what, const char* examples,
                 int (*action)(const cli::Common&, const cli::CallChoice&));
  void add_server_verbs();
  void add_remote_verbs();
  void add_lists();
  void add_call_verbs();
  void add_agent_verbs();
  void add_dialogs();
  void add_phone();
};

CLI::App* CommandLine::verb(CLI::App& above, const char* name, const char* what, const char* examples,
                            std::function<int()> action) {
  CLI::App* one = above.add_subcommand(name, what);
  one->footer(std::string("Examples:\n") + examples);
  one->callback([this, action = std::move(action)] { chosen = action; });
  return one;
}

CLI::App* CommandLine::client_verb(CLI::App& above, const char* name, const char* what, const char* examples,
                                   std::function<int()> action) {
  CLI::App* one = verb(above, name, what, examples, std::move(action));
  one->add_option("--socket", common.socket,
                  "the server's socket (default: $TRUNKLINE_SOCKET, then where a server listens by itself)");
  one->add_option("--server", common.server,
                  "a server elsewhere, tls://[user@]host:port (default: $TRUNKLINE_SERVER); the password comes from "
                  "$TRUNKLINE_USER_PASSWORD or the file $TRUNKLINE_USER_PASSWORD_FILE");
  one->add_option("--ca", common.ca, "PEM file that vouches for that server (default: $TRUNKLINE_CA, then the system's)");
  one->add_flag("--json", common.json, "for programs: JSON instead of a table");
  return one;
}

void CommandLine::call_verb(const char* name, const char* what, const char* examples,
                            int (*action)(const cli::Common&, const cli::CallChoice&)) {
  CLI::App* one = client_verb(app, name, what, examples, [this, action] { return action(common, call); });
  one->add_option("line", call.line, "number or name of the line")->required();
  one->add_option("--call", call.call_id, "which call, when the line shows several (see trunkline calls)");
}

void CommandLine::add_server_verbs() {
  CLI::App* one = verb(app, "serve", "start the server; Ctrl-C ends it",
                       "  trunkline serve\n  trunkline serve --site site.toml --state /var/lib/trunkline",
                       [this] { return program::serve(serve); });
  one->add_option("--site", serve.site, "site file (default: the embedded one, see trunkline site print)");
  one->add_option("--state", serve.state, "folder for the database and generated passwords");
  one->add_option("--socket", serve.socket, "where programs reach the server");
  one->add_flag("--json", serve.json, "say what is listening as one line of JSON");

  CLI::App* about_site = app.add_subcommand("site", "the site file");
  about_site->require_subcommand(1);
  verb(*about_site, "print", "print the embedded default site", "  trunkline site print > site.toml",
       [] { return program::print_site(); });
  one = verb(*about_site, "check", "check a site file and start nothing", "  trunkline site check site.toml",
             [this] { return program::check_site_file(site); });
  one->add_option("file", site.file, "site file")->required();
  one = verb(*about_site, "passwords", "the generated passwords of stations", "  trunkline site passwords",
             [this] { return program::print_passwords(site); });
  one->add_option("--state", site.state, "the server's state folder");
}

void CommandLine::add_remote_verbs() {
  CLI::App* about_users = app.add_subcommand("user", "users of the site file");
  about_users->require_subcommand(1);
  verb(*about_users, "password", "read a password and print its hash, for [[user]] of the site file",
       "  trunkline user password", [] { return program::print_password_hash(); });
  CLI::App* one = verb(app, "certificate", "make a certificate that the server signs itself, and its key",
                       "  trunkline certificate phones.example.com 192.0.2.7 --folder /etc/trunkline",
                       [this] { return program::print_certificate(certificate); });
  one->add_option("hosts", certificate.hosts, "names and addresses by which clients call the server")->required();
  one->add_option("--folder", certificate.folder, "where server.crt and server.key go")->capture_default_str();
  one->add_option("--days", certificate.days, "how long it is good")->check(CLI::Range(1, 36'500))->capture_default_str();
}

void CommandLine::add_lists() {
  client_verb(app, "lines", "every line of the switch: stations, trunks, route points, queues",
              "  trunkline lines", [this] { return cli::lines(common); });
  CLI::App* one =
      client_verb(app, "calls", "the calls on all lines, or on one",
                  "  trunkline calls\n  trunkline calls 2900", [this] { return cli::calls(common, line); });
  one->add_option("line", line, "number or name of the line");
  client_verb(app, "agents", "the agents and their states", "  trunkline agents --json",
              [this] { return cli::agents(common); });
  client_verb(app, "queues", "the queues: waiting, longest wait, offered, abandoned", "  trunkline queues",
              [this] { return cli::queues(common); });
  one =
      client_verb(app, "watch", "every event as it happens, one line each; Ctrl-C ends it",
                  "  trunkline watch\n  trunkline watch 2000 2900 1001\n  trunkline watch --json | jq .state",
                  [this] { return cli::watch(common, watch); });
  one->add_option("lines", watch.lines, "only these lines");
  one->add_option("--count", watch.events_max, "end after so many events");
}

void CommandLine::add_call_verbs() {
  CLI::App* one =
      client_verb(app, "dial", "make a call from a station; its own phone rings or goes off hook first",
                  "  trunkline dial 1001 2000\n  trunkline dial 1001 1002 --wait 0",
                  [this] { return cli::dial(common, dial); });
  one->add_option("line", dial.line, "the calling station")->required();
  one->add_option("number", dial.number, "the number to call")->required();
  one->add_option("--wait", dial.wait_s, "seconds to wait for the answer; 0: do not wait")
      ->capture_default_str();
  call_verb("answer", "answer the call that rings at a line", "  trunkline answer 1001", cli::answer);
  call_verb("drop", "end a line's call", "  trunkline drop 1001\n  trunkline drop 1001 --call 17", cli::drop);
  call_verb("hold", "hold a line's call", "  trunkline hold 1001", cli::hold);
  call_verb("unhold", "take a held call back", "  trunkline unhold 1001", cli::unhold);
  one = client_verb(app, "transfer", "transfer a line's call to another number",
                    "  trunkline transfer 1001 1002\n  trunkline transfer 1001 1002 --consult",
                    [this] { return cli::transfer(common, transfer); });
  one->add_option("line", transfer.call.line, "the line whose call it is")->required();
  one->add_option("number", transfer.number, "where the call goes")->required();
  one->add_option("--call", transfer.call.call_id, "which call, when the line shows several");
  one->add_flag("--consult", transfer.consult, "call the other side first and transfer when it answers");
  one->add_option("--wait", transfer.wait_s, "with --consult: seconds to wait for that answer")
      ->capture_default_str();
}

void CommandLine::add_agent_verbs() {
  CLI::App* above = app.add_subcommand("agent", "log agents in and out, set them ready or not ready");
  above->require_subcommand(1);
  auto add = [this, above](const char* name, const char* what, const char* examples,
                           int (*action)(const cli::Common&, const cli::AgentOptions&)) {
    CLI::App* one = client_verb(*above, name, what, examples, [this, action] {
      if (agent.all || !agent.stations.empty()) return action(common, agent);
      std::cerr << "trunkline: which agent? Name a station, or --all\n";
      return static_cast<int>(cli::exit_usage);
    });
    CLI::Option* stations = one->add_option("stations", agent.stations, "numbers of the agents' stations");
    stations->excludes(one->add_flag("--all", agent.all, "every station"));
    return one;
  };
  CLI::App* login =
      add("login", "log in to groups",
          "  trunkline agent login 1001 --ready\n  trunkline agent login 1001 1002 --group support",
          cli::agent_login);
  login
      ->add_option("--group", agent.groups,
                   "name of a group (repeat for more; default: all that may be joined)")
      ->take_all()
      ->allow_extra_args(false);
  login->add_flag("--ready", agent.ready, "ready for calls at once");
  add("ready", "ready for calls", "  trunkline agent ready 1001", cli::agent_ready);
  add("notready", "no calls for now", "  trunkline agent notready 1001", cli::agent_not_ready);
  add("logout", "log out of all groups", "  trunkline agent logout --all", cli::agent_logout);
}

// They talk to a person, so they have no JSON.
void CommandLine::add_dialogs() {
  const char* const about_socket = "the server's socket (default: where a server listens by itself)";
  CLI::App* one = verb(app, "configure", "set what a line or a provider lets be set while it runs",
                       "  trunkline configure 1001\n  trunkline configure --provider pbx",
                       [this] {
                         if (!configure.line.empty() || !configure.provider.empty())
                           return cli::configure(common, configure);
                         std::cerr << "trunkline: what? Name a line, or a provider with --provider\n";
                         return static_cast<int>(cli::exit_usage);
                       });
  CLI::Option* station = one->add_option("line", configure.line, "number or name of the line");
  CLI::Option* provider = one->add_option("--provider", configure.provider, "file name of a provider instead");
  station->excludes(provider);
  one->add_option("--socket", common.socket, about_socket);
  one = verb(app, "locations", "dialling locations and calling cards: list, add, edit, choose",
             "  trunkline locations\n  trunkline locations \"+49 (30) 901820\"",
             [this] { return cli::locations(common, number); });
  one->add_option("number", number, "show how this number is dialled");
  one->add_option("--socket", common.socket, about_socket);
}

void CommandLine::add_phone() {
  CLI::App* one = verb(app, "phone", "a SIP phone in the terminal, registered as a station",
                       "  trunkline phone 1001\n  trunkline phone 1002 --auto-answer\n  trunkline phone 1003 "
                       "--dial 2000 --listen 1000",
                       [this] {
                         if (phone.password.empty())
                           phone.password = program::known_password(phone.number, phone_state);
                         if (phone.server.empty()) phone.server = program::known_server(phone_state);
                         return cli::phone(phone);
                       });
  one->add_option("number", phone.number, "the station it is")->required();
  one->add_option("--server", phone.server,
                  "the server's SIP address (default: where the local server listens)");
  one->add_option("--password", phone.password,
                  "the station's password (better: in $TRUNKLINE_PASSWORD; default: the generated one)")
      ->envname("TRUNKLINE_PASSWORD");
  one->add_option("--state", phone_state, "state folder of the server that generated the password");
  one->add_option("--name", phone.name, "name shown to others");
  one->add_flag("--tcp", phone.tcp, "SIP over TCP");
  one->add_flag("--auto-answer", phone.auto_answer, "answer by itself");
  one->add_option("--answer-after", phone.answer_after_ms, "milliseconds of ringing before it does")
      ->capture_default_str();
  one->add_option("--tone", phone.tone_hz, "the tone it says, in Hz; 0: silence")->capture_default_str();
  one->add_option("--listen", phone.listen_hz,
                  "tell when this tone begins and ends to be heard (Hz, several with commas)");
  one->add_option("--dial", phone.dial, "call this number once registered");
  one->add_flag("--json", phone.json, "for programs: one JSON line an event");
}

CommandLine::CommandLine() {
  app.require_subcommand(1);
  app.set_version_flag("--version", TRUNKLINE_VERSION);
  app.footer("\"trunkline VERB --help\" shows a verb's options and examples.");
  add_server_verbs();
  add_remote_verbs();
  add_lists();
  add_call_verbs();
  add_agent_verbs();
  add_dialogs();
  add_phone();
}

int CommandLine::run(int argc, char** argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) { // --help, --version
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    app.exit(error);
    return cli::exit_usage;
  }
  if (common.server.empty() && common.socket.empty())
    if (const char* const named = std::getenv("TRUNKLINE_SERVER")) common.server = named;
  if (common.server.empty() && common.socket.empty()) common.socket = program::socket_to_find(program::default_state_folder());
  return chosen();
}

} // namespace

int main(int argc, char** argv) {
  // A closed pipe or socket, or a file at its size limit (ulimit -f), is an error of one write, not the end of
  // the program.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  return CommandLine().run(argc, argv);
}
