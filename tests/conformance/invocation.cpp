// SPDX-License-Identifier: Apache-2.0
#include "invocation.hpp"

#include <algorithm>
#include <set>

#include "agent_handler.hpp"
#include "arguments.hpp"

namespace conformance {
namespace {

constexpr std::uint32_t ample = 4096;

// Functions that the registered handler of the line answers (acd-proxy).
bool for_handler(const Function& function) {
  return function.name.find("Agent") != std::string::npos ||
         function.name.find("Queue") != std::string::npos || function.name == "lineGetGroupList" ||
         function.name == "lineGetProxyStatus";
}

bool is_text(const Parameter& parameter) {
  return parameter.type.ends_with("STR");
}

// Texts whose bytes are counted are data that has no A and W form.
bool is_bytes(const Function& function, const Parameter& parameter) {
  if (parameter.type == "LPCSTR" && function.forms == "none") return !parameter.name.starts_with("lpsz");
  return parameter.type.starts_with("LPVOID") && parameter.in;
}

// What the suite itself gives as size of a buffer that stands beside it.
bool is_size_of(const Parameter& parameter) {
  return parameter.name == "dwSize";
}

} // namespace

bool optional(const Function& function, const Parameter& parameter) {
  static const std::set<std::string_view> always = {
      "lpsUserUserInfo",   "lpCallParams",        "lpDialParams",
      "lpForwardList",     "lpszAgentPIN",        "lpszGroupID",
      "lpsDigits",         "lpszDigits",          "lpToneList",
      "lpTones",           "lpExtensionName",     "lpszExtensionName",

      "lpDigitList",       "lpMediaList",         "lpCallStateList",
      "lpSendingFlowspec", "lpReceivingFlowspec", "lpszTerminationDigits",
      "lpfnCallback",      "lpszFriendlyAppName", "lpszAppName",
      "lpszCalledParty",   "lpszComment",         "lpszFileName",
      "lpszDirAddress",    "lphConfCall",         "lpszAgentID",
      "lpCallData"};
  static const std::set<std::string_view> here = {"lineMakeCall.lpszDestAddress",
                                                  "linePickup.lpszDestAddress",
                                                  "lineGetIcon.lpszDeviceClass",
                                                  "phoneGetIcon.lpszDeviceClass",
                                                  "lineConfigDialog.lpszDeviceClass",
                                                  "phoneConfigDialog.lpszDeviceClass",
                                                  "lineConfigDialogEdit.lpszDeviceClass",
                                                  "lineTranslateDialog.lpszAddressIn",
                                                  "lineGetAppPriority.lpExtensionID",
                                                  "lineSetAppPriority.lpExtensionID",
                                                  "lineDevSpecific.hCall",
                                                  "lineGetID.hLine",
                                                  "lineGetID.hCall",
                                                  "lineSetMediaControl.hCall",
                                                  "lineSetTerminal.hCall",
                                                  "lineSetMediaControl.hLine",
                                                  "lineSetTerminal.hLine",
                                                  "lineSetupConference.hLine",
                                                  "lineProxyMessage.hCall",
                                                  "lineGetTranslateCaps.hLineApp",
                                                  "lineTranslateAddress.hLineApp",
                                                  "lineTranslateDialog.hLineApp",
                                                  "lineInitializeEx.lpLineInitializeExParams",
                                                  "phoneInitializeEx.lpPhoneInitializeExParams",
                                                  "lineSetupConference.hCall",
                                                  "lineSetAgentGroup.lpAgentGroupList",
                                                  "lineForward.lphConsultCall",
                                                  "lineSetCurrentLocation.hLineApp",
                                                  "lineSetTollList.hLineApp",
                                                  "lineDevSpecific.lpParams",
                                                  "phoneDevSpecific.lpParams",
                                                  "lineDevSpecificFeature.lpParams"};
  const std::string full = function.name + "." + parameter.name;
  if (function.name == "lineCompleteTransfer" && parameter.name == "lphConfCall") return true;
  if (function.name == "lineSetupConference" && parameter.name == "lphConfCall") return false;
  // The list of tones that lineSetMediaControl takes is optional, that of lineGenerateTone only for named
  // tones.
  return always.contains(parameter.name) || here.contains(full);
}

std::uint32_t state_for(const Function& function, const Parameter& parameter) {
  // The remarks of lineDial are narrower than its parameter's text.
  if (function.name == "lineDial") return LINECALLSTATE_DIALTONE;
  if (function.name == "lineSetCallPrivilege") return LINECALLSTATE_CONNECTED;
  constexpr std::uint32_t order[] = {LINECALLSTATE_CONNECTED, LINECALLSTATE_OFFERING,    LINECALLSTATE_ONHOLD,
                                     LINECALLSTATE_RINGBACK,  LINECALLSTATE_CONFERENCED, LINECALLSTATE_BUSY};
  const auto found = function.states.find(parameter.name);
  if (found != function.states.end())
    for (const std::uint32_t each : order)
      if (found->second & each) return each;
  return LINECALLSTATE_CONNECTED;
}

std::vector<Form> forms_of(const Function& function) {
  if (function.forms == "none") return {Form::plain};
  if (function.forms == "A/W") return {Form::wide, Form::narrow};
  return {Form::wide, Form::narrow, Form::plain};
}

std::string symbol_name(const Function& function, Form form) {
  return function.name + (form == Form::wide ? "W" : form == Form::narrow ? "A" : "");
}

Invocation::Invocation(World& world, const Function& f, Form form, bool calls)
    : function(f), world_(world), form_(form), calls_(calls) {
  world.app();
  if (calls && for_handler(f)) world.agents();
  values_.resize(f.parameters.size());
  for (std::size_t i = 0; i < f.parameters.size(); ++i) values_[i] = good(f.parameters[i]);
  // A buffer's size stands beside it.
  for (std::size_t i = 1; i < f.parameters.size(); ++i)
    if (is_size_of(f.parameters[i]))
      if (Block* const before = memory(f.parameters[i - 1].name))
        values_[i] = is_text(f.parameters[i - 1]) && form == Form::wide ? before->size() : before->size();
}

std::size_t Invocation::index(std::string_view wanted) const {
  for (std::size_t i = 0; i < function.parameters.size(); ++i)
    if (function.parameters[i].name == wanted) return i;
  throw Failed{"a parameter " + std::string{wanted}, "none in the row of " + function.name};
}

void Invocation::set(std::string_view parameter, Value value) {
  values_[index(parameter)] = value;
  if (value == 0)
    if (const auto found = blocks_.find(parameter); found != blocks_.end()) blocks_.erase(found);
}

void Invocation::set_text(std::string_view parameter, const std::string& text) {
  Block& made = world_.text(text, form_ == Form::wide);
  set(parameter, reinterpret_cast<std::uintptr_t>(made.data()));
}

void Invocation::make_count(std::string_view parameter) {
  if (function.parameter("dwSelect") && parameter != "dwSelect")
    set("dwSelect", parameter == "hCall"         ? LINECALLSELECT_CALL
                    : parameter == "dwAddressID" ? LINECALLSELECT_ADDRESS
                                                 : LINECALLSELECT_LINE);
  if (function.name == "lineForward" && parameter == "dwAddressID") set("bAllAddresses", 0);
  if (function.name == "lineTranslateAddress" && parameter == "dwCard")
    set("dwTranslateOptions", LINETRANSLATEOPTION_CARDOVERRIDE);
  // The request mode counts for assisted telephony, which is medium 0.
  if (function.name.ends_with("AppPriority") && parameter == "dwRequestMode") set("dwMediaMode", 0);
}

Block* Invocation::memory(std::string_view parameter) {
  const auto found = blocks_.find(parameter);
  return found == blocks_.end() ? nullptr : found->second;
}

Block& Invocation::resize(std::string_view parameter, std::uint32_t total) {
  Block& made = world_.block(total);
  if (total >= sizeof total) made.set_dword(0, total);
  set(parameter, reinterpret_cast<std::uintptr_t>(made.data()));
  blocks_[std::string{parameter}] = &made;
  return made;
}

Value Invocation::good_handle(const Parameter& parameter) {
  const std::string& type = parameter.type;
  if (type == "HLINEAPP") return world_.app().handle;
  if (type == "HPHONEAPP") return world_.phones().handle;
  if (type == "HLINE") {
    if (function.name == "lineSetupConference") return 0; // the call says it
    if (function.name == "lineProxyMessage" || function.name == "lineProxyResponse")
      return world_.agents().line;
    return for_handler(function) ? world_.agent_line().owner : world_.desk().owner;
  }
  if (type == "HPHONE") return world_.phone();
  if (type == "HAGENT") return agent_given;
  if (type == "HAGENTSESSION") return session_given;
  if (type != "HCALL") return 0; // windows, instances
  if (!calls_) return 0;
  if (optional(function, parameter) && function.name != "lineSetupConference") return 0;
  if (function.name == "lineSwapHold" || function.name == "lineCompleteTransfer") {
    const Pair pair = world_.transfer();
    const bool held = parameter.name == "hHeldCall" || parameter.name == "hCall";
    return held ? pair.first : pair.consult;
  }
  if (function.name == "lineAddToConference") {
    const Pair pair = world_.conference();
    return parameter.name == "hConfCall" ? pair.first : pair.consult;
  }
  if (function.name == "linePrepareAddToConference") return world_.joined_conference();
  if (function.name == "lineGetConfRelatedCalls") return world_.conference().first;
  return world_.call_in(state_for(function, parameter));
}

Value Invocation::good_pointer(const Parameter& parameter) {
  Block* made = nullptr;
  if (is_text(parameter) && parameter.out && !parameter.in) {
    made = &world_.block(64); // digits, location codes
  } else if (is_bytes(function, parameter)) {
    const auto bytes = good_bytes(world_.site, function.name, parameter.name);
    if (!bytes) return 0;
    made = &world_.block(bytes->size());
    std::memcpy(made->data(), bytes->data(), bytes->size());
  } else if (is_text(parameter)) {
    const auto text = good_text(world_.site, function.name, parameter.name);
    if (!text) return 0;
    // Forms with a suffix choose the characters; in functions with one form the type does.
    const bool wide =
        function.forms == "none" ? parameter.type.find('W') != std::string::npos : form_ == Form::wide;
    made = &world_.text(*text, wide);
  } else if (optional(function, parameter)) {
    return 0;
  } else {
    const auto structure = world_.tables.structures.find(parameter.pointee());
    const bool variable =
        structure != world_.tables.structures.end() && structure->second.field("dwTotalSize");
    const std::uint32_t size = variable                                      ? ample
                               : structure != world_.tables.structures.end() ? structure->second.size
                               : parameter.pointee() == "GUID"               ? sizeof(GUID)
                               : parameter.type.starts_with("LPVOID")        ? ample
                               : parameter.type == "LPHICON"                 ? sizeof(HICON)
                                                                             : sizeof(DWORD);
    made = &world_.block(size);
    if (parameter.in && !(variable && parameter.out)) std::memset(made->data(), 0, size);
    if (variable) made->set_dword(0, size);
    if (parameter.pointee() == "PHONEBUTTONINFO" && !parameter.out)
      made->set_dword(offsetof(PHONEBUTTONINFO, dwButtonMode), PHONEBUTTONMODE_FEATURE);
    if (parameter.pointee() == "LINEPROXYREQUEST") made->set_dword(0, size);
    if (parameter.name == "lpdwAPIVersion" && parameter.in) made->set_dword(0, version_2_2);
  }
  blocks_[parameter.name] = made;
  return reinterpret_cast<std::uintptr_t>(made->data());
}

Value Invocation::good(const Parameter& parameter) {
  if (parameter.type.starts_with("LP") || parameter.type == "LINECALLBACK" ||
      parameter.type == "PHONECALLBACK")
    return parameter.type.ends_with("CALLBACK") ? 0 : good_pointer(parameter);
  if (parameter.type.starts_with("H")) return good_handle(parameter);
  if (parameter.name == "dwDeviceID") {
    if (function.name.starts_with("phone")) return world_.phone_device();
    return for_handler(function) ? world_.agent_line().device : world_.desk().device;
  }
  return good_number(function.name, parameter.name);
}

LONG Invocation::call() {
  const Symbol* const symbol = find_symbol(function.name, form_);
  expect(symbol != nullptr, "a symbol " + symbol_name(function, form_), "none");
  expect(symbol->parameters == static_cast<int>(values_.size()),
         std::to_string(values_.size()) + " parameters in tapi.h", std::to_string(symbol->parameters));
  const LONG result = symbol->call(values_.data());
  if (function.asynchronous())
    expect(result != 0, "a positive request id or an error", "0");
  else
    expect(result <= 0, "0 or an error", std::to_string(result));
  return result;
}

LONG Invocation::result() {
  LONG got = call();
  if (got > 0) got = function.name.starts_with("phone") ? world_.phone_result(got) : world_.result(got);
  check_result(got);
  check_memory(got);
  return got;
}

void Invocation::check_result(LONG got) const {
  if (got == 0) return;
  const std::string name = world_.tables.result_name(function.name, got);
  // The remarks of lineDial know this one, its list does not.
  if (function.name == "lineDial" && got == LINEERR_INVALADDRESS) return;
  expect(function.documents(name), "an error of " + function.name + "'s page", name);
}

void Invocation::check_memory(LONG got) {
  for (auto& [name, block] : blocks_) {
    const Parameter* const parameter = function.parameter(name);
    if (!parameter->out) continue;
    const auto beyond = block->written_beyond(block->size());
    expect(beyond == Block::npos, name + ": nothing written behind its end",
           "byte " + std::to_string(beyond) + " of " + std::to_string(block->size()));
    const bool number = parameter->type == "LPDWORD" || parameter->type.starts_with("LPH");
    if (got == 0 && number && !parameter->in)
      expect(block->written(0, block->size()), name + ": filled", "untouched");
  }
}

} // namespace conformance
