// SPDX-License-Identifier: Apache-2.0
// The phones of a provider. A provider with phones derives from PhoneProvider too, returns itself from
// Provider::phones(), and is built with trunkline_provider(... PHONES): without that word no TSPI_phone
// function is exported. What is not overridden answers PHONEERR_OPERATIONUNAVAIL.
//
// TAPI has checked before: the owner's privilege, hook switch devices and modes, lamp modes; volumes and
// gains are at most 0xFFFF.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tsp/request.hpp"
#include "tsp/struct_writer.hpp"

namespace tl::tsp {

// A phone that the server has open: from open_phone() to close_phone().
class Phone {
public:
  DWORD device = 0;  // counted from 0 within the provider
  DWORD version = 0; // TSPI version it was opened with
  HTAPIPHONE server = nullptr;
  PHONEEVENT procedure = nullptr;
  std::uint64_t handle = 0; // HDRVPHONE
  // What somebody wants to hear of.
  DWORD states = 0, button_modes = 0, button_states = 0;

  // PHONE_CLOSE, PHONE_DEVSPECIFIC.
  void event(DWORD message, DWORD_PTR p1 = 0, DWORD_PTR p2 = 0, DWORD_PTR p3 = 0) const {
    procedure(server, message, p1, p2, p3);
  }
  // PHONE_STATE, PHONE_BUTTON, if wanted.
  void state(DWORD what, DWORD_PTR value = 0) const {
    if ((states & what) != 0) event(PHONE_STATE, what, value);
  }
  void button(DWORD id, DWORD mode, DWORD pressed) const {
    if ((button_modes & mode) != 0 && (button_states & pressed) != 0) event(PHONE_BUTTON, id, mode, pressed);
  }
};

struct PhoneOpening {
  DWORD device = 0;
  DWORD version = 0;
  HTAPIPHONE server = nullptr;
  PHONEEVENT procedure = nullptr;
};

// What of PHONEBUTTONINFO a program may set.
struct ButtonChange {
  DWORD mode = 0;     // PHONEBUTTONMODE_
  DWORD function = 0; // PHONEBUTTONFUNCTION_
  std::string text;
};

class PhoneProvider {
public:
  virtual ~PhoneProvider() = default;

  virtual DWORD num_phones() const = 0; // constant after attach()
  virtual void get_phone_caps(DWORD device, StructWriter<PHONECAPS>& out) = 0;
  // Creates the provider's phone object, which lives until close_phone().
  virtual LONG open_phone(const PhoneOpening& opening, Phone*& phone) = 0;
  // Complete every request of the phone first; its object and handle end here.
  virtual void close_phone(Phone& phone) = 0;
  virtual void get_phone_status(Phone& phone, StructWriter<PHONESTATUS>& out) = 0;
  // The phone's fields are changed after success.
  virtual LONG set_phone_status_messages(Phone&, DWORD /*states*/, DWORD /*modes*/, DWORD /*button_states*/) {
    return 0;
  }

  // PHONEHOOKSWITCHDEV_ bits that are off hook.
  virtual LONG get_hook_switch(Phone&, DWORD& /*devices*/) { return PHONEERR_OPERATIONUNAVAIL; }
  virtual void set_hook_switch(Request request, Phone& phone, DWORD devices, DWORD mode);
  virtual LONG get_volume(Phone&, DWORD /*device*/, DWORD& /*volume*/) { return PHONEERR_OPERATIONUNAVAIL; }
  virtual void set_volume(Request request, Phone& phone, DWORD device, DWORD volume);
  virtual LONG get_gain(Phone&, DWORD /*device*/, DWORD& /*gain*/) { return PHONEERR_OPERATIONUNAVAIL; }
  virtual void set_gain(Request request, Phone& phone, DWORD device, DWORD gain);
  virtual LONG get_ring(Phone&, DWORD& /*mode*/, DWORD& /*volume*/) { return PHONEERR_OPERATIONUNAVAIL; }
  virtual void set_ring(Request request, Phone& phone, DWORD mode, DWORD volume);
  virtual LONG get_lamp(Phone&, DWORD /*id*/, DWORD& /*mode*/) { return PHONEERR_OPERATIONUNAVAIL; }
  virtual void set_lamp(Request request, Phone& phone, DWORD id, DWORD mode);
  virtual LONG get_display(Phone&, StructWriter<VARSTRING>&) { return PHONEERR_OPERATIONUNAVAIL; }
  // In the format of PHONECAPS.dwStringFormat.
  virtual void set_display(Request request, Phone& phone, DWORD row, DWORD column, std::string_view text);
  virtual LONG get_button_info(Phone&, DWORD /*id*/, StructWriter<PHONEBUTTONINFO>&) {
    return PHONEERR_OPERATIONUNAVAIL;
  }
  virtual void set_button_info(Request request, Phone& phone, DWORD id, const ButtonChange& change);
  virtual LONG get_data(Phone&, DWORD /*id*/, std::span<std::byte>) { return PHONEERR_OPERATIONUNAVAIL; }
  virtual void set_data(Request request, Phone& phone, DWORD id, std::span<const std::byte> data);
  virtual void phone_dev_specific(Request request, Phone& phone, std::span<std::byte> parameters);

  // Which phone belongs to a line and the reverse: device classes tapi/phone of lineGetID and tapi/line of
  // phoneGetID.
  virtual std::optional<DWORD> phone_of_line(DWORD /*line*/) const { return std::nullopt; }
  virtual std::optional<DWORD> line_of_phone(DWORD /*phone*/) const { return std::nullopt; }
};

} // namespace tl::tsp
