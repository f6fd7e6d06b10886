// SPDX-License-Identifier: Apache-2.0
// Assisted telephony: tapiRequestMakeCall and its recipient (tapirequestmakecall, linegetrequest).
#include "world.hpp"

namespace conformance {
namespace {

constexpr DWORD registration = 0x77;

LONG request(const char* number) {
  return tapiRequestMakeCallA(number, "conformance", "somebody", "a comment");
}

void nobody_registered(World&) {
  const LONG got = request("1");
  expect(got == TAPIERR_NOREQUESTRECIPIENT, "TAPIERR_NOREQUESTRECIPIENT", std::to_string(got));
}

void bad_address(World&) {
  const std::string longer(TAPIMAXDESTADDRESSSIZE + 1, '1');
  const LONG got = request(longer.c_str());
  expect(got == TAPIERR_INVALDESTADDRESS, "TAPIERR_INVALDESTADDRESS", std::to_string(got));
}

// A recipient hears of the request once and gets it; then there is none.
void recipient(World& world) {
  App& app = world.app();
  expect(lineRegisterRequestRecipient(app.handle, registration, LINEREQUESTMODE_MAKECALL, 1) == 0,
         "lineRegisterRequestRecipient: 0", "an error");
  const LONG asked = request("12345");
  const auto told = app.inbox.wait([](const Message& m) { return m.id == LINE_REQUEST; });
  LINEREQMAKECALL taken{};
  const LONG got = lineGetRequestA(app.handle, LINEREQUESTMODE_MAKECALL, &taken);
  const LONG again = lineGetRequestA(app.handle, LINEREQUESTMODE_MAKECALL, &taken);
  lineRegisterRequestRecipient(app.handle, registration, LINEREQUESTMODE_MAKECALL, 0);
  expect(asked == 0, "tapiRequestMakeCall: 0", world.tables.result_name("tapi", asked));
  expect(told.has_value(), "LINE_REQUEST", "none");
  expect(told->device == 0 && told->instance == registration && told->p1 == LINEREQUESTMODE_MAKECALL &&
             told->p2 == 0,
         "LINE_REQUEST with device 0, the registration's instance and MAKECALL", "other parameters");
  expect(got == 0, "lineGetRequest: 0", world.tables.result_name("line", got));
  expect(again == LINEERR_NOREQUEST, "lineGetRequest: LINEERR_NOREQUEST",
         world.tables.result_name("line", again));
}

void request_text(World& world) {
  App& app = world.app();
  lineRegisterRequestRecipient(app.handle, registration, LINEREQUESTMODE_MAKECALL, 1);
  request("12345");
  LINEREQMAKECALL taken{};
  const LONG got = lineGetRequestA(app.handle, LINEREQUESTMODE_MAKECALL, &taken);
  lineRegisterRequestRecipient(app.handle, registration, LINEREQUESTMODE_MAKECALL, 0);
  expect(got == 0, "lineGetRequest: 0", world.tables.result_name("line", got));
  expect(std::string{taken.szDestAddress} == "12345" && std::string{taken.szAppName} == "conformance" &&
             std::string{taken.szCalledParty} == "somebody" && std::string{taken.szComment} == "a comment",
         "the texts of the request", "others");
}

void drop_fails(World&) {
  const LONG got = tapiRequestDrop(nullptr, 0);
  expect(got < 0, "an error: the function is obsolete", std::to_string(got));
}
void media_call_fails(World&) {
  const LONG got = tapiRequestMediaCallA(nullptr, 0, "", "", 0, 0, "1", "", "", "");
  expect(got < 0, "an error: the function is obsolete", std::to_string(got));
}

} // namespace

std::vector<Case> assisted_cases() {
  const auto make = [](const char* function, const char* name, void (*run)(World&)) {
    return Case{"functions", function, name, run};
  };
  return {make("tapiRequestMakeCall", "with no recipient", nobody_registered),
          make("tapiRequestMakeCall", "with a number that is too long", bad_address),
          make("tapiRequestMakeCall", "reaches the recipient", recipient),
          make("lineGetRequest", "gives each request once", recipient),
          make("lineGetRequest", "gives its texts", request_text),
          make("tapiRequestDrop", "always fails", drop_fails),
          make("tapiRequestMediaCall", "always fails", media_call_fails)};
}

} // namespace conformance
