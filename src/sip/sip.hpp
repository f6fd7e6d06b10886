// SPDX-License-Identifier: Apache-2.0
// The SIP core: an Agent with its transports, the Calls it carries, a Registrar. It takes bytes and a Loop
// and knows nothing of lines, queues or agents of a contact centre. Everything runs on the loop.
//
//   Agent agent(loop, log, config, events);
//   agent.add(std::move(*Udp::open(loop, address)));
//   Call* call = agent.call(outgoing, call_events);
#pragma once

#include "sip/agent.hpp"
#include "sip/authenticator.hpp"
#include "sip/call.hpp"
#include "sip/registrar.hpp"
#include "sip/sdp.hpp"
#include "sip/tcp.hpp"
#include "sip/udp.hpp"
