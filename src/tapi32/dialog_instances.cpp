// SPDX-License-Identifier: Apache-2.0
#include "tapi32/dialog_instances.hpp"

#include <condition_variable>
#include <deque>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "tapi32/call.hpp"
#include "tapi32/dialog.hpp"
#include "tapi32/library.hpp"
#include "tapi32/signal.hpp"

namespace tl::tapi32 {
namespace {

constexpr std::chrono::milliseconds ready_poll_ms{50}; // between looks whether a dialog has ended

using Dialog = decltype(TUISPI_providerGenericDialog);
using DialogData = decltype(TUISPI_providerGenericDialogData);

} // namespace

class DialogInstance : public std::enable_shared_from_this<DialogInstance> {
public:
  DialogInstance(std::shared_ptr<Session> session, Dialogs& dialogs, DWORD name)
      : session_(std::move(session)), dialogs_(dialogs), name_(name) {
    session_->begin_use();
  }

  void start(std::string module, wire::Buffer parameters) {
    std::thread{[self = shared_from_this(), module = std::move(module),
                 parameters = std::move(parameters)]() mutable {
      self->run(module, parameters);
    }}.detach();
  }

  // False: too many wait.
  bool push(wire::Buffer data, bool close) {
    {
      const std::lock_guard lock{mutex_};
      if (ended_) return true;
      if (waiting_.size() >= dialog_blocks_max && !close) return false;
      waiting_.push_back({std::move(data), close});
    }
    changed_.notify_one();
    return true;
  }

private:
  struct Data {
    wire::Buffer block;
    bool close;
  };

  void run(const std::string& name, wire::Buffer& parameters) {
    if (auto module = UiModule::open(name)) {
      auto* const dialog = module->find<Dialog>("TUISPI_providerGenericDialog");
      auto* const data = module->find<DialogData>("TUISPI_providerGenericDialogData");
      if (dialog && data && ready_.open()) show(*dialog, *data, parameters);
    }
    end();
  }

  void show(Dialog& dialog, DialogData& data, wire::Buffer& parameters) {
    std::thread pump{[&] { deliver(data); }};
    dialog(&dialog_callback, name_, parameters.empty() ? nullptr : parameters.data(),
           static_cast<DWORD>(parameters.size()), ready_.handle());
    {
      const std::lock_guard lock{mutex_};
      ended_ = true;
    }
    changed_.notify_one();
    pump.join();
  }

  // Nothing is delivered before the module has said that it is ready.
  void deliver(DialogData& to) {
    while (!ready_.wait(ready_poll_ms)) {
      const std::lock_guard lock{mutex_};
      if (ended_) return;
    }
    std::unique_lock lock{mutex_};
    for (;;) {
      changed_.wait(lock, [&] { return ended_ || !waiting_.empty(); });
      if (ended_) return;
      Data next = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      static std::byte nothing{}; // an empty block is not the NULL that closes
      void* const block = next.close ? nullptr : next.block.empty() ? &nothing : next.block.data();
      to(name_, block, static_cast<DWORD>(next.block.size()));
      lock.lock();
    }
  }

  // The provider learns it [nf-tspi-tspi_providerfreedialoginstance].
  void end() {
    {
      const std::lock_guard lock{mutex_};
      ended_ = true;
    }
    dialogs_.remove(name_);
    session_->perform(wire::Fn::dialogEnd, items<wire::Fn::dialogEnd>(name_));
    session_->end_use();
    Library::instance().app_gone(std::exchange(session_, nullptr));
  }

  std::shared_ptr<Session> session_;
  Dialogs& dialogs_; // the session's
  const DWORD name_;
  Signal ready_; // hEvent

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Data> waiting_;
  bool ended_ = false;
};

bool Dialogs::event(const std::shared_ptr<Session>& session, const wire::Event& event) {
  const auto name = static_cast<DWORD>(event.param1);
  if (event.message == LINE_SENDDIALOGINSTANCEDATA) {
    const auto instance = find(name);
    return !instance || instance->push({event.extra.begin(), event.extra.end()}, event.param2 == 1);
  }
  wire::Reader reader{event.extra};
  const auto module = reader.text();
  const auto parameters = reader.data();
  // In process nothing runs on a thread of its own: the server never asks for it.
  if (!reader.finished() || !module || !parameters || !session->threads()) return false;
  auto instance = std::make_shared<DialogInstance>(session, *this, name);
  {
    const std::lock_guard lock{mutex_};
    instances_[name] = instance;
  }
  instance->start(to_utf8(*module), {parameters->begin(), parameters->end()});
  return true;
}

void Dialogs::close_all() {
  std::vector<std::shared_ptr<DialogInstance>> all;
  {
    const std::lock_guard lock{mutex_};
    for (const auto& [name, instance] : instances_) all.push_back(instance);
  }
  for (const auto& instance : all) instance->push({}, true);
}

std::shared_ptr<DialogInstance> Dialogs::find(DWORD name) {
  const std::lock_guard lock{mutex_};
  const auto at = instances_.find(name);
  return at == instances_.end() ? nullptr : at->second;
}

void Dialogs::remove(DWORD name) {
  const std::lock_guard lock{mutex_};
  instances_.erase(name);
}

} // namespace tl::tapi32
