// SPDX-License-Identifier: Apache-2.0
#include "sip/registrar.hpp"

#include <algorithm>

#include "sip/chars.hpp"

namespace tl::sip {

struct Registrar::Entry {
  Entry(Loop& loop, Timer::Handler handler) : timer(loop, std::move(handler)) {}
  std::vector<Binding> bindings;
  Timer timer; // the earliest expiry
  bool told = false;
};

namespace {

// Expires of one contact: its parameter, the header, the default (section 10.2.1.1).
std::uint32_t wanted_expires(const Message& request, const NameAddr& contact, std::uint32_t otherwise) {
  std::optional<std::uint32_t> seconds;
  if (const auto own = contact.param("expires")) seconds = to_number(*own);
  if (!seconds) seconds = to_number(request.value(HeaderId::expires));
  return seconds.value_or(otherwise);
}

bool same_uri(std::string_view a, std::string_view b) {
  const auto x = Uri::parse(a), y = Uri::parse(b);
  return x && y && x->user == y->user && iequals(x->host, y->host) && x->port == y->port &&
         iequals(x->param("transport").value_or("udp"), y->param("transport").value_or("udp"));
}

bool behind_nat(const Uri& contact, const Peer& from) {
  if (reliable(from.protocol)) return true;
  const auto host = Address::parse_host(contact.host, 0);
  return !host || !host->same_host(from.address);
}

} // namespace

Registrar::Registrar(Agent& agent, Authenticator& authenticator, RegistrarEvents& events,
                     const RegistrarLimits& limits)
    : agent_(agent), authenticator_(authenticator), events_(events), limits_(limits) {}

Registrar::~Registrar() = default;

const std::string* Registrar::password_of(std::string_view user) {
  return events_.registrar_password(user);
}

bool Registrar::authenticated(const Message& request, const Peer& from, const std::string& user) {
  std::string name;
  switch (authenticator_.check(request, from, *this, name)) {
  case Authenticator::Verdict::good:
    if (name == user) return true;
    agent_.respond(request, from, 403); // nobody registers somebody else
    return false;
  case Authenticator::Verdict::absent:
  case Authenticator::Verdict::wrong: {
    const std::string headers = authenticator_.challenge(false);
    agent_.respond(request, from, 401, {headers, {}, {}});
    return false;
  }
  case Authenticator::Verdict::stale: {
    const std::string headers = authenticator_.challenge(true);
    agent_.respond(request, from, 401, {headers, {}, {}});
    return false;
  }
  case Authenticator::Verdict::blocked:
    agent_.respond(request, from, 403, {}, "Too Many Wrong Passwords");
    return false;
  }
  return false;
}

void Registrar::handle(const Message& request, const Peer& from) {
  const auto uri = Uri::parse(request.to().uri);
  if (!uri || !uri->is_sip() || uri->user.empty()) return agent_.respond(request, from, 404);
  const std::string user = unescape(uri->user);
  if (!authenticated(request, from, user)) return;
  auto found = addresses_.find(user);
  if (!request.has(HeaderId::contact))
    return answer(request, from, found == addresses_.end() ? nullptr : found->second.get());
  if (found == addresses_.end()) {
    if (addresses_.size() >= limits_.addresses_max)
      return agent_.respond_once(request, from, 503, {"Retry-After: 60\r\n", {}, {}});
    found = addresses_.emplace(user, std::make_unique<Entry>(agent_.loop(), [this, user] { expire(user); }))
                .first;
  }
  Entry& entry = *found->second;
  const int status = update(request, from, entry);
  if (status == 200)
    answer(request, from, &entry);
  else if (status == 423) {
    std::string headers;
    put(headers, "Min-Expires: ", limits_.expires_min_s, "\r\n");
    agent_.respond_once(request, from, 423, {headers, {}, {}});
  } else
    agent_.respond_once(request, from, status);
  settle(user);
}

int Registrar::update(const Message& request, const Peer& from, Entry& entry) {
  // All or nothing (section 10.3 step 7).
  const std::vector<Binding> before = entry.bindings;
  for (const HeaderField& field : request.headers()) {
    if (field.id != HeaderId::contact) continue;
    if (field.value == "*") {
      if (to_number(request.value(HeaderId::expires)) != 0u) return 400;
      entry.bindings.clear();
      continue;
    }
    for (std::string_view rest = field.value; !rest.empty();) {
      const int status = update_one(request, from, entry, take_list_item(rest));
      if (status == 200) continue;
      entry.bindings = before;
      return status;
    }
  }
  return 200;
}

int Registrar::update_one(const Message& request, const Peer& from, Entry& entry, std::string_view item) {
  const auto contact = NameAddr::parse(item);
  const auto uri = contact ? Uri::parse(contact->uri) : std::nullopt;
  if (!uri || !uri->is_sip()) return 400;
  std::uint32_t seconds = wanted_expires(request, *contact, limits_.expires_default_s);
  if (seconds != 0 && seconds < limits_.expires_min_s) return 423;
  seconds = std::min(seconds, limits_.expires_max_s);
  auto& bindings = entry.bindings;
  const auto same = std::find_if(bindings.begin(), bindings.end(),
                                 [&](const Binding& b) { return same_uri(b.contact, contact->uri); });
  if (same != bindings.end()) {
    if (same->call_id == request.call_id() && request.cseq() <= same->cseq) return 500; // out of order
    bindings.erase(same);
  }
  if (seconds == 0) return 200;
  if (bindings.size() >= limits_.contacts_max)
    bindings.pop_back(); // a phone that moves leaves its old places behind
  Binding binding;
  binding.contact = contact->uri;
  binding.source = from;
  binding.bound = behind_nat(*uri, from);
  binding.call_id = request.call_id();
  binding.cseq = request.cseq();
  binding.expires = agent_.loop().now() + std::chrono::seconds(seconds);
  binding.user_agent = request.value(HeaderId::user_agent).substr(0, 64);
  bindings.insert(bindings.begin(), std::move(binding));
  return 200;
}

void Registrar::answer(const Message& request, const Peer& from, const Entry* entry) {
  std::string headers;
  const Time now = agent_.loop().now();
  if (entry != nullptr) {
    for (const Binding& binding : entry->bindings) {
      const auto left = std::chrono::duration_cast<std::chrono::seconds>(binding.expires - now).count();
      put(headers, "Contact: <", binding.contact, ">;expires=", left, "\r\n");
    }
  }
  agent_.respond_once(request, from, 200, {headers, {}, {}});
}

void Registrar::expire(const std::string& user) {
  const auto found = addresses_.find(user);
  if (found == addresses_.end()) return;
  const Time now = agent_.loop().now();
  std::erase_if(found->second->bindings, [&](const Binding& b) { return b.expires <= now; });
  const std::string name = user; // the timer's copy dies with the entry
  settle(name);
}

// After every change: the timer, the news, an empty entry.
void Registrar::settle(const std::string& user) {
  const auto found = addresses_.find(user);
  if (found == addresses_.end()) return;
  Entry& entry = *found->second;
  const bool reachable = !entry.bindings.empty();
  const bool news = reachable != entry.told;
  entry.told = reachable;
  if (reachable) {
    const auto first =
        std::min_element(entry.bindings.begin(), entry.bindings.end(),
                         [](const Binding& a, const Binding& b) { return a.expires < b.expires; });
    entry.timer.start_at(first->expires);
  } else {
    addresses_.erase(found);
  }
  if (news) events_.registrar_reachable(user, reachable);
}

const std::vector<Binding>* Registrar::find(const std::string& user) const {
  const auto found = addresses_.find(user);
  return found == addresses_.end() ? nullptr : &found->second->bindings;
}

} // namespace tl::sip
