// SPDX-License-Identifier: Apache-2.0
// TLS over TCP: the library's only file that knows OpenSSL. The server's certificate must be good for the
// name or address it was called by (RFC 6125).
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "tapi32/session.hpp"
#include "tapi32/socket.hpp"
#include "tapi32/stream.hpp"

namespace tl::tapi32 {
namespace {

// A server that vanished without a word is known to be gone after 60 s, as on its side.
constexpr int silent_peer_idle_s = 30, silent_peer_probe_s = 10, silent_peer_probes = 3;

struct Free {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* ssl) const { SSL_free(ssl); }
  void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};
using Context = std::unique_ptr<SSL_CTX, Free>;
using Tls = std::unique_ptr<SSL, Free>;

Error tls_error(const std::string& what) {
  const char* const reason = ERR_reason_error_string(ERR_peek_error());
  ERR_clear_error();
  return {EPROTO, what + (reason ? std::string{": "} + reason : std::string{})};
}

// OpenSSL's own socket functions may raise SIGPIPE, which ends a program that does not expect it.
int descriptor(BIO* bio) {
  return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
}
int outcome(BIO* bio, ssize_t count, int retry) {
  BIO_clear_retry_flags(bio);
  if (count < 0 && errno == EINTR) BIO_set_flags(bio, retry | BIO_FLAGS_SHOULD_RETRY);
  return static_cast<int>(count);
}
const BIO_METHOD* quiet_socket() {
  static const BIO_METHOD* const method = [] {
    BIO_METHOD* const made = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "socket without SIGPIPE");
    BIO_meth_set_write(made, [](BIO* bio, const char* data, int size) {
      return outcome(bio, ::send(descriptor(bio), data, static_cast<std::size_t>(size), MSG_NOSIGNAL),
                     BIO_FLAGS_WRITE);
    });
    BIO_meth_set_read(made, [](BIO* bio, char* data, int size) {
      return outcome(bio, ::recv(descriptor(bio), data, static_cast<std::size_t>(size), 0), BIO_FLAGS_READ);
    });
    BIO_meth_set_ctrl(made, [](BIO*, int command, long, void*) -> long { return command == BIO_CTRL_FLUSH; });
    BIO_meth_set_create(made, [](BIO* bio) {
      BIO_set_init(bio, 1);
      return 1;
    });
    return made;
  }();
  return method;
}
bool use_socket(SSL* tls, int fd) {
  BIO* const bio = BIO_new(quiet_socket());
  if (!bio) return false;
  BIO_set_data(bio, reinterpret_cast<void*>(std::intptr_t{fd}));
  SSL_set_bio(tls, bio, bio);
  return true;
}

class TlsStream final : public Stream {
public:
  TlsStream(int fd, Context context, Tls tls)
      : socket_(fd), context_(std::move(context)), tls_(std::move(tls)) {}
  void limit_silence(std::chrono::seconds limit) override { socket_.limit_silence(limit); }
  void shut_down() override { socket_.shut_down(); }
  int fd() const override { return socket_.fd(); }

  bool send(wire::Bytes bytes) override {
    std::size_t sent = 0;
    ERR_clear_error();
    return bytes.empty() || SSL_write_ex(tls_.get(), bytes.data(), bytes.size(), &sent) == 1;
  }
  std::size_t receive(std::span<std::byte> space) override {
    std::size_t got = 0;
    ERR_clear_error();
    return SSL_read_ex(tls_.get(), space.data(), space.size(), &got) == 1 ? got : 0;
  }

private:
  Socket socket_;
  Context context_;
  Tls tls_;
};

Result<int> connect_tcp(const Server& server) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int error = ::getaddrinfo(server.host.c_str(), server.port.c_str(), &wanted, &found); error != 0)
    return Error{EHOSTUNREACH, "no telephony server at " + server.name() + ": " + ::gai_strerror(error)};
  const std::unique_ptr<addrinfo, Free> owned{found};
  int failure = 0;
  for (const addrinfo* each = found; each; each = each->ai_next) {
    const int fd = ::socket(each->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) continue;
    const timeval limit{reply_timeout.count(), 0};
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit); // of connect(), too
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (::connect(fd, each->ai_addr, each->ai_addrlen) == 0) return fd;
    failure = errno;
    ::close(fd);
  }
  return Error{failure, "no telephony server at " + server.name() + ": " + std::strerror(failure)};
}

void notice_silence(int fd) {
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  ::setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &silent_peer_idle_s, sizeof silent_peer_idle_s);
  ::setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &silent_peer_probe_s, sizeof silent_peer_probe_s);
  ::setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &silent_peer_probes, sizeof silent_peer_probes);
}

Result<Context> make_context(const Server& server) {
  Context context{SSL_CTX_new(TLS_client_method())};
  if (!context) return tls_error("TLS cannot be used");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_mode(context.get(), SSL_MODE_AUTO_RETRY);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  const bool trust = server.ca.empty()
                         ? SSL_CTX_set_default_verify_paths(context.get()) == 1
                         : SSL_CTX_load_verify_locations(context.get(), server.ca.c_str(), nullptr) == 1;
  if (!trust) return tls_error(server.ca + ": no certificates (PEM) could be read");
  if (server.certificate.empty()) return context;
  if (SSL_CTX_use_certificate_chain_file(context.get(), server.certificate.c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(context.get(), server.key.c_str(), SSL_FILETYPE_PEM) != 1)
    return tls_error(server.certificate + ", " + server.key +
                     ": no certificate and its key (PEM) could be read");
  return context;
}

bool expect_name(SSL* tls, const std::string& host) {
  X509_VERIFY_PARAM* const param = SSL_get0_param(tls);
  if (X509_VERIFY_PARAM_set1_ip_asc(param, host.c_str()) == 1) return true;
  ERR_clear_error();
  SSL_set_hostflags(tls, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return SSL_set1_host(tls, host.c_str()) == 1 && SSL_set_tlsext_host_name(tls, host.c_str()) == 1;
}

Error handshake_error(const SSL* tls, const Server& server) {
  const long verdict = SSL_get_verify_result(tls);
  if (verdict == X509_V_OK) return tls_error("no TLS with " + server.name());
  ERR_clear_error();
  return {EACCES, "the certificate of " + server.name() +
                      " is not trusted: " + X509_verify_cert_error_string(verdict)};
}

} // namespace

Result<std::unique_ptr<Stream>> open_tls(const Server& server) {
  ERR_clear_error();
  auto context = make_context(server);
  if (!context) return context.error();
  const auto fd = connect_tcp(server);
  if (!fd) return fd.error();
  Tls tls{SSL_new(context->get())};
  SSL* const handle = tls.get();
  auto stream = std::make_unique<TlsStream>(*fd, std::move(*context), std::move(tls)); // owns the descriptor
  if (!handle || !use_socket(handle, *fd) || !expect_name(handle, server.host))
    return tls_error("no TLS with " + server.name());
  notice_silence(*fd);
  if (SSL_connect(handle) != 1) return handshake_error(handle, server);
  return std::unique_ptr<Stream>{std::move(stream)};
}

} // namespace tl::tapi32
