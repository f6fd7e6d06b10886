// SPDX-License-Identifier: Apache-2.0
// Asynchronous operations that wait for their LINE_REPLY: request id -> completion, exactly once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

#include <tapi.h>

namespace tl::telephony {

// More operations at once are refused with LINEERR_REQUESTOVERRUN.
inline constexpr std::size_t requests_max = 65'536;
// Answer memory of lines that the server closed: the library can still write to it. When so much has
// gathered, operations with answers are refused with LINEERR_REQUESTOVERRUN until shutdown.
inline constexpr std::size_t abandoned_answers_max_bytes = 16 << 20;

// The Address or Phone that an operation is of.
class DeviceKey {
public:
  template <class Device> DeviceKey(const Device& device) : key_(&device) {}
  bool is(const void* device) const { return key_ == device; }

private:
  const void* key_;
};

// One operation. What the library writes for it (a handle, a structure) lies inside of it.
class Request {
public:
  explicit Request(DeviceKey device) : device_(device) {}
  virtual ~Request() = default;
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  const DeviceKey& device() const { return device_; }
  // The answer was cut and is asked for again: the new request id, or a LINEERR_; 0: it is whole.
  virtual LONG ask_again() { return 0; }
  // Calls the completion; a second call does nothing.
  virtual void complete(LONG result) = 0;
  // What the library writes to, in bytes; 0: nothing.
  virtual std::size_t answer_bytes() const { return 0; }
  // lineClose voids it, so that the library forgets its answer. Requests without a line handle go on.
  virtual bool of_line() const { return true; }

private:
  DeviceKey device_;
};

class Requests {
public:
  bool full(bool with_answer = false) const {
    return waiting_ >= requests_max || (with_answer && abandoned_bytes_ >= abandoned_answers_max_bytes);
  }
  std::size_t waiting() const { return waiting_; }

  // Enters a started operation and returns what the caller gets: `id`, or a LINEERR_ if it was not started.
  LONG add(LONG id, std::shared_ptr<Request> request);
  // LINE_REPLY. Unknown ids are replies nobody waits for.
  void reply(DWORD id, LONG result);
  // Completes what waits, in the order it was started: of one line or phone, or of all (nullptr).
  // `forgotten`: lineClose said that the library writes to no answer of the line any more.
  void fail(const void* device, LONG result, bool forgotten);

private:
  struct Entry {
    std::shared_ptr<Request> request;
    std::uint64_t sequence = 0;
    bool abandoned = false; // completed; kept because the library may still write to its answer
  };

  void finish(Entry entry, LONG result);

  std::unordered_map<DWORD, Entry> entries_;
  std::vector<std::shared_ptr<Request>> graveyard_; // answers that may be written to until shutdown
  std::size_t waiting_ = 0;
  std::size_t abandoned_bytes_ = 0;
  std::uint64_t sequence_ = 0;
  bool ids_repeat_ = false;
};

} // namespace tl::telephony
