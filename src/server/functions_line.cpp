// SPDX-License-Identifier: Apache-2.0
// Opening and closing lines, and what they tell about themselves.
#include <cstring>

#include "server/functions.hpp"
#include "server/wording.hpp"

namespace tl::server {
namespace {

constexpr DWORD privilege_bits = LINECALLPRIVILEGE_NONE | LINECALLPRIVILEGE_MONITOR | LINECALLPRIVILEGE_OWNER;
constexpr DWORD option_bits = LINEOPENOPTION_SINGLEADDRESS | LINEOPENOPTION_PROXY;
constexpr DWORD media_known = 0x0000FFFE; // LINEMEDIAMODE_UNKNOWN .. _VIDEO
// What TAPI 3 needs for call centres: the request types of the 2.2 generation.
constexpr std::uint32_t acd_types =
    ((1U << (proxy_type_last + 1)) - 1) & ~((1U << LINEPROXYREQUEST_CREATEAGENT) - 1);

bool privileges_valid(DWORD privileges, DWORD version) {
  if (privileges & ~(privilege_bits | option_bits)) return false;
  if ((privileges & option_bits) && version < version_2_0) return false;
  switch (privileges & privilege_bits) {
  case LINECALLPRIVILEGE_NONE:
  case LINECALLPRIVILEGE_MONITOR:
  case LINECALLPRIVILEGE_OWNER:
  case LINECALLPRIVILEGE_MONITOR | LINECALLPRIVILEGE_OWNER: return true;
  default: return false;
  }
}

// The media of devices without extensions: standard bits alone; upper byte is for registered extension modes.
bool media_valid(DWORD media, DWORD version) {
  return (media & ~wording::media_modes.known(version, media_known)) == 0;
}

// The request types a handler registers for: DWORDs in the device-specific part [nf-tapi-lineopenw].
LONG read_proxy_types(const LineDevice& line, const OpenLine& open, Copied& params, std::uint32_t& types) {
  const auto* header = params.as<LINECALLPARAMS>();
  if (!header) return LINEERR_INVALPOINTER;
  const DWORD size = header->dwDevSpecificSize;
  if (size == 0 || size % sizeof(DWORD) != 0) return LINEERR_STRUCTURETOOSMALL;
  const auto* at = reinterpret_cast<const std::byte*>(header) + header->dwDevSpecificOffset;
  for (DWORD i = 0; i < size / sizeof(DWORD); ++i) {
    DWORD type;
    std::memcpy(&type, at + i * sizeof type, sizeof type);
    const DWORD last = open.version < version_2_2 ? LINEPROXYREQUEST_GETAGENTGROUPLIST : proxy_type_last;
    if (type < 1 || type > last) return LINEERR_OPERATIONUNAVAIL;
    if (line.proxies[type]) return LINEERR_NOTREGISTERED;
    types |= 1U << type;
  }
  return 0;
}

// The handler itself is not told that it came (as with LINEDEVSTATE_OPEN): it knows, and an ACD that serves
// ten thousand stations would wake up to a hundred thousand messages about itself.
void register_proxy(Core& core, OpenLine& open, std::uint32_t types) {
  if (types == 0) return;
  open.proxy_types = types;
  std::uint32_t all = 0;
  for (DWORD type = 1; type <= proxy_type_last; ++type) {
    if (types & (1U << type)) {
      open.line.proxies[type] = &open;
      core.proxy_status(open.line, LINEPROXYSTATUS_OPEN, type, &open);
    }
    if (open.line.proxies[type]) all |= 1U << type;
  }
  if ((all & acd_types) == acd_types) core.proxy_status(open.line, LINEPROXYSTATUS_ALLOPENFORACD, 0, &open);
}

// Whether the provider would take a call with these media and parameters now; it is asked on an open line
// [nf-tspi-tspi_lineconditionalmediadetection].
bool would_take(Core& core, LineDevice& line, DWORD media, const LINECALLPARAMS* params) {
  const auto conditional = line.provider.tspi.lineConditionalMediaDetection;
  if (!conditional) return true;
  LINECALLPARAMS given{}; // what no parameters stand for [ns-tapi-linecallparams]
  given.dwTotalSize = sizeof given;
  given.dwBearerMode = LINEBEARERMODE_VOICE;
  given.dwMinRate = given.dwMaxRate = 3100;
  given.dwMediaMode = media;
  given.dwAddressMode = LINEADDRESSMODE_ADDRESSID;
  const bool opened = !line.is_open();
  if (opened && core.open_device(line) != 0) return false;
  const LONG result = conditional(line.driver, media, params ? const_cast<LINECALLPARAMS*>(params) : &given);
  if (opened) core.close_device(line);
  return result == 0;
}

// LINEMAPPER: the first line whose provider would take a call with these media and parameters now.
LineDevice* find_mapped(Core& core, const Client& client, Grant grant, DWORD media,
                        const LINECALLPARAMS* params) {
  for (const auto& line : core.devices) {
    if (line->removed || line->version == 0) continue;
    const auto id = client.lines.id_of(line->id);
    if (!id || client.lines.find(*id)->grant < grant) continue;
    LINEDEVCAPS caps{};
    caps.dwTotalSize = sizeof caps;
    if (line->provider.tspi.lineGetDevCaps(line->id, line->version, 0, &caps) != 0) continue;
    if ((caps.dwMediaModes & media) != media) continue;
    if (would_take(core, *line, media, params)) return line.get();
  }
  return nullptr;
}

LONG set_up(Request& r, OpenLine& open, DWORD options, Copied& params, std::uint32_t& proxy_types) {
  LineDevice& line = open.line;
  if (options & LINEOPENOPTION_SINGLEADDRESS) {
    const auto* wanted = params.as<LINECALLPARAMS>();
    if (!wanted || wanted->dwAddressMode != LINEADDRESSMODE_ADDRESSID) return LINEERR_INVALADDRESSID;
    DWORD addresses = 0;
    const LONG result = line.provider.tspi.lineGetNumAddressIDs(line.driver, &addresses);
    if (result != 0) return result;
    if (wanted->dwAddressID >= addresses) return LINEERR_INVALADDRESSID;
    open.single_address = true;
    open.address = wanted->dwAddressID;
  }
  if (options & LINEOPENOPTION_PROXY)
    if (const LONG result = read_proxy_types(line, open, params, proxy_types); result != 0) return result;
  if (open.extension != 0)
    if (const LONG result = r.core.select_extension(line, open.extension); result != 0) return result;
  // One opener more adds to what is wanted and takes nothing away: a thousand watchers are not walked through.
  if (open.media & ~line.media_wanted)
    if (const LONG result = r.core.update_media(line); result != 0) return result;
  return open.line_states & ~line.line_states_wanted ? r.core.update_states(line) : 0;
}

LONG open_line(Request& r, DWORD app_handle, DWORD id, DWORD version, DWORD extension, std::uint64_t instance,
               DWORD privileges, DWORD media, Data data) {
  Core& core = r.core;
  App* const app = core.app(r.client, app_handle);
  if (!app) return LINEERR_INVALAPPHANDLE;
  if (r.core.reinitialising) return LINEERR_REINIT;
  LONG error = 0;
  if (id != LINEMAPPER && !core.device(r.client, id, error)) return error;
  if (!is_version(version)) return LINEERR_INCOMPATIBLEAPIVERSION;
  if (!privileges_valid(privileges, version)) return LINEERR_INVALPRIVSELECT;
  const bool owner = privileges & LINECALLPRIVILEGE_OWNER;
  if (owner && !media_valid(media, version)) return LINEERR_INVALMEDIAMODE;
  Copied params = copy_call_params(data, version, version_high);
  if (params.error) return LINEERR_STRUCTURETOOSMALL;
  error = LINEERR_LINEMAPPERFAILED;
  // Watching is MONITOR alone: without any privilege a line is open for outgoing calls.
  const bool watch = (privileges & ~DWORD{LINEOPENOPTION_SINGLEADDRESS}) == LINECALLPRIVILEGE_MONITOR;
  const Grant needed = watch ? Grant::monitor : Grant::control;
  LineDevice* const line = id == LINEMAPPER
                               ? find_mapped(core, r.client, needed, media, params.as<LINECALLPARAMS>())
                               : core.device(r.client, id, error);
  if (!line) return error;
  const Grant grant = r.client.lines.find(*r.client.lines.id_of(line->id))->grant;
  if (grant < needed) return LINEERR_OPERATIONUNAVAIL;
  if (const LONG bad = check_extension(*line, extension)) return bad;

  const bool first = !line->is_open();
  if (first)
    if (const LONG result = core.open_device(*line); result != 0) return result;
  auto made = std::make_unique<OpenLine>(*app, *line);
  OpenLine& open = *made;
  open.version = version;
  open.extension = extension;
  open.privileges = privileges & privilege_bits;
  open.media = owner ? media : 0;
  open.control = grant == Grant::control;
  open.instance = instance;
  line->opens.push_back(open);
  std::uint32_t proxy_types = 0;
  error = set_up(r, open, privileges & option_bits, params, proxy_types);
  if (error == 0 && (open.handle = core.add_handle(AppHandle::Kind::line, &open)) == 0)
    error = LINEERR_RESOURCEUNAVAIL;
  if (error != 0) {
    made.reset();
    if (first) {
      core.close_device(*line);
    } else {
      core.update_media(*line);
      core.update_extension(*line);
    }
    return error;
  }
  app->lines.push_back(*made.release());
  ++line->open_count;
  ++core.open_line_count;
  if (line->line_states_wanted & LINEDEVSTATE_OPEN)
    core.send_openers(*line, {LINE_LINEDEVSTATE, LINEDEVSTATE_OPEN}, [&](OpenLine& other) {
      return &other != &open && (other.line_states & LINEDEVSTATE_OPEN);
    });
  register_proxy(core, open, proxy_types);
  r.reply.dword(open.handle);
  return 0;
}

LONG close(Request& r, DWORD handle) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  r.core.close_line(*open);
  return 0;
}

LONG set_status_messages(Request& r, DWORD handle, DWORD line_states, DWORD address_states) {
  constexpr DWORD line_states_known = 0x01FFFFFF;
  constexpr DWORD address_states_known = 0x000001FF;
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  if (line_states & ~wording::line_states.known(open->version, line_states_known)) return LINEERR_INVALLINESTATE;
  if (address_states & ~wording::address_states.known(open->version, address_states_known)) return LINEERR_INVALADDRESSSTATE;
  const auto before = std::pair{open->line_states, open->address_states};
  open->line_states = line_states | LINEDEVSTATE_REINIT; // cannot be disabled
  open->address_states = address_states;
  const LONG result = r.core.update_states(open->line);
  if (result != 0) std::tie(open->line_states, open->address_states) = before;
  return result;
}

LONG get_status_messages(Request& r, DWORD handle) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  r.reply.dword(open->line_states);
  r.reply.dword(open->address_states);
  return 0;
}

