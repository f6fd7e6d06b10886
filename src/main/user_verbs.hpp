// SPDX-License-Identifier: Apache-2.0
// What an administrator makes for [remote] and [[user]] in the site file.
#pragma once

#include "main/certificate.hpp"

namespace tl::program {

// Reads a password, twice without showing it on a terminal, else one line of standard input; prints its hash.
int print_password_hash();
// Writes server.crt and server.key and says what to do with them.
int print_certificate(const CertificateOptions& options);

} // namespace tl::program
