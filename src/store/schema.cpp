// SPDX-License-Identifier: Apache-2.0
#include "store/schema.hpp"

#include <fmt/core.h>
#include <soci/soci.h>
#include <stdexcept>

namespace tl::store {
namespace {

constexpr int schema_version = 1;

// `event` is the only table that grows; calls and agents are what its rows say, computed when asked. A call
// is known by (run, call_id): dwCallID begins anew with every start of the server.
const char* const tables[] = {
    R"sql(
CREATE TABLE IF NOT EXISTS tenant (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
))sql",
    R"sql(
CREATE TABLE IF NOT EXISTS run (
  tenant INTEGER NOT NULL REFERENCES tenant (id),
  run INTEGER NOT NULL,
  first_event INTEGER NOT NULL,
  PRIMARY KEY (tenant, run)
))sql",
    R"sql(
CREATE TABLE IF NOT EXISTS event (
  tenant INTEGER NOT NULL,
  number INTEGER NOT NULL,
  run INTEGER NOT NULL,
  at_us INTEGER NOT NULL,
  type TEXT NOT NULL,
  cause TEXT NOT NULL,
  call_id INTEGER NOT NULL,
  agent_state INTEGER NOT NULL,
  waited_us INTEGER NOT NULL,
  talked_us INTEGER NOT NULL,
  lost INTEGER NOT NULL,
  queue TEXT NOT NULL,
  agent TEXT NOT NULL,
  station TEXT NOT NULL,
  caller TEXT NOT NULL,
  PRIMARY KEY (tenant, number)
) WITHOUT ROWID)sql",
    R"sql(
CREATE VIEW IF NOT EXISTS queued_call AS
SELECT tenant, run, call_id, queue,
  max(caller) AS caller,
  min(CASE WHEN type = 'call_queued' THEN at_us END) AS queued_us,
  min(CASE WHEN type = 'call_answered' THEN at_us END) AS answered_us,
  max(CASE WHEN type IN ('call_abandoned', 'call_overflowed', 'call_ended') THEN at_us END) AS ended_us,
  max(CASE WHEN type = 'call_answered' THEN agent ELSE '' END) AS agent,
  max(waited_us) AS waited_us,
  max(talked_us) AS talked_us,
  CASE WHEN max(type = 'call_answered') THEN 'answered'
       WHEN max(type = 'call_abandoned') THEN 'abandoned'
       WHEN max(type = 'call_overflowed') THEN 'overflowed'
       ELSE 'waiting' END AS outcome
FROM event WHERE call_id <> 0
GROUP BY tenant, run, call_id, queue)sql",
    R"sql(
CREATE VIEW IF NOT EXISTS agent_change AS
SELECT tenant, run, number, at_us, agent, station, type, cause, agent_state
FROM event WHERE type IN ('agent_login', 'agent_logout', 'agent_state'))sql",
};

} // namespace

void prepare_schema(soci::session& sql) {
  sql << "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)";
  int version = 0;
  soci::indicator known = soci::i_null;
  sql << "SELECT max(version) FROM schema_version", soci::into(version, known);
  if (known == soci::i_ok && version > schema_version)
    throw std::runtime_error(
        fmt::format("has schema version {}, this program knows up to {}: use the program that wrote it",
                    version, schema_version));
  for (const char* statement : tables) sql << statement;
  if (known != soci::i_ok)
    sql << "INSERT INTO schema_version (version) VALUES (:v)", soci::use(schema_version);
}

std::uint32_t tenant_id(soci::session& sql, const std::string& name) {
  sql << "INSERT INTO tenant (name) SELECT :name WHERE NOT EXISTS (SELECT 1 FROM tenant WHERE name = :same)",
      soci::use(name, "name"), soci::use(name, "same");
  int id = 0;
  sql << "SELECT id FROM tenant WHERE name = :name", soci::use(name), soci::into(id);
  return static_cast<std::uint32_t>(id);
}

} // namespace tl::store
