// SPDX-License-Identifier: Apache-2.0
#include "world.hpp"

#include "agent_handler.hpp"

namespace conformance {

World::World(const Tables& t, Site& s) : tables(t), site(s) {}
World::~World() {
  stop();
}

App& World::app() {
  if (!app_) {
    app_ = std::make_unique<App>("conformance");
    expect(app_->ready(), "lineInitializeEx: 0", tables.result_name("line", app_->error));
    app_->inbox.meanwhile = [this] {
      if (agents_) agents_->serve();
    };
  }
  return *app_;
}

PhoneApp& World::phones() {
  if (!phones_) {
    phones_ = std::make_unique<PhoneApp>("conformance");
    expect(phones_->handle != 0, "phoneInitializeEx: 0", tables.result_name("phone", phones_->error));
  }
  return *phones_;
}

void World::stop() {
  agents_.reset();
  phones_.reset();
  app_.reset();
  desk_.reset();
  called_.reset();
  other_.reset();
  agent_line_.reset();
  phone_ = phone_monitor_ = 0;
  made_.clear();
  transfer_.reset();
  conference_.reset();
  joined_ = 0;
}

DWORD World::device(const std::string& number) {
  for (DWORD id = 0; id < app().lines; ++id) {
    Block caps{4096};
    caps.set_dword(0, 4096);
    DWORD version = 0;
    LINEEXTENSIONID extension{};
    if (lineNegotiateAPIVersion(app().handle, id, 0x00010003, version_2_2, &version, &extension) != 0)
      continue;
    auto& read = *reinterpret_cast<LINEADDRESSCAPS*>(caps.data());
    if (lineGetAddressCapsA(app().handle, id, 0, version, 0, &read) != 0) continue;
    const char* const text = reinterpret_cast<const char*>(caps.data()) + read.dwAddressOffset;
    if (read.dwAddressSize > 0 && number == text) return id;
  }
  throw NotApplicable{"the site has no line " + number};
}

Line World::open_line(const std::string& number) {
  if (number.empty()) throw NotApplicable{"the site has no such line"};
  Line made{number, device(number), 0, 0};
  made.owner = app().open(made.device, LINECALLPRIVILEGE_OWNER | LINECALLPRIVILEGE_MONITOR);
  expect(made.owner != 0, "lineOpen of " + number + ": 0", tables.result_name("line", app().error));
  made.monitor = app().open(made.device, LINECALLPRIVILEGE_MONITOR, version_2_2, 0, monitor_instance_base);
  expect(made.monitor != 0, "lineOpen of " + number + " as monitor: 0",
         tables.result_name("line", app().error));
  return made;
}

Line& World::desk() {
  if (!desk_) desk_ = open_line(site.desk);
  return *desk_;
}
Line& World::called() {
  if (!called_) called_ = open_line(site.called);
  return *called_;
}
Line& World::other() {
  if (!other_) other_ = open_line(site.other);
  return *other_;
}

DWORD World::phone_device() {
  // The phone that belongs to a line is what lineGetID of class tapi/phone names.
  Block id{64};
  id.set_dword(0, 64);
  auto& found = *reinterpret_cast<VARSTRING*>(id.data());
  const LONG result = lineGetIDA(called().owner, 0, 0, LINECALLSELECT_LINE, &found, "tapi/phone");
  if (result != 0 || found.dwStringSize != sizeof(DWORD))
    throw NotApplicable{"no phone device belongs to the line"};
  return id.dword(found.dwStringOffset);
}

HPHONE World::phone() {
  if (phone_ == 0) {
    phone_ = phones().open(phone_device(), PHONEPRIVILEGE_OWNER);
    expect(phone_ != 0, "phoneOpen: 0", tables.result_name("phone", phones().error));
  }
  return phone_;
}

HPHONE World::phone_monitor() {
  if (phone_monitor_ == 0) {
    phone_monitor_ = phones().open(phone_device(), PHONEPRIVILEGE_MONITOR);
    expect(phone_monitor_ != 0, "phoneOpen: 0", tables.result_name("phone", phones().error));
  }
  return phone_monitor_;
}

Line& World::agent_line() {
  if (!agent_line_) agent_line_ = open_line(site.agents);
  return *agent_line_;
}

AgentHandler& World::agents() {
  if (!agents_) {
    agents_ = std::make_unique<AgentHandler>(agent_line().device);
    if (!agents_->ready()) {
      const LONG error = agents_->error;
      agents_.reset();
      throw Failed{"lineOpen as handler of the agent functions: 0", tables.result_name("line", error)};
    }
  }
  return *agents_;
}

LONG World::result(LONG id) {
  if (id < 0) return id;
  expect(id > 0, "a positive request id", "0");
  const auto result = app().inbox.reply(id);
  expect(result.has_value(), "LINE_REPLY to request " + std::to_string(id), "none");
  return *result;
}

LONG World::phone_result(LONG id) {
  if (id < 0) return id;
  expect(id > 0, "a positive request id", "0");
  const auto result = phones().inbox.reply(id);
  expect(result.has_value(), "PHONE_REPLY to request " + std::to_string(id), "none");
  return *result;
}

void World::ok(LONG id, const char* what) {
  const LONG got = result(id);
  expect(got == 0, std::string{what} + ": 0", tables.result_name("line", got));
}

Block& World::block(std::size_t size) {
  return blocks_.emplace_back(size);
}

Block& World::text(const std::string& text, bool wide) {
  const std::size_t unit = wide ? sizeof(WCHAR) : 1;
  Block& out = block((text.size() + 1) * unit);
  std::memset(out.data(), 0, out.size());
  for (std::size_t i = 0; i < text.size(); ++i) std::memcpy(out.data() + i * unit, &text[i], 1);
  return out;
}

void World::check_leftovers() {
  const auto none_waits = [](const Inbox& inbox, const char* message) {
    const auto ids = inbox.unclaimed();
    expect(ids.empty(), std::string{"no further "} + message,
           ids.empty() ? "" : std::string{message} + " for request " + std::to_string(ids.front()));
  };
  if (app_) none_waits(app_->inbox, "LINE_REPLY");
  if (phones_) none_waits(phones_->inbox, "PHONE_REPLY");
}

} // namespace conformance
