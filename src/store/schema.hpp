// SPDX-License-Identifier: Apache-2.0
// The tables of the store and their versions. Every row carries its tenant.
#pragma once

#include <cstdint>
#include <string>

namespace soci {
class session;
}

namespace tl::store {

// Creates what is missing. Throws soci::soci_error, and std::runtime_error for a database of a newer version.
void prepare_schema(soci::session& sql);

// The id of a tenant by name, made when new.
std::uint32_t tenant_id(soci::session& sql, const std::string& name);

} // namespace tl::store
