// SPDX-License-Identifier: Apache-2.0
// What the SIP driver reads of the provider's part of the site file: [sip], [media], and the stations and
// trunks that are its own.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "media/media.hpp"
#include "sip/sip.hpp"

namespace tl::pbx::sip_driver {

struct Station {
  std::string number;
  std::string name;
  std::string password; // empty: it can neither register nor call, unless from its static contact
  std::string contact;  // URI of a phone that does not register; empty: it registers
};

struct Trunk {
  std::string name;
  std::vector<sip::Network> peers; // who may call in
  std::string proxy;               // URI of where calls go out; empty: inbound only
  std::shared_ptr<const sip::Credentials> credentials;
  std::uint32_t calls_max = 1000;
  std::uint32_t calls = 0; // now
};

struct Settings {
  std::vector<sip::Address> udp, tcp;
  std::string realm = "trunkline";
  std::vector<sip::DigestAlgorithm> algorithms{sip::DigestAlgorithm::sha256, sip::DigestAlgorithm::md5};
  sip::AgentConfig agent;
  media::Options media;
  bool anchor = true;              // false: signalling only, no sound passes here
  std::vector<std::string> sounds; // WAV files that treatments name
  std::map<std::string, Station> stations;
  std::vector<Trunk> trunks;
};

// The error names key, value and what was expected.
Result<Settings> read_settings(std::string_view json);

} // namespace tl::pbx::sip_driver