// The applications that have the line open, one LINEAPPINFO each; all of them or none.
void add_app_infos(Core& core, LineDevice& line, Filling& filling) {
  DWORD size = 0, offset = 0;
  const auto memory = filling.append(line.open_count * sizeof(LINEAPPINFO), size, offset);
  auto* info = reinterpret_cast<LINEAPPINFO*>(memory.data());
  line.opens.for_each([&](OpenLine& open) {
    const wire::Identity& who = open.app.client.identity;
    const std::string& machine = who.machine.empty() ? core.options.machine : who.machine;
    LINEAPPINFO each{};
    const auto text = [&](std::u16string_view value) {
      std::pair<DWORD, DWORD> at;
      filling.append_text(value, at.first, at.second);
      return at;
    };
    const auto where = text(to_utf16(machine));
    const auto user = text(to_utf16(who.user));
    const auto module = text(open.app.module);
    const auto name = text(*open.app.name);
    each.dwMachineNameSize = where.first, each.dwMachineNameOffset = where.second;
    each.dwUserNameSize = user.first, each.dwUserNameOffset = user.second;
    each.dwModuleFilenameSize = module.first, each.dwModuleFilenameOffset = module.second;
    each.dwFriendlyNameSize = name.first, each.dwFriendlyNameOffset = name.second;
    each.dwMediaModes = open.media;
    each.dwAddressID = open.single_address ? open.address : 0xFFFFFFFF;
    if (info) *info++ = each;
  });
  auto& status = filling.as<LINEDEVSTATUS>();
  status.dwAppInfoSize = size;
  status.dwAppInfoOffset = offset;
}

