// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "main/passwords.hpp"
#include "main/paths.hpp"
#include "main/state_folder.hpp"

using namespace tl;
using namespace tl::program;

namespace {

class PlaceTest : public testing::Test {
protected:
  void SetUp() override {
    folder_ =
        (std::filesystem::temp_directory_path() / ("trunkline-place-" + std::to_string(getpid()))).string();
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  static mode_t mode(const std::string& path) {
    struct stat found {};
    return stat(path.c_str(), &found) == 0 ? found.st_mode & 0777 : 0;
  }
  std::string folder_;
};

TEST_F(PlaceTest, DefaultsFollowTheEnvironment) {
  setenv("XDG_STATE_HOME", "/s", 1);
  EXPECT_EQ(default_state_folder(), "/s/trunkline");
  setenv("XDG_STATE_HOME", "relative", 1);
  setenv("HOME", "/home/x", 1);
  EXPECT_EQ(default_state_folder(), "/home/x/.local/state/trunkline");
  unsetenv("XDG_STATE_HOME");

  setenv("TRUNKLINE_SOCKET", "/t/a.sock", 1);
  EXPECT_EQ(socket_to_serve("/state"), "/t/a.sock");
  EXPECT_EQ(socket_to_find("/state"), "/t/a.sock");
  unsetenv("TRUNKLINE_SOCKET");
  setenv("XDG_RUNTIME_DIR", folder_.c_str(), 1);
  EXPECT_EQ(socket_to_serve("/state"), folder_ + "/trunkline/tapi.sock");
  EXPECT_EQ(socket_to_find("/no/such/state"), "/run/trunkline/tapi.sock"); // no server of the user's own
  std::filesystem::create_directories(folder_ + "/trunkline");
  std::ofstream(folder_ + "/trunkline/tapi.sock") << "";
  EXPECT_EQ(socket_to_find("/state"), folder_ + "/trunkline/tapi.sock");
  setenv("XDG_RUNTIME_DIR", "/no/such", 1);
  EXPECT_EQ(socket_to_serve("/state"), geteuid() == 0 ? "/run/trunkline/tapi.sock" : "/state/tapi.sock");
  unsetenv("XDG_RUNTIME_DIR");
}

TEST_F(PlaceTest, StateFolderIsPrivateAndForOneServer) {
  std::string path = folder_ + "/a/b";
  auto first = StateFolder::open(path);
  ASSERT_TRUE(first) << first.error().text;
  EXPECT_EQ(mode(path), 0700u);
  auto second = StateFolder::open(path);
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().text.find("another server uses this state folder"), std::string::npos);
  first.value().reset();
  EXPECT_TRUE(StateFolder::open(path));
}

TEST_F(PlaceTest, AFileInTheWayIsNamed) {
  std::ofstream(folder_ + "/file") << "x";
  auto state = StateFolder::open(folder_ + "/file/below");
  ASSERT_FALSE(state);
  EXPECT_NE(state.error().text.find(folder_ + "/file"), std::string::npos) << state.error().text;
  EXPECT_FALSE(StateFolder::open(folder_ + "/file"));
}

TEST_F(PlaceTest, MissingPasswordsAreMadeOnceAndKeptPrivate) {
  Site site;
  site.stations = {{.number = "1"},
                   {.number = "2", .password = "own"},
                   {.number = "3", .contact = "sip:3@127.0.0.1"},
                   {.number = "4", .driver = "sim"}};
  std::string file = folder_ + "/passwords";
  Site again = site;
  ASSERT_TRUE(complete_passwords(site, file));
  EXPECT_EQ(site.stations[0].password.size(), 16u);
  EXPECT_EQ(site.stations[1].password, "own");
  EXPECT_TRUE(site.stations[2].password.empty());
  EXPECT_TRUE(site.stations[3].password.empty());
  EXPECT_EQ(mode(file), 0600u);
  ASSERT_TRUE(complete_passwords(again, file));
  EXPECT_EQ(again.stations[0].password, site.stations[0].password);

  again.stations.push_back({.number = "5"});
  ASSERT_TRUE(complete_passwords(again, file));
  EXPECT_NE(again.stations[4].password, again.stations[0].password);
  auto kept = read_passwords(file);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->size(), 2u);
}

TEST_F(PlaceTest, ABadPasswordFileIsNamedWithItsLine) {
  std::string file = folder_ + "/passwords";
  std::ofstream(file) << "# comment\n1001\n";
  Site site;
  auto result = complete_passwords(site, file);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().text, file + ":2: expected: number password");
}

} // namespace
