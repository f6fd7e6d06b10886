// SPDX-License-Identifier: Apache-2.0
#include "tui/dialogs.hpp"

#include <cstdio>
#include <cstring>
#include <mutex>
#include <unistd.h>

#include "base/text.hpp"

namespace tl::tui {
namespace {

constexpr std::chrono::milliseconds turn_poll_ms{100}; // between looks whether a waiting dialog was closed

// A process has one terminal, and TUISPI functions carry no context: here is what they share.
std::timed_mutex the_terminal; // who holds it talks

struct Dialog {
  Terminal* terminal = nullptr; // null: it waits for its turn
  bool closed = false;
};
std::mutex dialogs_lock;
std::map<HTAPIDIALOGINSTANCE, Dialog*> dialogs; // guarded

std::unique_ptr<Terminal> open_terminal() {
  auto terminal = Terminal::open();
  if (!terminal)
    std::fputs("terminal.tui.so: a dialog needs a terminal, and this program has none\n", stderr);
  return terminal;
}

LONG code_of(const Codes& codes, LONG error) {
  return error == LINEERR_OPERATIONUNAVAIL ? codes.unavailable : codes.failed;
}

void signal_ready(HANDLE event) {
  const std::uint64_t one = 1;
  const int fd = static_cast<int>(reinterpret_cast<INT_PTR>(event));
  if (::write(fd, &one, sizeof one) < 0) return; // TAPI's fault; the dialog works without its data
}

// Entered while it lives.
class Registered {
public:
  explicit Registered(HTAPIDIALOGINSTANCE name) : name_(name) {
    const std::lock_guard lock{dialogs_lock};
    dialogs[name_] = &dialog_;
  }
  ~Registered() {
    const std::lock_guard lock{dialogs_lock};
    dialogs.erase(name_);
  }
  bool closed() const {
    const std::lock_guard lock{dialogs_lock};
    return dialog_.closed;
  }
  // What was closed meanwhile is interrupted at once.
  void talk_at(Terminal* terminal) {
    const std::lock_guard lock{dialogs_lock};
    dialog_.terminal = terminal;
    if (terminal && dialog_.closed) terminal->interrupt();
  }

private:
  const HTAPIDIALOGINSTANCE name_;
  Dialog dialog_;
};

LONG write_config(const std::string& text, LPVARSTRING out) {
  const auto size = static_cast<DWORD>(text.size());
  out->dwNeededSize = static_cast<DWORD>(sizeof *out) + size;
  out->dwUsedSize = sizeof *out;
  out->dwStringFormat = STRINGFORMAT_BINARY;
  out->dwStringSize = out->dwStringOffset = 0;
  if (out->dwTotalSize < out->dwNeededSize) return LINEERR_STRUCTURETOOSMALL;
  out->dwUsedSize = out->dwNeededSize;
  out->dwStringSize = size;
  out->dwStringOffset = sizeof *out;
  std::memcpy(out + 1, text.data(), text.size());
  return 0;
}

} // namespace

bool is_top_level(LPCWSTR device_class, std::u16string_view own) {
  if (!device_class) return true;
  std::u16string name{device_class};
  for (char16_t& each : name)
    if (each >= u'A' && each <= u'Z') each = static_cast<char16_t>(each + (u'a' - u'A'));
  return name.empty() || name == own;
}

LONG show(const Owner& owner, const Codes& codes, const std::string& address, bool must_save) {
  const std::unique_lock turn{the_terminal, std::try_to_lock};
  if (!turn) return codes.in_use;
  const auto terminal = open_terminal();
  if (!terminal) return codes.failed;
  const auto outcome = Screen{*terminal}.show(owner, address);
  if (!outcome) return code_of(codes, outcome.error().code);
  return must_save && *outcome == Outcome::cancelled ? codes.failed : 0;
}

bool has_form(const Owner& owner) {
  auto answer = owner.ask({});
  return answer && answer->description &&
         (!answer->description->settings.empty() || !answer->description->lists.empty());
}

// What is asked is what the device has, with the values given in place of its own; it keeps its own.
LONG edit_config(const Owner& owner, std::span<const char> in, LPVARSTRING out) {
  auto before = form::read_values({in.data(), in.size()});
  if (!before) return LINEERR_INVALPARAM;
  const std::unique_lock turn{the_terminal, std::try_to_lock};
  if (!turn) return LINEERR_INUSE;
  auto answer = owner.ask({});
  if (!answer) return LINEERR_OPERATIONFAILED;
  if (!answer->description || answer->description->settings.empty()) return LINEERR_OPERATIONUNAVAIL;
  form::Description form = std::move(*answer->description);
  form.lists.clear();
  for (form::Setting& each : form.settings) {
    const auto at = before->find(each.name);
    if (at == before->end()) continue;
    if (!form::fault(each, at->second).empty()) return LINEERR_INVALPARAM;
    each.value = at->second;
  }
  const auto terminal = open_terminal();
  if (!terminal) return LINEERR_OPERATIONFAILED;
  form::Values after = *before;
  Screen{*terminal}.edit(std::move(form), [&](const form::Values& edited) -> Result<form::Answer> {
    for (const auto& [name, value] : edited) after[name] = value;
    return form::Answer{.done = "Taken."};
  });
  return write_config(form::write(after), out);
}

LONG run_dialog(const Owner& owner, HTAPIDIALOGINSTANCE name, std::span<const char> block, HANDLE ready) {
  auto wanted = form::read_answer(form::text_of(block));
  if (!wanted || !wanted->description) return LINEERR_INVALPARAM;
  std::unique_ptr<Terminal> terminal; // outlives its registration
  Registered dialog{name};
  signal_ready(ready);
  std::unique_lock turn{the_terminal, std::defer_lock};
  while (!turn.try_lock_for(turn_poll_ms))
    if (dialog.closed()) return 0;
  terminal = open_terminal();
  if (!terminal) return LINEERR_OPERATIONFAILED;
  dialog.talk_at(terminal.get());
  Screen{*terminal}.edit(*wanted->description, [&](const form::Values& values) {
    return owner.ask({.op = form::Request::Op::apply, .values = values});
  });
  return 0;
}

void tell_dialog(HTAPIDIALOGINSTANCE name, std::optional<std::span<const char>> block) {
  const std::lock_guard lock{dialogs_lock};
  const auto at = dialogs.find(name);
  if (at == dialogs.end()) return;
  Dialog& dialog = *at->second;
  if (!block) {
    dialog.closed = true;
    if (dialog.terminal) dialog.terminal->interrupt();
    return;
  }
  auto told = form::read_answer(form::text_of(*block));
  if (told && dialog.terminal) dialog.terminal->print(told->error.empty() ? told->done : told->error);
}

} // namespace tl::tui
