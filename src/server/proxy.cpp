// SPDX-License-Identifier: Apache-2.0
#include "server/proxy.hpp"

#include <cstring>

namespace tl::server {
namespace {

constexpr DWORD trailer_mark = 0x504C5254; // "TRLP"
struct Trailer {
  DWORD mark;
  DWORD request_id;
};

// What the answer of a request type is: nothing, a structure, a handle, or the block itself.
struct Answer {
  enum class Kind { none, structure, handle, block } kind;
  std::size_t at;
};

Answer answer_of(DWORD type) {
  using enum Answer::Kind;
  switch (type) {
  case LINEPROXYREQUEST_GETAGENTCAPS: return {structure, offsetof(LINEPROXYREQUEST, GetAgentCaps.AgentCaps)};
  case LINEPROXYREQUEST_GETAGENTSTATUS:
    return {structure, offsetof(LINEPROXYREQUEST, GetAgentStatus.AgentStatus)};
  case LINEPROXYREQUEST_AGENTSPECIFIC: return {block, offsetof(LINEPROXYREQUEST, AgentSpecific.Params)};
  case LINEPROXYREQUEST_GETAGENTACTIVITYLIST:
    return {structure, offsetof(LINEPROXYREQUEST, GetAgentActivityList.ActivityList)};
  case LINEPROXYREQUEST_GETAGENTGROUPLIST:
    return {structure, offsetof(LINEPROXYREQUEST, GetAgentGroupList.GroupList)};
  case LINEPROXYREQUEST_CREATEAGENT: return {handle, offsetof(LINEPROXYREQUEST, CreateAgent.hAgent)};
  case LINEPROXYREQUEST_GETAGENTINFO: return {structure, offsetof(LINEPROXYREQUEST, GetAgentInfo.AgentInfo)};
  case LINEPROXYREQUEST_CREATEAGENTSESSION:
    return {handle, offsetof(LINEPROXYREQUEST, CreateAgentSession.hAgentSession)};
  case LINEPROXYREQUEST_GETAGENTSESSIONLIST:
    return {structure, offsetof(LINEPROXYREQUEST, GetAgentSessionList.SessionList)};
  case LINEPROXYREQUEST_GETAGENTSESSIONINFO:
    return {structure, offsetof(LINEPROXYREQUEST, GetAgentSessionInfo.SessionInfo)};
  case LINEPROXYREQUEST_GETQUEUELIST: return {structure, offsetof(LINEPROXYREQUEST, GetQueueList.QueueList)};
  case LINEPROXYREQUEST_GETQUEUEINFO: return {structure, offsetof(LINEPROXYREQUEST, GetQueueInfo.QueueInfo)};
  case LINEPROXYREQUEST_GETGROUPLIST: return {structure, offsetof(LINEPROXYREQUEST, GetGroupList.GroupList)};
  default: return {none, 0};
  }
}

DWORD load(wire::Bytes from, std::size_t at) {
  DWORD value = 0;
  if (at + sizeof value <= from.size()) std::memcpy(&value, from.data() + at, sizeof value);
  return value;
}

// The client's answers out of the block that came back; nothing when the handler's sizes are not true.
std::optional<wire::Buffer> read_answers(const Pending& request, wire::Bytes block) {
  wire::Buffer buffer;
  wire::Writer to{buffer};
  const Answer answer = answer_of(request.proxy_type);
  if (answer.kind == Answer::Kind::none) return buffer;
  const std::size_t size = answer.kind == Answer::Kind::handle ? sizeof(DWORD) : request.capacity;
  if (answer.at + size > block.size()) return std::nullopt;
  wire::Bytes inner = block.subspan(answer.at, size);
  switch (answer.kind) {
  case Answer::Kind::handle: to.dword(load(inner, 0)); break;
  case Answer::Kind::block: to.data(inner); break;
  case Answer::Kind::structure: {
    const DWORD used = load(inner, 2 * sizeof(DWORD));
    if (used < 3 * sizeof(DWORD) || used > request.capacity) return std::nullopt;
    wire::Buffer copy{inner.begin(), inner.begin() + used};
    std::memcpy(copy.data(), &request.capacity, sizeof request.capacity);
    to.data(copy);
    break;
  }
  case Answer::Kind::none: break;
  }
  return buffer;
}

LONG respond(Request& r, DWORD handle, Data block, DWORD result) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  if (open->proxy_types == 0) return LINEERR_NOTREGISTERED;
  if (!block) return LINEERR_INVALPOINTER;
  Pending* const request = r.core.requests.get(proxy_request_id(*block));
  if (!request || request->proxy != open || static_cast<LONG>(result) > 0) return LINEERR_INVALPARAM;
  if (result != 0) {
    r.core.complete(*request, static_cast<LONG>(result));
    return 0;
  }
  const auto answers = read_answers(*request, *block);
  if (!answers)
    r.core.log.warn("server",
                    "the handler of agent requests on line {} answered type {} with sizes that are not true",
                    open->line.id, request->proxy_type);
  r.core.reply(*request, answers ? 0 : LINEERR_OPERATIONFAILED,
               answers ? wire::Bytes{*answers} : wire::Bytes{});
  r.core.remove_request(*request);
  return answers ? 0 : LINEERR_INVALPARAM;
}

bool may_pass(DWORD message) {
  switch (message) {
  case LINE_AGENTSPECIFIC:
  case LINE_AGENTSTATUS:
  case LINE_AGENTSTATUSEX:
  case LINE_AGENTSESSIONSTATUS:
  case LINE_QUEUESTATUS:
  case LINE_GROUPSTATUS: return true;
  default: return false;
  }
}

LONG pass_message(Request& r, DWORD handle, DWORD call_handle, DWORD message, DWORD p1, DWORD p2, DWORD p3) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  if (open->proxy_types == 0) return LINEERR_NOTREGISTERED;
  if (!may_pass(message)) return LINEERR_INVALPARAM;
  const DWORD since =
      message == LINE_AGENTSPECIFIC || message == LINE_AGENTSTATUS ? version_2_0 : version_2_2;
  if (call_handle == 0) {
    r.core.send_openers(open->line, {message, p1, p2, p3}, [&](OpenLine& to) { return to.version >= since; });
    return 0;
  }
  CallHandle* const about = r.core.call(r.client, call_handle);
  if (!about || &about->call.line != &open->line) return LINEERR_INVALCALLHANDLE;
  r.core.send_handles(about->call, {message, p1, p2, p3},
                      [&](CallHandle& to) { return to.open.version >= since; });
  return 0;
}

