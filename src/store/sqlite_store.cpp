// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <fmt/core.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <thread>

#include "store/event_queue.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

namespace tl::store {
namespace {

// How long one attempt waits for another program's lock on the file.
constexpr std::uint32_t busy_wait_s = 1;

// SOCI binds signed 64-bit; every value here fits.
long long number_of(std::uint64_t value) {
  return static_cast<long long>(value);
}

// SOCI writes many rows with one statement when each column comes as a vector.
struct Columns {
  std::vector<long long> tenant, number, run, at, call_id, agent_state, waited, talked, lost;
  std::vector<std::string> type, cause, queue, agent, station, caller;

  void add(std::uint32_t tenant_id, long long run_number, Row& row) {
    tenant.push_back(tenant_id);
    number.push_back(number_of(row.number));
    run.push_back(run_number);
    at.push_back(row.at_us);
    call_id.push_back(row.call_id);
    agent_state.push_back(row.agent_state);
    waited.push_back(row.waited_us);
    talked.push_back(row.talked_us);
    lost.push_back(number_of(row.lost));
    type.push_back(row.type);
    cause.push_back(row.cause);
    queue.push_back(row.queue);
    agent.push_back(row.agent);
    station.push_back(row.station);
    caller.push_back(row.caller);
  }
  // A commit that succeeded and was reported as failed is tried again: its rows are there already.
  void insert(soci::session& sql) const {
    using soci::use;
    sql << R"sql(
      INSERT INTO event (tenant, number, run, at_us, type, cause, call_id, agent_state, waited_us, talked_us, lost,
                         queue, agent, station, caller)
      VALUES (:tenant, :number, :run, :at, :type, :cause, :call, :state, :waited, :talked, :lost,
              :queue, :agent, :station, :caller)
      ON CONFLICT DO NOTHING)sql",
        use(tenant, "tenant"), use(number, "number"), use(run, "run"), use(at, "at"), use(type, "type"),
        use(cause, "cause"), use(call_id, "call"), use(agent_state, "state"), use(waited, "waited"),
        use(talked, "talked"), use(lost, "lost"), use(queue, "queue"), use(agent, "agent"),
        use(station, "station"), use(caller, "caller");
  }
};

class SqliteStore final : public Store {
public:
  SqliteStore(const Options& options, Log& log)
      : options_(options), log_(log), queue_(options.events_queued_max) {}

  ~SqliteStore() override {
    queue_.close();
    if (writer_.joinable()) writer_.join();
  }

  // Throws what SOCI throws.
  void start() {
    sql_.open(soci::sqlite3, "db=\"" + options_.path + "\" timeout=" + std::to_string(busy_wait_s));
    sql_ << "PRAGMA journal_mode = WAL";
    // With WAL, NORMAL loses at most the last commits at a power cut and never the database.
    sql_ << "PRAGMA synchronous = NORMAL";
    if (options_.bytes_max > 0) limit_size();
    soci::transaction transaction(sql_);
    prepare_schema(sql_);
    tenant_ = store::tenant_id(sql_, options_.tenant);
    long long last = 0;
    sql_ << "SELECT coalesce(max(number + max(lost, 1)), 1) FROM event WHERE tenant = :t", soci::use(tenant_),
        soci::into(last);
    next_ = static_cast<std::uint64_t>(last);
    sql_ << "SELECT coalesce(max(run), 0) + 1 FROM run WHERE tenant = :t", soci::use(tenant_),
        soci::into(run_);
    sql_ << "INSERT INTO run (tenant, run, first_event) VALUES (:t, :r, :f)", soci::use(tenant_, "t"),
        soci::use(run_, "r"), soci::use(last, "f");
    transaction.commit();
    writer_ = std::thread([this] { write_until_closed(); });
  }

  std::uint32_t tenant_id() const override { return static_cast<std::uint32_t>(tenant_); }
  std::uint64_t next_number() const override { return next_; }
  bool append(const Event& event) override { return queue_.push(event); }

