// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "main/site.hpp"
#include "main/site_check.hpp"

using namespace tl;
using namespace tl::program;

namespace {

TEST(Site, DefaultSiteIsGood) {
  Result<Site> site = parse_site(default_site_text(), "default-site.toml");
  ASSERT_TRUE(site) << site.error().text;
  ASSERT_EQ(site->stations.size(), 5u);
  EXPECT_EQ(site->stations[0].number, "1001");
  EXPECT_EQ(site->stations[4].number, "1005");
  EXPECT_TRUE(site->stations[0].password.empty()); // no secret that everyone knows
  EXPECT_EQ(site->sip.udp, std::vector<std::string>{"127.0.0.1:5060"});
  EXPECT_EQ(site->sip.tcp, std::vector<std::string>{"127.0.0.1:5060"});
  ASSERT_EQ(site->route_points.size(), 1u);
  EXPECT_EQ(site->route_points[0].number, "2000");
  EXPECT_EQ(site->route_points[0].queue, "support");
  ASSERT_EQ(site->queues.size(), 1u);
  EXPECT_EQ(site->queues[0].number, "2900");
  ASSERT_EQ(site->providers.size(), 1u);
  EXPECT_EQ(site->providers[0].file, "pbx.tsp");
}

TEST(Site, EmptyFileIsASiteOfDefaults) {
  Result<Site> site = parse_site("", "x");
  ASSERT_TRUE(site);
  EXPECT_EQ(site->providers.size(), 1u);
  EXPECT_EQ(site->media.port_min, 20000);
}

// One mistake in a file, and what the one-line message must say.
struct Mistake {
  const char* what;
  const char* text;
  const char* message; // whole, after "s.toml:"
};

const Mistake mistakes[] = {
    {"not TOML", "[site\nname = 1", "1: not TOML"},
    {"unknown section", "[sipp]\n", "1: \"sipp\": unknown key; did you mean \"sip\"?"},
    {"unknown key", "[sip]\nrelm = \"a\"\n", "2: sip.\"relm\": unknown key; did you mean \"realm\"?"},
    {"unknown key without a likeness", "[log]\nzzzzzzzz = 1\n",
     "2: log.\"zzzzzzzz\": unknown key; expected one of: level"},
    {"wrong type", "[site]\nname = 5\n", "2: site.name: 5: expected a text; put it in quotes"},
    {"missing", "[site]\ntenant = \"t\"\n", "1: site.name: missing; every entry here needs it"},
    {"not an address", "[sip]\nudp = \"localhost\"\n",
     "2: sip.udp: \"localhost\": expected a numeric address and a port"},
    {"port too high", "[sip]\n\ntcp = \"127.0.0.1:65536\"\n",
     "3: sip.tcp: \"127.0.0.1:65536\": expected a numeric address and a port"},
    {"number out of range", "[sip]\nsession_expires_s = 10\n",
     "2: sip.session_expires_s: 10: expected at least 90 seconds, or 0 for none"},
    {"number as text", "[sip]\ncalls_max = \"5\"\n",
     "2: sip.calls_max: \"5\": expected a whole number from 1 to 1000000"},
    {"ports backwards", "[media]\nports = [30000, 20000]\n",
     "2: media.ports: [30000, 20000]: expected the lowest port first"},
    {"one port", "[media]\nports = [30000]\n",
     "2: media.ports: a list: expected a list of 2 whole numbers from 1024 to 65535"},
    {"music missing", "[media]\nmusic = \"no-such.wav\"\n",
     "2: media.music: \"no-such.wav\": cannot be read: No such file"},
    {"level", "[log]\nlevel = \"warn\"\n",
     "2: log.level: \"warn\": expected one of: \"debug\", \"info\", \"warning\", \"error\""},
    {"single brackets", "[station]\nnumber = \"1\"\n",
     "1: station: a table: expected a section with double brackets, [[station]]"},
    {"station without number", "[[station]]\nname = \"A\"\n", "1: station.number: missing"},
    {"number as integer", "[[station]]\nnumber = 1001\n",
     "2: station.number: 1001: expected a text; put it in quotes"},
    {"bad number", "[[station]]\nnumber = \"10 01\"\n",
     "2: station.number: \"10 01\": expected digits, letters"},
    {"number twice", "[[station]]\nnumber = \"1\"\n[[station]]\nnumber = \"1\"\n",
     "4: station.number: \"1\": already the number of a station"},
    {"number of two kinds", "[[station]]\nnumber = \"1\"\n[[route_point]]\nnumber = \"1\"\n",
     "4: route_point.number: \"1\": already the number of a station"},
    {"driver", "[[station]]\nnumber = \"1\"\ndriver = \"sipp\"\n",
     "3: station.driver: \"sipp\": expected one of: \"sip\", \"sim\"; did you mean \"sip\"?"},
    {"contact", "[[station]]\nnumber = \"1\"\ncontact = \"1.2.3.4\"\n",
     "3: station.contact: \"1.2.3.4\": expected a SIP URI"},
    {"orbits", "[pbx]\npark_orbits = \"700\"\n",
     "2: pbx.park_orbits: \"700\": expected a range of at most 1000 numbers"},
    {"orbits backwards", "[pbx]\npark_orbits = \"719-700\"\n", "2: pbx.park_orbits: \"719-700\": expected"},
    {"too many orbits", "[pbx]\npark_orbits = \"0000-9999\"\n",
     "2: pbx.park_orbits: \"0000-9999\": expected"},
    {"pickup group", "[[station]]\nnumber = \"1\"\npickup_group = 3\n",
     "3: station.pickup_group: 3: expected a text"},
    {"empty password", "[[station]]\nnumber = \"1\"\npassword = \"\"\n",
     "3: station.password: (hidden): expected a text"},
    {"trunk peers", "[[trunk]]\nname = \"t\"\npeers = [\"127.0.0.1/32\", \"127.0.0.1\"]\n",
     "3: trunk.peers: \"127.0.0.1\": expected a network"},
    {"trunk goes nowhere", "[[trunk]]\nname = \"t\"\n", "2: trunk.name: \"t\": a trunk needs `peers`"},
    {"no such queue",
     "[[group]]\nname = \"g\"\n[[queue]]\nname = \"support\"\nnumber = \"9\"\ngroup = "
     "\"g\"\n[[route_point]]\nnumber = \"2\"\nqueue = \"suport\"\n",
     "9: route_point.queue: \"suport\": no such [[queue]]; did you mean \"support\"?"},
    {"no such group", "[[queue]]\nname = \"q\"\nnumber = \"9\"\ngroup = \"g\"\n",
     "4: queue.group: \"g\": no such [[group]]; add one"},
    {"no such agent", "[[group]]\nname = \"g\"\nagents = [\n \"a\",\n]\n",
     "4: group.agents: \"a\": no such [[agent]]"},
    {"no such station", "[[agent]]\nid = \"a\"\nstation = \"9\"\n",
     "3: agent.station: \"9\": no such [[station]]"},
    {"guid", "[[group]]\nname = \"g\"\nid = \"5\"\n", "3: group.id: \"5\": expected a GUID"},
    {"group twice", "[[group]]\nname = \"g\"\n[[group]]\nname = \"g\"\n",
     "4: group.name: \"g\": used by another [[group]]"},
    {"overflow to itself",
     "[[group]]\nname = \"g\"\n[[queue]]\nname = \"q\"\nnumber = \"9\"\ngroup = \"g\"\noverflow_to = \"9\"\n",
     "7: queue.overflow_to: \"9\": the queue itself"},
    {"overflow nowhere",
     "[[group]]\nname = \"g\"\n[[queue]]\nname = \"q\"\nnumber = \"9\"\ngroup = \"g\"\noverflow_after_s = "
     "5\n",
     "7: queue.overflow_after_s: 5: nowhere to overflow to"},
    {"announcement without a file",
     "[[group]]\nname = \"g\"\n[[queue]]\nname = \"q\"\nnumber = \"9\"\ngroup = \"g\"\ntreatment = "
     "\"announcement\"\n",
     "7: queue.treatment: \"announcement\": nothing to play"},
    {"strategy",
     "[[group]]\nname = \"g\"\n[[queue]]\nname = \"q\"\nnumber = \"9\"\ngroup = \"g\"\nstrategy = "
     "\"longest\"\n",
     "7: queue.strategy: \"longest\": expected one of: \"longest-idle\""},
    {"control characters are not echoed", "[log]\nlevel = \"a\\u001b[2Jb\"\n",
     "2: log.level: \"a?[2Jb\": expected one of"},
    {"nor those of a file that is no TOML", "[sip]\nanchor = t\r\x1b[2J",
     "2: not TOML: Error while parsing boolean: expected 'true', saw 't?"},
};

TEST(Site, EveryMistakeIsNamedWithItsLine) {
  for (const Mistake& mistake : mistakes) {
    Result<Site> site = parse_site(mistake.text, "s.toml");
    ASSERT_FALSE(site) << mistake.what << ": accepted";
    const std::string& text = site.error().text;
    EXPECT_EQ(text.find(std::string("s.toml:") + mistake.message), 0u)
        << mistake.what << ":\n  " << text << "\nexpected\n  s.toml:" << mistake.message;
    EXPECT_EQ(text.find('\n'), std::string::npos) << mistake.what << ": one mistake, one line: " << text;
  }
}

TEST(Site, SeveralMistakesComeInTheFilesOrderAndAreLimited) {
  std::string text = "[sip]\nudp = 1\ntcp = 2\n[log]\nlevel = 3\n";
  Result<Site> site = parse_site(text, "s");
  ASSERT_FALSE(site);
  std::string message = site.error().text;
  EXPECT_LT(message.find("s:2:"), message.find("s:3:"));
  EXPECT_LT(message.find("s:3:"), message.find("s:5:"));

  std::string many;
  for (int i = 0; i < 100; ++i) many += "[[station]]\nname = 4\n";
  site = parse_site(many, "s");
  ASSERT_FALSE(site);
  EXPECT_NE(site.error().text.find("and 180 more"), std::string::npos) << site.error().text;
}

TEST(Site, MissingFileAndFolderAreNamed) {
  Result<Site> site = load_site("/no/such/site.toml");
  ASSERT_FALSE(site);
  EXPECT_EQ(site.error().text.find("/no/such/site.toml: site file cannot be read: No such file"), 0u)
      << site.error().text;
  site = load_site("/");
  ASSERT_FALSE(site);
  EXPECT_NE(site.error().text.find("is a folder"), std::string::npos);
}

TEST(Site, SwitchJsonHasTheFilesKeysAndDefaults) {
  Result<Site> site =
      parse_site("[[station]]\nnumber = \"1\"\npassword = \"p\"\n[media]\nports = [30000, 30100]\n", "s");
  ASSERT_TRUE(site) << site.error().text;
  auto json = nlohmann::json::parse(switch_json(*site));
  EXPECT_EQ(json["station"][0]["number"], "1");
  EXPECT_EQ(json["station"][0]["password"], "p");
  EXPECT_EQ(json["station"][0]["driver"], "sip");
  EXPECT_EQ(json["station"][0]["pickup_group"], "");
  EXPECT_EQ(json["pbx"]["park_orbits"], "700-719");
  EXPECT_EQ(json["media"]["ports"][1], 30100);
  EXPECT_EQ(json["sip"]["session_expires_s"], 1800);
  EXPECT_TRUE(json["queue"].is_array());
  EXPECT_TRUE(json["sip"]["udp"].empty());
  EXPECT_FALSE(json["media"].contains("address")); // the switch knows its own
}

TEST(Site, AProvidersOwnTableBecomesItsJson) {
  Result<Site> site =
      parse_site("[[provider]]\nfile = \"x.tsp\"\n[provider.config]\nlines = 3\nname = \"a\\\"b\"\n", "s");
  ASSERT_TRUE(site) << site.error().text;
  auto json = nlohmann::json::parse(site->providers.at(0).config_json);
  EXPECT_EQ(json["lines"], 3);
  EXPECT_EQ(json["name"], "a\"b");
}

TEST(Site, Location) {
  const std::string text{default_site_text()};
  Result<Site> site =
      parse_site(text + "\n[location]\ncountry = 49\narea_code = \"89\"\nlocal_access = \"0W\"\n", "l");
  ASSERT_TRUE(site) << site.error().text;
  EXPECT_EQ(site->location.country, 49);
  EXPECT_EQ(site->location.area_code, "89");
  EXPECT_EQ(site->location.local_access, "0W");
  EXPECT_FALSE(site->location.pulse);
  for (const char* bad : {"country = 1000", "area_code = \"12345678\"", "area_code = \"x\"",
                          "local_access = \"x\"", "pulse = 1", "town = \"x\""})
    EXPECT_FALSE(parse_site(text + "\n[location]\n" + bad + "\n", "l")) << bad;
}

TEST(Site, Endpoints) {
  EXPECT_TRUE(is_endpoint("127.0.0.1:5060"));
  EXPECT_TRUE(is_endpoint("[::1]:1"));
  for (const char* bad : {"", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:-1", "::1:5060",
                          "[]:5", "a:5", "127.0.0.1:5060x", "127.0.0.1: 5060"})
    EXPECT_FALSE(is_endpoint(bad)) << bad;
  EXPECT_TRUE(is_network("10.0.0.0/8"));
  EXPECT_TRUE(is_network("::1/128"));
  for (const char* bad : {"10.0.0.0/33", "10.0.0.0/", "/8", "10.0.0/8", "::/129", "10.0.0.0/-1"})
    EXPECT_FALSE(is_network(bad)) << bad;
}

// Whatever bytes a file holds: an answer, never a crash.
TEST(Site, MutatedFilesAreAnsweredNotCrashedOn) {
  const std::string good{default_site_text()};
  std::uint64_t state = 20260101;
  auto next = [&state] {
    return state = state * 6364136223846793005ULL + 1442695040888963407ULL, state >> 33;
  };
  for (int round = 0; round < 3000; ++round) {
    std::string text = good.substr(0, 200 + next() % (good.size() - 200));
    for (std::uint64_t edits = next() % 6; edits > 0; --edits) {
      std::size_t at = next() % text.size();
      switch (next() % 3) {
      case 0: text[at] = static_cast<char>(next()); break;
      case 1: text.erase(at, next() % 20); break;
      default: text.insert(at, good.substr(next() % good.size(), next() % 40)); break;
      }
      if (text.empty()) text = "x";
    }
    Result<Site> site = parse_site(text, "m");
    if (!site) {
      EXPECT_EQ(site.error().text.find("m:"), 0u) << site.error().text;
    }
  }
}

} // namespace