LONG get_proxy_status(Request& r, DWORD handle, DWORD id, DWORD version, Capacity capacity) {
  if (!r.core.app(r.client, handle)) return LINEERR_INVALAPPHANDLE;
  LONG error = 0;
  LineDevice* const line = r.core.device(r.client, id, error);
  if (!line) return error;
  if (version < version_2_2) return LINEERR_INCOMPATIBLEAPIVERSION;
  return answer_structure(r, wire::line_proxy_request_list, version_2_2, capacity, [&](Filling& filling) {
    std::vector<DWORD> types;
    for (DWORD type = 1; type <= proxy_type_last; ++type)
      if (line->proxies[type]) types.push_back(type);
    DWORD size = 0, offset = 0;
    const auto room = filling.append(types.size() * sizeof(DWORD), size, offset);
    if (!room.empty()) std::memcpy(room.data(), types.data(), room.size());
    auto& list = filling.as<LINEPROXYREQUESTLIST>();
    list.dwNumEntries = static_cast<DWORD>(size / sizeof(DWORD));
    list.dwListSize = size;
    list.dwListOffset = offset;
  });
}

} // namespace

ProxyBlock::ProxyBlock(DWORD type, std::size_t answer_at, std::size_t answer_bytes, bool has_total) {
  memory_.resize(wire::padded(std::max(sizeof(LINEPROXYREQUEST), answer_at + answer_bytes)));
  head().dwRequestType = type;
  const auto total = static_cast<DWORD>(answer_bytes);
  if (has_total) std::memcpy(at(answer_at), &total, sizeof total);
}

void ProxyBlock::add_text(const Text& text, DWORD& size, DWORD& offset) {
  size = offset = 0;
  if (!text) return;
  offset = static_cast<DWORD>(memory_.size());
  size = static_cast<DWORD>((text->size() + 1) * sizeof(char16_t));
  memory_.resize(wire::padded(offset + size));
  std::memcpy(at(offset), text->data(), text->size() * sizeof(char16_t));
}

wire::Bytes ProxyBlock::finish(DWORD request_id) {
  const Trailer trailer{trailer_mark, request_id};
  const auto bytes = std::as_bytes(std::span{&trailer, 1});
  memory_.insert(memory_.end(), bytes.begin(), bytes.end());
  head().dwSize = static_cast<DWORD>(memory_.size());
  return memory_;
}

DWORD proxy_request_id(wire::Bytes block) {
  if (block.size() < sizeof(LINEPROXYREQUEST) + sizeof(Trailer)) return 0;
  const DWORD size = load(block, 0);
  if (size < sizeof(Trailer) || size > block.size()) return 0;
  if (load(block, size - sizeof(Trailer)) != trailer_mark) return 0;
  return load(block, size - sizeof(DWORD));
}

void bind_proxy_functions(Bindings& b) {
  b.bind<Fn::lineProxyResponse, &respond>();
  b.bind<Fn::lineProxyMessage, &pass_message>();
  b.bind<Fn::lineGetProxyStatus, &get_proxy_status>();
}

} // namespace tl::server