  Counts counts() const override {
    return {written_.load(), queue_.lost(), failures_.load(), queue_.held(), degraded_.load()};
  }

private:
  void limit_size() {
    int page_bytes = 4096;
    sql_ << "PRAGMA page_size", soci::into(page_bytes);
    sql_ << fmt::format(
        "PRAGMA max_page_count = {}",
        std::max<std::uint64_t>(1, options_.bytes_max / static_cast<std::uint64_t>(page_bytes)));
  }

  void write_until_closed() {
    std::vector<Row> rows;
    std::uint32_t attempts_after_close = 0;
    while (queue_.take(rows, rows.empty() ? options_.retry_interval_ms : 0)) {
      if (rows.empty()) continue;
      if (write(rows)) {
        queue_.sleep(options_.commit_interval_ms); // gathers the next commit
      } else if (queue_.sleep(options_.retry_interval_ms)) {
        if (++attempts_after_close >= attempts_at_close()) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(options_.retry_interval_ms));
      }
    }
    if (!rows.empty())
      log_.error("store", "{}: {} events could not be written before the end", options_.path, rows.size());
  }

  std::uint32_t attempts_at_close() const {
    std::uint32_t attempt_ms = options_.retry_interval_ms + busy_wait_s * 1000;
    return std::max<std::uint32_t>(1, options_.close_wait_ms_max / attempt_ms);
  }

  // Writes from the front of `rows`, a commit at a time, and removes what is on disk.
  bool write(std::vector<Row>& rows) {
    while (!rows.empty()) {
      std::size_t count = std::min(rows.size(), options_.events_per_commit_max);
      try {
        Columns columns;
        for (std::size_t i = 0; i < count; ++i)
          columns.add(static_cast<std::uint32_t>(tenant_), run_, rows[i]);
        soci::transaction transaction(sql_);
        columns.insert(sql_);
        transaction.commit();
      } catch (const std::exception& error) {
        failed(error.what());
        return false;
      }
      rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(count));
      queue_.release(count);
      written_ += count;
      recovered();
    }
    return true;
  }

  void failed(const char* why) {
    ++failures_;
    degraded_ = true;
    if (failures_in_a_row_++ % std::max<std::uint32_t>(1, options_.retries_per_warning) == 0)
      log_.warn("store",
                "{}: history cannot be written ({}); calls go on, {} events wait, {} are lost; trying again "
                "every {} ms",
                options_.path, why, queue_.held(), queue_.lost(), options_.retry_interval_ms);
  }

  void recovered() {
    if (failures_in_a_row_ == 0) return;
    failures_in_a_row_ = 0;
    degraded_ = false;
    log_.warn("store", "{}: history is written again; {} events were lost so far", options_.path,
              queue_.lost());
  }

  Options options_;
  Log& log_;
  EventQueue queue_;
  soci::session sql_; // the writer's, once it runs
  std::thread writer_;
  int tenant_ = 0;
  long long run_ = 0;
  std::uint64_t next_ = 1;
  std::uint64_t failures_in_a_row_ = 0; // the writer's
  std::atomic<std::uint64_t> written_ = 0;
  std::atomic<std::uint64_t> failures_ = 0;
  std::atomic<bool> degraded_ = false;
};

} // namespace

Result<std::unique_ptr<Store>> Store::open(const Options& options, Log& log) {
  if (options.path.find('"') != std::string::npos)
    return Error{EINVAL, options.path + ": the store's path must not contain quotes"};
  try {
    auto store = std::make_unique<SqliteStore>(options, log);
    store->start();
    return std::unique_ptr<Store>(std::move(store));
  } catch (const std::exception& error) {
    return Error{
        EIO,
        fmt::format(
            "{}: the store cannot be opened: {}; expected a writable place for an SQLite file ([store] path)",
            options.path, error.what())};
  }
}

} // namespace tl::store