LONG get_line_dev_status(Request& r, DWORD handle, Capacity capacity) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  LineDevice& line = open->line;
  return answer_structure(
      r, wire::line_dev_status, open->version, line.version, capacity,
      [&](Filling& status) {
        return line.provider.tspi.lineGetLineDevStatus(line.driver, &status.as<LINEDEVSTATUS>());
      },
      [&](Filling& filling) {
        DWORD media = 0;
        line.opens.for_each([&](OpenLine& each) { media |= each.media; });
        filling.as<LINEDEVSTATUS>().dwNumOpens = static_cast<DWORD>(line.open_count);
        filling.as<LINEDEVSTATUS>().dwOpenMediaModes = media;
        if (open->version >= version_2_0) add_app_infos(r.core, line, filling);
        wording::adapt(open->version, filling.as<LINEDEVSTATUS>());
      });
}

LONG get_address_status(Request& r, DWORD handle, DWORD address, Capacity capacity) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  LineDevice& line = open->line;
  return answer_structure(
      r, wire::line_address_status, open->version, line.version, capacity,
      [&](Filling& status) {
        return line.provider.tspi.lineGetAddressStatus(line.driver, address, &status.as<LINEADDRESSSTATUS>());
      },
      [&](Filling& filling) { wording::adapt(open->version, filling.as<LINEADDRESSSTATUS>()); });
}

