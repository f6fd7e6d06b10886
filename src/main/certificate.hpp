// SPDX-License-Identifier: Apache-2.0
// A certificate that a server signs itself: whoever has its file as authority trusts this one server.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"

namespace tl::program {

struct CertificateOptions {
  std::vector<std::string> hosts; // names and addresses that clients use
  std::string folder = ".";       // server.crt and server.key go there; neither may exist
  int days = 825;
};

// P-256, SHA-256; the key's file is its user's alone. An error names the file.
Result<void> make_certificate(const CertificateOptions& options);

} // namespace tl::program
