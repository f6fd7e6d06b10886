// SPDX-License-Identifier: Apache-2.0
#include "main/certificate.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/core.h>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "main/descriptor.hpp"

namespace tl::program {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};
template <class T> using Owned = std::unique_ptr<T, Free>;

bool add_extension(X509& certificate, int id, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, &certificate, &certificate, nullptr, nullptr, 0);
  const Owned<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str()));
  return extension && X509_add_ext(&certificate, extension.get(), -1) == 1;
}

bool is_address(const std::string& host) {
  unsigned char bytes[16];
  return inet_pton(AF_INET, host.c_str(), bytes) == 1 || inet_pton(AF_INET6, host.c_str(), bytes) == 1;
}

std::string alternative_names(const std::vector<std::string>& hosts) {
  std::string names;
  for (const std::string& host : hosts)
    names += fmt::format("{}{}:{}", names.empty() ? "" : ",", is_address(host) ? "IP" : "DNS", host);
  return names;
}

Owned<X509> sign(EVP_PKEY& key, const CertificateOptions& options) {
  Owned<X509> made(X509_new());
  std::uint64_t serial = 0;
  if (!made || RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1) return nullptr;
  X509_set_version(made.get(), X509_VERSION_3);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(made.get()), serial >> 1);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -3600); // clocks differ
  X509_gmtime_adj(X509_getm_notAfter(made.get()), 86'400L * options.days);
  X509_set_pubkey(made.get(), &key);
  X509_NAME* const name = X509_get_subject_name(made.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(options.hosts.front().c_str()), -1, -1,
                             0);
  X509_set_issuer_name(made.get(), name);
  const bool complete = add_extension(*made, NID_subject_alt_name, alternative_names(options.hosts)) &&
                        add_extension(*made, NID_basic_constraints, "critical,CA:TRUE") &&
                        add_extension(*made, NID_subject_key_identifier, "hash") &&
                        X509_sign(made.get(), &key, EVP_sha256()) > 0;
  return complete ? std::move(made) : nullptr;
}

template <class Write> Result<void> write_file(const std::string& path, mode_t mode, Write write) {
  const Descriptor fd(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (fd.get() < 0) return Error{errno, fmt::format("{}: cannot be written: {}", path, std::strerror(errno))};
  const Owned<BIO> out(BIO_new_fd(fd.get(), BIO_NOCLOSE));
  if (!out || write(out.get()) != 1) return Error{EIO, path + ": could not be written"};
  return {};
}

} // namespace

Result<void> make_certificate(const CertificateOptions& options) {
  if (options.hosts.empty()) return Error{EINVAL, "a certificate needs the name or address that clients use"};
  const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
  if (!key) return Error{EIO, "no key could be made"};
  const Owned<X509> certificate = sign(*key, options);
  if (!certificate) return Error{EINVAL, "no certificate could be made for these names"};
  if (auto written = write_file(options.folder + "/server.key", 0600,
                                [&](BIO* out) {
                                  return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0,
                                                                  nullptr, nullptr);
                                });
      !written)
    return written;
  return write_file(options.folder + "/server.crt", 0644,
                    [&](BIO* out) { return PEM_write_bio_X509(out, certificate.get()); });
}

} // namespace tl::program
