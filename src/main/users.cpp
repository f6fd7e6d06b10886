// SPDX-License-Identifier: Apache-2.0
#include "main/users.hpp"

#include <fmt/core.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "base/check.hpp"

namespace tl::program {
namespace {

constexpr int no_access = 1;

} // namespace

Users::Users(Loop& loop, std::map<std::string, PasswordHash, std::less<>> passwords, UserLimits limits)
    : loop_(loop), passwords_(std::move(passwords)), limits_(limits),
      late_timer_(loop, [this] { answer_those_due(); }) {
  TL_CHECK(RAND_bytes(key_.data(), static_cast<int>(key_.size())) == 1, "the system gave no random number");
  nobody_ = parse_password_hash(hash_password("nobody")).value();
  worker_ = std::thread([this] { work(); });
}

Users::~Users() {
  {
    const std::lock_guard lock{mutex_};
    stop_ = true;
  }
  wake_.notify_one();
  worker_.join();
}

// Under a key that lives in this process alone: what is remembered says nothing about the password.
Users::Proof Users::proof_of(const std::string& user, const std::string& password) const {
  const std::string both = fmt::format("{}:{}{}", user.size(), user, password);
  Proof proof{};
  unsigned size = 0;
  TL_CHECK(HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
                reinterpret_cast<const unsigned char*>(both.data()), both.size(), proof.data(),
                &size) != nullptr);
  return proof;
}

std::string Users::refusal(const std::string& peer) {
  const auto found = failures_.find(peer);
  if (found == failures_.end()) return {};
  if (found->second.forgotten <= loop_.now()) {
    failures_.erase(found);
    return {};
  }
  if (found->second.count < limits_.failures_max) return {};
  const auto left = std::chrono::ceil<std::chrono::seconds>(found->second.forgotten - loop_.now());
  return fmt::format("too many wrong passwords from this address; try again in {} s", left.count());
}

void Users::check(const std::string& peer, const std::string& user, const std::string& password,
                  Answer answer) {
  if (const std::string why = refusal(peer); !why.empty()) return answer(Error{no_access, why});
  const Proof proof = proof_of(user, password);
  if (known_.contains(proof)) return answer({});
  if (waiting_.size() >= limits_.checks_waiting_max)
    return answer(Error{no_access, "too many sign in at this moment; try again"});
  waiting_.push_back({peer, user, password, proof, std::move(answer)});
  if (waiting_.size() == 1) next();
}

// An address may have used up its failures since: guesses that came together are not all tried.
void Users::next() {
  while (!waiting_.empty()) {
    const Attempt& first = waiting_.front();
    const std::string why = refusal(first.peer);
    if (why.empty()) break;
    const Answer answer = std::move(waiting_.front().answer);
    waiting_.pop_front();
    answer(Error{no_access, why});
  }
  if (waiting_.empty()) return;
  const auto found = passwords_.find(waiting_.front().user);
  {
    const std::lock_guard lock{mutex_};
    job_ = Job{found == passwords_.end() ? nobody_ : found->second, waiting_.front().password};
  }
  wake_.notify_one();
}

void Users::checked(bool right) {
  Attempt attempt = std::move(waiting_.front());
  waiting_.pop_front();
  right = right && passwords_.contains(attempt.user);
  if (right) {
    if (known_.size() >= limits_.known_max) known_.clear();
    known_.insert(attempt.proof);
  } else {
    count_failure(attempt.peer);
  }
  next();
  if (right)
    attempt.answer({});
  else
    answer_late(std::move(attempt.answer));
}

void Users::count_failure(const std::string& peer) {
  if (failures_.size() >= limits_.addresses_max && !failures_.contains(peer)) {
    auto oldest = failures_.begin();
    for (auto each = failures_.begin(); each != failures_.end(); ++each)
      if (each->second.forgotten < oldest->second.forgotten) oldest = each;
    failures_.erase(oldest);
  }
  Failures& failures = failures_[peer];
  ++failures.count;
  failures.forgotten = loop_.now() + std::chrono::milliseconds(limits_.failures_ms);
}

// All wait equally long, so that they end in the order they began.
void Users::answer_late(Answer answer) {
  late_.push_back({loop_.now() + std::chrono::milliseconds(limits_.wrong_ms), std::move(answer)});
  if (!late_timer_.running()) late_timer_.start_at(late_.front().when);
}

void Users::answer_those_due() {
  while (!late_.empty() && late_.front().when <= loop_.now()) {
    const Answer answer = std::move(late_.front().answer);
    late_.pop_front();
    answer(Error{no_access, "the user or the password is wrong"});
  }
  if (!late_.empty()) late_timer_.start_at(late_.front().when);
}

void Users::work() {
  for (;;) {
    Job job;
    {
      std::unique_lock lock{mutex_};
      wake_.wait(lock, [this] { return stop_ || job_; });
      if (stop_) return;
      job = std::move(*job_);
      job_.reset();
    }
    const bool right = password_matches(job.hash, job.password);
    loop_.post([this, right, still = std::weak_ptr<int>{alive_}] {
      if (!still.expired()) checked(right);
    });
  }
}

} // namespace tl::program
