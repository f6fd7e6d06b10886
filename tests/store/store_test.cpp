// SPDX-License-Identifier: Apache-2.0
#include "store/store.hpp"

#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <mutex>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/resource.h>
#include <thread>

#include "store/event_queue.hpp"

using namespace tl;
using namespace tl::store;

namespace {

class KeptLog final : public Log {
public:
  void write(Level, std::string_view, std::string_view text) override {
    std::lock_guard lock(mutex_);
    lines_.emplace_back(text);
  }
  std::size_t count(std::string_view word) {
    std::lock_guard lock(mutex_);
    std::size_t n = 0;
    for (const std::string& line : lines_) n += line.find(word) != std::string::npos;
    return n;
  }

private:
  std::mutex mutex_;
  std::vector<std::string> lines_;
};

class StoreTest : public testing::Test {
protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("trunkline store " + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
    options_.path = (folder_ / "history file.db").string();
    options_.commit_interval_ms = 1;
    options_.retry_interval_ms = 20;
    options_.retries_per_warning = 1000;
    options_.close_wait_ms_max = 200;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Store> open() {
    auto store = Store::open(options_, log_);
    EXPECT_TRUE(store) << store.error().text;
    return store ? std::move(*store) : nullptr;
  }
  static Event event(std::uint64_t number, std::string_view type = "call_queued") {
    return {.number = number,
            .at = Time{Duration{1'000'000 + static_cast<long long>(number)}},
            .type = type,
            .call_id = 7,
            .queue = "support",
            .caller = "5550100"};
  }
  soci::session other() { return soci::session(soci::sqlite3, "db=\"" + options_.path + "\" timeout=5"); }
  long long ask(const std::string& question) {
    soci::session sql = other();
    long long answer = -1;
    sql << question, soci::into(answer);
    return answer;
  }
  template <class Condition> static bool soon(Condition condition) {
    for (int i = 0; i < 500; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }

  std::filesystem::path folder_;
  Options options_;
  KeptLog log_;
};

TEST_F(StoreTest, KeepsEveryEventAndGoesOnWithItsNumbers) {
  {
    auto store = open();
    EXPECT_EQ(store->next_number(), 1u);
    for (std::uint64_t i = 1; i <= 5000; ++i) ASSERT_TRUE(store->append(event(i)));
  }
  EXPECT_EQ(ask("SELECT count(*) FROM event"), 5000);
  EXPECT_EQ(ask("SELECT count(*) FROM event WHERE tenant = 1 AND run = 1 AND caller = '5550100'"), 5000);
  EXPECT_EQ(ask("SELECT at_us FROM event WHERE number = 5"), 1'000'005);
  auto store = open();
  EXPECT_EQ(store->next_number(), 5001u);
  store->append(event(5001));
  store.reset();
  EXPECT_EQ(ask("SELECT run FROM event WHERE number = 5001"), 2);
}

TEST_F(StoreTest, TenantsAreApart) {
  open()->append(event(1));
  options_.tenant = "other";
  auto store = open();
  EXPECT_EQ(store->tenant_id(), 2u);
  EXPECT_EQ(store->next_number(), 1u);
  store->append(event(1));
  store.reset();
  EXPECT_EQ(ask("SELECT count(*) FROM event WHERE number = 1"), 2);
}

TEST_F(StoreTest, CallsAreWhatTheirEventsSay) {
  {
    auto store = open();
    store->append(event(1, "call_queued"));
    Event answered = event(2, "call_answered");
    answered.agent = "1001";
    answered.waited = std::chrono::seconds(3);
    store->append(answered);
    Event ended = event(3, "call_ended");
    ended.talked = std::chrono::seconds(9);
    store->append(ended);
    Event second = event(4, "call_queued");
    second.call_id = 8;
    store->append(second);
  }
  EXPECT_EQ(ask("SELECT count(*) FROM queued_call"), 2);
  EXPECT_EQ(ask("SELECT count(*) FROM queued_call WHERE call_id = 7 AND outcome = 'answered' AND agent = "
                "'1001' AND waited_us = 3000000 AND "
                "talked_us = 9000000 AND ended_us = 1000003"),
            1);
  EXPECT_EQ(ask("SELECT count(*) FROM queued_call WHERE call_id = 8 AND outcome = 'waiting'"), 1);
}

TEST_F(StoreTest, AFullFileDelaysHistoryAndNeverTheCaller) {
  options_.bytes_max = 100 * 4096;
  options_.events_queued_max = 3000;
  auto store = open();
  std::uint64_t number = 1;
  for (int round = 0; round < 1000 && !store->counts().degraded; ++round) {
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(store->append(event(number++)));
    ASSERT_TRUE(soon([&] { return store->counts().degraded || store->counts().queued == 0; }));
  }
  ASSERT_TRUE(store->counts().degraded);
  while (store->counts().lost < 10) store->append(event(number++));
  EXPECT_EQ(log_.count("history cannot be written"), 1u);
  EXPECT_GE(store->counts().queued, 2998u);

  { // somebody makes room
    soci::session sql = other();
    sql << "DELETE FROM event WHERE number < (SELECT max(number) FROM event)";
  }
  ASSERT_TRUE(soon([&] { return !store->counts().degraded && store->counts().queued == 0; }));
  EXPECT_EQ(log_.count("history is written again"), 1u);
  std::uint64_t lost = store->counts().lost;
  store->append(event(number));
  ASSERT_TRUE(soon([&] { return store->counts().queued == 0; }));
  store.reset();
  EXPECT_EQ(ask("SELECT sum(lost) FROM event WHERE type = 'gap'"), static_cast<long long>(lost));
  EXPECT_EQ(ask("SELECT number + lost FROM event WHERE type = 'gap'"),
            static_cast<long long>(number)); // no hole beside the gap
}

TEST_F(StoreTest, AFailingDiskIsSurvived) {
  auto store = open();
  store->append(event(1));
  ASSERT_TRUE(soon([&] { return store->counts().written == 1; }));
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit small{.rlim_cur = 1024, .rlim_max = before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  for (std::uint64_t i = 2; i <= 100; ++i) EXPECT_TRUE(store->append(event(i)));
  EXPECT_TRUE(soon([&] { return store->counts().degraded && store->counts().failures > 3; }));
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_TRUE(soon([&] { return store->counts().written == 100; }));
  EXPECT_EQ(store->counts().lost, 0u);
  store.reset();
  EXPECT_EQ(ask("SELECT count(*) FROM event"), 100);
}

TEST_F(StoreTest, ALockedFileIsWaitedFor) {
  auto store = open();
  soci::session sql = other();
  sql << "BEGIN EXCLUSIVE";
  for (std::uint64_t i = 1; i <= 100; ++i) EXPECT_TRUE(store->append(event(i)));
  EXPECT_TRUE(soon([&] { return store->counts().degraded; }));
  EXPECT_EQ(store->counts().queued, 100u);
  sql << "COMMIT";
  EXPECT_TRUE(soon([&] { return store->counts().written == 100; }));
  EXPECT_FALSE(store->counts().degraded);
}

TEST_F(StoreTest, EndsInBoundedTimeThoughNothingCanBeWritten) {
  auto store = open();
  soci::session sql = other();
  sql << "BEGIN EXCLUSIVE";
  store->append(event(1));
  auto started = std::chrono::steady_clock::now();
  store.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(8));
  EXPECT_EQ(log_.count("1 events could not be written"), 1u);
  sql << "COMMIT";
}

TEST_F(StoreTest, WhatCannotBeOpenedIsNamed) {
  options_.path = "/no/such/folder/x.db";
  auto store = Store::open(options_, log_);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().text.find("/no/such/folder/x.db: the store cannot be opened"), 0u)
      << store.error().text;

  options_.path = (folder_ / "text.db").string();
  std::ofstream(options_.path) << std::string(5000, 'x');
  store = Store::open(options_, log_);
  ASSERT_FALSE(store);
  EXPECT_NE(store.error().text.find("not a database"), std::string::npos) << store.error().text;
}

TEST_F(StoreTest, ANewerSchemaIsLeftAlone) {
  open().reset();
  {
    soci::session sql = other();
    sql << "UPDATE schema_version SET version = 99";
  }
  auto store = Store::open(options_, log_);
  ASSERT_FALSE(store);
  EXPECT_NE(store.error().text.find("has schema version 99"), std::string::npos) << store.error().text;
}

TEST(EventQueueTest, OverflowBecomesOneGapBeforeTheNextEvent) {
  EventQueue queue(3);
  std::vector<Row> rows;
  auto event = [](std::uint64_t number) { return Event{.number = number, .type = "x"}; };
  EXPECT_TRUE(queue.push(event(1)));
  EXPECT_TRUE(queue.push(event(2)));
  EXPECT_TRUE(queue.push(event(3)));
  EXPECT_FALSE(queue.push(event(4)));
  queue.take(rows, 0);
  EXPECT_FALSE(queue.push(event(5))); // taken is not yet written
  queue.release(1);
  EXPECT_FALSE(queue.push(event(6))); // the gap and the event need two places
  queue.release(1);
  EXPECT_TRUE(queue.push(event(7)));
  rows.clear();
  queue.take(rows, 0);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].type, "gap");
  EXPECT_EQ(rows[0].number, 4u);
  EXPECT_EQ(rows[0].lost, 3u);
  EXPECT_EQ(rows[1].number, 7u);
  EXPECT_EQ(queue.lost(), 3u);
}

} // namespace
