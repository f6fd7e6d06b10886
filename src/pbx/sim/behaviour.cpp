// SPDX-License-Identifier: Apache-2.0
#include "pbx/sim/behaviour.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tspi.h"

namespace tl::pbx::sim {
namespace {

using nlohmann::json;

constexpr std::int64_t time_max_ms = 24LL * 3600 * 1000;
constexpr std::size_t text_bytes_max = 256;
constexpr int buttons_max = 64;

struct Wrong {
  std::string text;
};

[[noreturn]] void wrong(const std::string& key, const json& value, const char* expected) {
  throw Wrong{fmt::format("{}: {}: {} was expected", key, value.dump(), expected)};
}

Duration milliseconds(const std::string& key, const json& value) {
  if (!value.is_number_integer() || value < 0 || value > time_max_ms)
    wrong(key, value, "milliseconds from 0 to 86400000");
  return std::chrono::milliseconds(value.get<std::int64_t>());
}

bool flag(const std::string& key, const json& value) {
  if (!value.is_boolean()) wrong(key, value, "true or false");
  return value.get<bool>();
}

std::string text(const std::string& key, const json& value) {
  if (!value.is_string() || value.get_ref<const std::string&>().size() > text_bytes_max)
    wrong(key, value, "a text of at most 256 bytes");
  return value.get<std::string>();
}

unsigned button(const std::string& key, const json& value) {
  if (!value.is_number_integer() || value < 0 || value >= buttons_max) wrong(key, value, "a button from 0 to 63");
  return value.get<unsigned>();
}

std::optional<Cause> rejection(const std::string& key, const json& value) {
  if (value.is_boolean() && !value.get<bool>()) return std::nullopt;
  if (value == "busy") return Cause::busy;
  if (value == "rejected") return Cause::rejected;
  if (value == "congestion") return Cause::congestion;
  if (value == "failed") return Cause::failed;
  wrong(key, value, "\"busy\", \"rejected\", \"congestion\", \"failed\" or false");
}

bool read_habit(Behaviour& out, const std::string& key, const json& value) {
  if (key == "answer_after_ms") {
    out.answer_after = milliseconds(key, value);
    out.no_answer = false;
  } else if (key == "no_answer") {
    out.no_answer = flag(key, value);
  } else if (key == "unreachable") {
    out.unreachable = flag(key, value);
  } else if (key == "answer_refused") {
    out.answer_refused = flag(key, value);
  } else if (key == "reject") {
    out.reject = rejection(key, value);
  } else if (key == "hold_after_ms") {
    out.hold_after = milliseconds(key, value);
  } else if (key == "unhold_after_ms") {
    out.unhold_after = milliseconds(key, value);
  } else if (key == "talk_ms") {
    out.talk = milliseconds(key, value);
  } else {
    return false;
  }
  return true;
}

IncomingCall read_call(const json& object) {
  IncomingCall call;
  for (const auto& [key, value] : object.items()) {
    if (key == "call")
      call.called = text(key, value);
    else if (key == "from")
      call.from.number = text(key, value);
    else if (key == "name")
      call.from.name = text(key, value);
    else if (key == "patience_ms")
      call.patience = milliseconds(key, value);
    else if (key == "talk_ms")
      call.talk = milliseconds(key, value);
    else if (key == "digits")
      call.digits = text(key, value);
    else
      wrong(key, value, "call, from, name, patience_ms, talk_ms or digits");
  }
  return call;
}

Tone tone(const std::string& key, const json& value) {
  const char* const expected = R"({"hz": [1100], "ms": 500}, at most 3 frequencies)";
  if (!value.is_object() || value.size() != 2 || !value.contains("hz") || !value.contains("ms"))
    wrong(key, value, expected);
  const json& frequencies = value["hz"];
  Tone tone;
  if (!frequencies.is_array() || frequencies.size() > tone.frequencies_hz.size()) wrong(key, value, expected);
  std::size_t at = 0;
  for (const json& one : frequencies) {
    if (!one.is_number_integer() || one < 1 || one > 4000) wrong(key, value, expected);
    tone.frequencies_hz[at++] = one.get<double>();
  }
  tone.length = milliseconds(key, value["ms"]);
  return tone;
}

void read_act(Command& out, const std::string& key, const json& value) {
  if (key == "dial")
    out.dial = text(key, value);
  else if (key == "transfer")
    out.transfer = text(key, value);
  else if (key == "digits")
    out.digits = text(key, value);
  else if (key == "tone")
    out.tone = tone(key, value);
  else if (key == "press")
    out.press = button(key, value);
  else if (key == "release")
    out.release = button(key, value);
  else if (key == "push")
    out.press = out.release = button(key, value);
  else if (key == "transfer_to")
    out.transfer_to = flag(key, value);
  else if (key == "hangup")
    out.hangup = flag(key, value);
  else if (key == "answer")
    out.answer = flag(key, value);
  else if (key == "hold")
    out.hold = flag(key, value);
  else
    wrong(key, value, "a key of the simulator's README");
}

// Failures are one sentence each; they leave as values.
template <class T, class Body> Result<T> reading(std::string_view source, Body&& body) {
  const json object = json::parse(source, nullptr, false);
  if (!object.is_object())
    return Error{LINEERR_INVALPARAM, fmt::format("{}: a JSON object was expected", source)};
  try {
    return body(object);
  } catch (const Wrong& failure) {
    return Error{LINEERR_INVALPARAM, failure.text};
  }
}

} // namespace

Result<Command> read_command(std::string_view source, const Behaviour& present) {
  return reading<Command>(source, [&](const json& object) {
    Command out;
    out.behaviour = present;
    if (object.contains("call")) {
      out.call = read_call(object);
      return out;
    }
    for (const auto& [key, value] : object.items())
      if (!read_habit(out.behaviour, key, value)) read_act(out, key, value);
    return out;
  });
}

Result<Behaviour> read_behaviour(std::string_view source, const Behaviour& defaults) {
  return reading<Behaviour>(source, [&](const json& object) {
    Behaviour out = defaults;
    for (const auto& [key, value] : object.items())
      if (!read_habit(out, key, value)) wrong("sim." + key, value, "a behaviour of the simulator's README");
    return out;
  });
}

} // namespace tl::pbx::sim
