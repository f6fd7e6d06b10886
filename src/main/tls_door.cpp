// SPDX-License-Identifier: Apache-2.0
#include "main/tls_door.hpp"

#include <cerrno>
#include <cstring>
#include <fmt/core.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include "main/tls_transport.hpp"

namespace tl::program {
namespace {

struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using Context = std::unique_ptr<SSL_CTX, FreeContext>;

Error tls_failure(const std::string& file, const char* what) {
  const unsigned long code = ERR_get_error();
  const char* const reason = ERR_reason_error_string(code);
  ERR_clear_error();
  return {EINVAL, fmt::format("{}: {}: {}", file, what, reason ? reason : "unknown reason")};
}

Result<Context> make_context(const TlsOptions& options) {
  ERR_clear_error();
  Context context(SSL_CTX_new(TLS_server_method()));
  if (!context) return tls_failure("TLS", "cannot be used");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(),
                      SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context.get(), 0);
  if (SSL_CTX_use_certificate_chain_file(context.get(), options.certificate.c_str()) != 1)
    return tls_failure(options.certificate, "no certificate (PEM) could be read");
  if (SSL_CTX_use_PrivateKey_file(context.get(), options.key.c_str(), SSL_FILETYPE_PEM) != 1)
    return tls_failure(options.key, "no private key (PEM) could be read, or it is not the certificate's");
  if (SSL_CTX_check_private_key(context.get()) != 1)
    return tls_failure(options.key, "is not the certificate's private key");
  if (options.ca.empty()) return context;
  if (SSL_CTX_load_verify_locations(context.get(), options.ca.c_str(), nullptr) != 1)
    return tls_failure(options.ca, "no certificates (PEM) could be read");
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  return context;
}

std::string host_of(const sockaddr_storage& address, socklen_t size, std::string* port = nullptr) {
  char host[NI_MAXHOST] = {}, service[NI_MAXSERV] = {};
  if (getnameinfo(reinterpret_cast<const sockaddr*>(&address), size, host, sizeof host, service,
                  sizeof service, NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return "unknown";
  if (port) *port = service;
  return host;
}

// "address:port", the address in brackets when it has colons of its own.
Result<Descriptor> listen_at(const std::string& where, std::string& name) {
  const auto failure = [&](const std::string& what) {
    return Error{errno, fmt::format("{}: {}", where, what)};
  };
  const std::size_t colon = where.rfind(':');
  if (colon == std::string::npos) return Error{EINVAL, where + ": expected address:port"};
  std::string host = where.substr(0, colon);
  if (host.size() >= 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  addrinfo wanted{};
  wanted.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(host.c_str(), where.c_str() + colon + 1, &wanted, &found); error != 0)
    return Error{EINVAL, fmt::format("{}: {}; expected address:port", where, gai_strerror(error))};
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owned(found, &freeaddrinfo);
  Descriptor fd(socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (fd.get() < 0) return failure(std::string("no socket: ") + std::strerror(errno));
  const int on = 1;
  setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd.get(), found->ai_addr, found->ai_addrlen) != 0 || listen(fd.get(), SOMAXCONN) != 0)
    return failure(std::string("programs cannot reach the server there: ") + std::strerror(errno));
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  getsockname(fd.get(), reinterpret_cast<sockaddr*>(&bound), &size);
  std::string port;
  host = host_of(bound, size, &port);
  name = fmt::format(fmt::runtime(bound.ss_family == AF_INET6 ? "tls://[{}]:{}" : "tls://{}:{}"), host, port);
  return fd;
}

void notice_silence(int fd) {
  const int on = 1;
  const unsigned unanswered_ms = (silent_peer_idle_s + silent_peer_probe_s * silent_peer_probes) * 1000;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &silent_peer_idle_s, sizeof silent_peer_idle_s);
  setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &silent_peer_probe_s, sizeof silent_peer_probe_s);
  setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &silent_peer_probes, sizeof silent_peer_probes);
  setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &unanswered_ms, sizeof unanswered_ms);
}

class TlsDoor final : public Door {
public:
  TlsDoor(Loop& loop, Context context, Descriptor fd, std::string name, TlsOptions options)
      : context_(std::move(context)), fd_(std::move(fd)), name_(std::move(name)),
        users_(loop, std::move(options.passwords), options.limits) {}

  int fd() const override { return fd_.get(); }
  const std::string& name() const override { return name_; }

  std::unique_ptr<Transport> open(Descriptor fd) override {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    if (getpeername(fd.get(), reinterpret_cast<sockaddr*>(&peer), &size) != 0) return nullptr;
    notice_silence(fd.get());
    return std::make_unique<TlsTransport>(*context_, std::move(fd), host_of(peer, size));
  }

  // The process id is what the peer says: it names the process to people and gives no rights.
  void identify(const Transport& transport, const wire::Hello& hello, Answer answer) override {
    wire::Identity identity{.machine = transport.peer(), .user = hello.user, .process_id = hello.process_id};
    users_.check(transport.peer(), hello.user, hello.password,
                 [identity = std::move(identity), answer = std::move(answer)](const Result<void>& known) {
                   if (known)
                     answer(identity);
                   else
                     answer(known.error());
                 });
  }

private:
  Context context_;
  Descriptor fd_;
  std::string name_;
  Users users_;
};

} // namespace

Result<std::unique_ptr<Door>> open_tls_door(Loop& loop, TlsOptions options) {
  auto context = make_context(options);
  if (!context) return context.error();
  std::string name;
  auto fd = listen_at(options.listen, name);
  if (!fd) return fd.error();
  return std::unique_ptr<Door>(std::make_unique<TlsDoor>(loop, std::move(*context), std::move(*fd),
                                                         std::move(name), std::move(options)));
}

} // namespace tl::program
