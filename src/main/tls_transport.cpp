// SPDX-License-Identifier: Apache-2.0
#include "main/tls_transport.hpp"

#include <cerrno>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include "base/check.hpp"

namespace tl::program {

TlsTransport::TlsTransport(SSL_CTX& context, Descriptor fd, std::string peer)
    : fd_(std::move(fd)), peer_(std::move(peer)), ssl_(SSL_new(&context)) {
  TL_CHECK(ssl_ != nullptr, "no memory for a TLS connection");
  SSL_set_fd(ssl_, fd_.get());
  SSL_set_accept_state(ssl_);
  // A connection's memory is for what is on its way: two thousand of them wait most of the time.
  SSL_set_mode(ssl_, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                         SSL_MODE_RELEASE_BUFFERS);
}

TlsTransport::~TlsTransport() {
  if (SSL_is_init_finished(ssl_) && fault_.empty()) {
    ERR_clear_error();
    SSL_shutdown(ssl_); // close_notify, as far as the socket takes it
  }
  SSL_free(ssl_);
}

// OpenSSL's queue of errors belongs to the thread: what is left of one call must not explain the next.
Transport::Moved TlsTransport::receive(std::span<std::byte> space) {
  ERR_clear_error();
  std::size_t bytes = 0;
  const int result = SSL_read_ex(ssl_, space.data(), space.size(), &bytes);
  const Moved moved = outcome(result, bytes);
  wants_write_ = moved.outcome == Outcome::later && SSL_want_write(ssl_);
  return moved;
}

// Before the handshake is done nothing can be said, and SSL_write would make one: who is refused unheard costs
// no signature.
Transport::Moved TlsTransport::send(wire::Bytes bytes) {
  if (!SSL_is_init_finished(ssl_)) return {Outcome::later};
  ERR_clear_error();
  std::size_t sent = 0;
  const int result = SSL_write_ex(ssl_, bytes.data(), bytes.size(), &sent);
  return outcome(result, sent);
}

bool TlsTransport::holds_received() const {
  return SSL_has_pending(ssl_) == 1;
}

Transport::Moved TlsTransport::outcome(int result, std::size_t bytes) {
  if (result == 1) return {Outcome::moved, bytes};
  switch (SSL_get_error(ssl_, result)) {
  case SSL_ERROR_WANT_READ:
  case SSL_ERROR_WANT_WRITE: return {Outcome::later};
  case SSL_ERROR_SSL: {
    const unsigned long code = ERR_peek_error();
    const char* const reason = ERR_reason_error_string(code);
    const bool cut = ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING; // closed without a word
    if (!cut || !SSL_is_init_finished(ssl_)) fault_ = std::string("TLS: ") + (reason ? reason : "failed");
    return {Outcome::ended};
  }
  default: return {Outcome::ended};
  }
}

} // namespace tl::program
