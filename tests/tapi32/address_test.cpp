// SPDX-License-Identifier: Apache-2.0
// Which server a name means, and as whom.
#include "tapi32/address.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

using namespace tl::tapi32;

namespace {

class Address : public testing::Test {
protected:
  void SetUp() override {
    for (const char* const name : names) unsetenv(name);
  }
  void TearDown() override { SetUp(); }

  static constexpr const char* names[] = {"TRUNKLINE_SERVER",      "TRUNKLINE_SOCKET",
                                          "TRUNKLINE_USER",        "TRUNKLINE_USER_PASSWORD",
                                          "TRUNKLINE_CA",          "TRUNKLINE_USER_PASSWORD_FILE",
                                          "TRUNKLINE_CERTIFICATE", "TRUNKLINE_KEY"};
};

TEST_F(Address, NamesAreReadByTheirRules) {
  struct Row {
    const char *named, *path, *user, *host, *port; // path "!": an error
  };
  const Row rows[] = {
      {"/run/x.sock", "/run/x.sock", "", "", ""},
      {"tls://host:7227", "", "", "host", "7227"},
      {"tls://anna@host:7227", "", "anna", "host", "7227"},
      {"tls://anna@example.com@host:7227", "", "anna@example.com", "host", "7227"},
      {"tls://[::1]:7227", "", "", "::1", "7227"},
      {"tls://::1:7227", "!", "", "", ""},
      {"tls://host", "!", "", "", ""},
      {"tls://host:", "!", "", "", ""},
      {"tls://:7227", "!", "", "", ""},
      {"tls://", "!", "", "", ""},
      {"tls://[]:1", "!", "", "", ""},
  };
  for (const Row& row : rows) {
    auto server = find_server(row.named, {});
    ASSERT_EQ(static_cast<bool>(server), std::string{row.path} != "!") << row.named;
    if (!server) continue;
    EXPECT_EQ(server->path, row.path);
    EXPECT_EQ(server->user, row.user) << row.named;
    EXPECT_EQ(server->host, row.host) << row.named;
    EXPECT_EQ(server->port, row.port) << row.named;
  }
}

TEST_F(Address, TheEnvironmentSaysWhatNobodySaid) {
  setenv("TRUNKLINE_SOCKET", "/a.sock", 1);
  EXPECT_EQ(default_server(), "/a.sock");
  setenv("TRUNKLINE_SERVER", "tls://host:1", 1);
  EXPECT_EQ(default_server(), "tls://host:1");
  setenv("TRUNKLINE_USER", "anna", 1);
  setenv("TRUNKLINE_USER_PASSWORD", "secret", 1);
  setenv("TRUNKLINE_CA", "/ca.pem", 1);
  auto server = find_server("", {});
  ASSERT_TRUE(server);
  EXPECT_EQ(server->user, "anna");
  EXPECT_EQ(server->password, "secret");
  EXPECT_EQ(server->ca, "/ca.pem");
  EXPECT_EQ(find_server("tls://bert@host:1", {})->user, "bert") << "the name before the environment";
  server = find_server("tls://bert@host:1", {"carla", "other", "/b.pem"});
  EXPECT_EQ(server->user + server->password + server->ca, "carlaother/b.pem") << "the program before both";
}

TEST_F(Address, APasswordMayStandInAFile) {
  const std::string file =
      (std::filesystem::temp_directory_path() / ("trunkline-pw-" + std::to_string(getpid()))).string();
  std::ofstream(file) << "secret one\r\nanother line\n";
  setenv("TRUNKLINE_USER_PASSWORD_FILE", file.c_str(), 1);
  EXPECT_EQ(find_server("tls://host:1", {})->password, "secret one");
  setenv("TRUNKLINE_USER_PASSWORD", "first", 1);
  EXPECT_EQ(find_server("tls://host:1", {})->password, "first");
  unsetenv("TRUNKLINE_USER_PASSWORD");
  std::filesystem::remove(file);
  const auto missing = find_server("tls://host:1", {});
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().text.find(file + ": the password cannot be read"), std::string::npos);
}

} // namespace
