// SPDX-License-Identifier: Apache-2.0
#include "tapi32/address.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string_view>
#include <unistd.h>

namespace tl::tapi32 {
namespace {

constexpr std::string_view tls_prefix = "tls://";

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  return value ? value : "";
}
std::string or_environment(const std::string& said, const char* name) {
  return said.empty() ? environment(name) : said;
}

// A file's first line.
Result<std::string> read_password(const std::string& file) {
  std::ifstream in{file};
  std::string line;
  if (!in || (!std::getline(in, line) && !in.eof()))
    return Error{errno ? errno : EIO, file + ": the password cannot be read: " + std::strerror(errno)};
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

// "[user@]host:port", the host in brackets when it has colons of its own.
Result<Server> parse_tls(std::string_view rest) {
  Server server;
  if (const auto at = rest.rfind('@'); at != rest.npos) {
    server.user = rest.substr(0, at);
    rest.remove_prefix(at + 1);
  }
  const auto colon = rest.rfind(':');
  const bool bracketed = rest.starts_with('[') && colon != rest.npos && colon >= 2 && rest[colon - 1] == ']';
  if (colon == rest.npos || colon == 0 || colon + 1 == rest.size() || (bracketed && colon == 2))
    return Error{EINVAL, std::string{rest} + ": expected tls://host:port"};
  server.host = bracketed ? rest.substr(1, colon - 2) : rest.substr(0, colon);
  server.port = rest.substr(colon + 1);
  if (!bracketed && server.host.find(':') != server.host.npos)
    return Error{EINVAL, std::string{rest} + ": an IPv6 address stands in brackets"};
  return server;
}

} // namespace

Result<Server> find_server(const std::string& named, const Credentials& credentials) {
  const std::string name = named.empty() ? default_server() : named;
  if (!std::string_view{name}.starts_with(tls_prefix)) return Server{.path = name};
  auto server = parse_tls(std::string_view{name}.substr(tls_prefix.size()));
  if (!server) return server;
  if (!credentials.user.empty() || server->user.empty())
    server->user = or_environment(credentials.user, "TRUNKLINE_USER");
  server->password = or_environment(credentials.password, "TRUNKLINE_USER_PASSWORD");
  server->ca = or_environment(credentials.ca, "TRUNKLINE_CA");
  server->certificate = environment("TRUNKLINE_CERTIFICATE");
  server->key = environment("TRUNKLINE_KEY");
  if (const auto file = environment("TRUNKLINE_USER_PASSWORD_FILE");
      server->password.empty() && !file.empty()) {
    auto password = read_password(file);
    if (!password) return password.error();
    server->password = std::move(*password);
  }
  return server;
}

std::string default_server() {
  for (const char* const name : {"TRUNKLINE_SERVER", "TRUNKLINE_SOCKET"})
    if (std::string named = environment(name); !named.empty()) return named;
  if (const std::string runtime = environment("XDG_RUNTIME_DIR"); !runtime.empty()) {
    std::string own = runtime + "/trunkline/tapi.sock";
    if (::access(own.c_str(), F_OK) == 0) return own;
  }
  return "/run/trunkline/tapi.sock";
}

} // namespace tl::tapi32
