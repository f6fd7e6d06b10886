// SPDX-License-Identifier: Apache-2.0
// Who may sign in from elsewhere. Checking a password costs memory and time on purpose, so it happens on a
// thread of its own, one after the other; the loop goes on. Names that nobody has cost the same as wrong
// passwords.
#pragma once

#include <array>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "base/loop.hpp"
#include "base/result.hpp"
#include "main/password_hash.hpp"

namespace tl::program {

struct UserLimits {
  std::size_t checks_waiting_max = 2'000; // a further one is told that the server is busy
  std::size_t failures_max = 10;          // from one address; then it is refused unchecked
  std::uint32_t failures_ms = 60'000;     // until they are forgotten
  std::size_t addresses_max = 10'000;     // with failures; the oldest is forgotten
  std::uint32_t wrong_ms = 500;           // the answer to a wrong password waits so long
  std::size_t known_max = 10'000; // right answers remembered, so that a thousand desks can come back at once
};

class Users {
public:
  Users(Loop& loop, std::map<std::string, PasswordHash, std::less<>> passwords, UserLimits limits = {});
  ~Users();
  Users(const Users&) = delete;
  Users& operator=(const Users&) = delete;

  // Whether this is the user's password. The answer comes at once or on a later turn of the loop, as long as
  // this lives; an error's text is for the people who asked.
  using Answer = std::function<void(Result<void>)>;
  void check(const std::string& peer, const std::string& user, const std::string& password, Answer answer);

private:
  using Proof = std::array<unsigned char, 32>;
  struct Attempt {
    std::string peer, user, password;
    Proof proof;
    Answer answer;
  };
  struct Failures {
    std::size_t count = 0;
    Time forgotten;
  };
  struct Late {
    Time when;
    Answer answer;
  };

  std::string refusal(const std::string& peer);
  Proof proof_of(const std::string& user, const std::string& password) const;
  void next();
  void checked(bool right);
  void count_failure(const std::string& peer);
  void answer_late(Answer answer);
  void answer_those_due();
  void work();

  Loop& loop_;
  std::map<std::string, PasswordHash, std::less<>> passwords_;
  UserLimits limits_;
  PasswordHash nobody_; // checked for names that nobody has
  std::array<unsigned char, 32> key_{};
  std::map<std::string, Failures> failures_;
  std::set<Proof> known_;
  std::deque<Attempt> waiting_; // the first one is being checked
  std::deque<Late> late_;       // answers to wrong passwords
  Timer late_timer_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);

  std::mutex mutex_;
  std::condition_variable wake_;
  struct Job {
    PasswordHash hash;
    std::string password;
  };
  std::optional<Job> job_; // guarded
  bool stop_ = false;      // guarded
  std::thread worker_;
};

} // namespace tl::program