LONG get_address_id(Request& r, DWORD handle, DWORD mode, Text address) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  if (mode != LINEADDRESSMODE_DIALABLEADDR) return LINEERR_INVALADDRESSMODE;
  if (!address) return LINEERR_INVALPOINTER;
  const Wide text{address};
  DWORD id = 0;
  const auto bytes = static_cast<DWORD>((address->size() + 1) * sizeof(WCHAR));
  const LONG result =
      open->line.provider.tspi.lineGetAddressID(open->line.driver, &id, mode, text.c(), bytes);
  if (result != 0) return result;
  r.reply.dword(id);
  return 0;
}

// Rings before an application answers: the smallest number anybody set [nf-tapi-linegetnumrings].
LONG set_num_rings(Request& r, DWORD handle, DWORD address, DWORD rings) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  if (const LONG result = address_exists(open->line, address); result != 0) return result;
  if (!open->control) return LINEERR_OPERATIONFAILED; // the smallest number is everybody's
  std::erase_if(open->rings, [&](const auto& each) { return each.first == address; });
  open->rings.emplace_back(address, rings);
  return 0;
}

LONG get_num_rings(Request& r, DWORD handle, DWORD address) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  if (const LONG result = address_exists(open->line, address); result != 0) return result;
  DWORD rings = 0xFFFFFFFF; // nobody set it
  open->line.opens.for_each([&](OpenLine& each) {
    for (const auto& [at, count] : each.rings)
      if (at == address) rings = std::min(rings, count);
  });
  r.reply.dword(rings);
  return 0;
}

} // namespace

LONG address_exists(LineDevice& line, DWORD address) {
  DWORD addresses = 0;
  const LONG result = line.provider.tspi.lineGetNumAddressIDs(line.driver, &addresses);
  if (result != 0) return result;
  return address < addresses ? 0 : LINEERR_INVALADDRESSID;
}

void bind_line_functions(Bindings& b) {
  b.bind<Fn::lineOpen, &open_line>();
  b.bind<Fn::lineClose, &close>();
  b.bind<Fn::lineSetStatusMessages, &set_status_messages>();
  b.bind<Fn::lineGetStatusMessages, &get_status_messages>();
  b.bind<Fn::lineGetLineDevStatus, &get_line_dev_status>();
  b.bind<Fn::lineGetAddressStatus, &get_address_status>();
  b.bind<Fn::lineGetAddressID, &get_address_id>();
  b.bind<Fn::lineSetNumRings, &set_num_rings>();
  b.bind<Fn::lineGetNumRings, &get_num_rings>();
}

} // namespace tl::server
