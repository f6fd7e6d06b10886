// SPDX-License-Identifier: Apache-2.0
#include "tsp/phone.hpp"

namespace tl::tsp {

// clang-format off
void PhoneProvider::set_hook_switch(Request request, Phone&, DWORD, DWORD) { request.fail(PHONEERR_OPERATIONUNAVAIL); }
void PhoneProvider::set_volume(Request request, Phone&, DWORD, DWORD) { request.fail(PHONEERR_OPERATIONUNAVAIL); }
void PhoneProvider::set_gain(Request request, Phone&, DWORD, DWORD) { request.fail(PHONEERR_OPERATIONUNAVAIL); }
void PhoneProvider::set_ring(Request request, Phone&, DWORD, DWORD) { request.fail(PHONEERR_OPERATIONUNAVAIL); }
void PhoneProvider::set_lamp(Request request, Phone&, DWORD, DWORD) { request.fail(PHONEERR_OPERATIONUNAVAIL); }
void PhoneProvider::set_display(Request request, Phone&, DWORD, DWORD, std::string_view) { request.fail(PHONEERR_OPERATIONUNAVAIL); }
void PhoneProvider::set_button_info(Request request, Phone&, DWORD, const ButtonChange&) { request.fail(PHONEERR_OPERATIONUNAVAIL); }
void PhoneProvider::set_data(Request request, Phone&, DWORD, std::span<const std::byte>) { request.fail(PHONEERR_OPERATIONUNAVAIL); }
void PhoneProvider::phone_dev_specific(Request request, Phone&, std::span<std::byte>) { request.fail(PHONEERR_OPERATIONUNAVAIL); }
// clang-format on

} // namespace tl::tsp
