// SPDX-License-Identifier: Apache-2.0
// The provider's part in transfers and conferences: handles, and what comes before and after the reply.
#include "pbx/provider.hpp"

namespace tl::pbx {
namespace {

// The target of a flag that is not set is nobody's [LINECALLPARAMS.dwTargetAddressSize].
LONG read_target(tsp::CallOptions& options, DWORD flag) {
  if ((options.flags & flag) == 0) options.target_address.clear();
  std::string number;
  if (dialable(options.target_address, number) != 0) return LINEERR_INVALCALLPARAMS;
  options.target_address = number;
  return 0;
}

} // namespace

void PbxProvider::setup_transfer(tsp::Request request, tsp::Call& call, HTAPICALL server,
                                 const tsp::CallOptions& options, HDRVCALL& consult) {
  Connection& held = as_connection(call);
  tsp::CallOptions wanted = options;
  if (const LONG error = read_target(wanted, LINECALLPARAMFLAGS_ONESTEPTRANSFER)) return request.fail(error);
  Connection* consultation = nullptr;
  if (const LONG error = switch_->consult(held, wanted, consultation)) return request.fail(error);
  consult = adopt(*consultation, *held.line, server);
  request.complete();
  switch_->consult_started(held, *consultation, wanted.target_address);
}

void PbxProvider::complete_transfer(tsp::Request request, tsp::Call& call, tsp::Call& consult, DWORD mode,
                                    HTAPICALL server, HDRVCALL& conference) {
  Connection& held = as_connection(call);
  Connection& consultation = as_connection(consult);
  if (mode == LINETRANSFERMODE_TRANSFER) {
    if (const LONG error = switch_->complete_transfer(&request, held, consultation)) request.fail(error);
    return;
  }
  if (mode != LINETRANSFERMODE_CONFERENCE) return request.fail(LINEERR_INVALTRANSFERMODE);
  Connection* parent = nullptr;
  if (const LONG error = switch_->transfer_into_conference(held, consultation, parent))
    return request.fail(error);
  conference = adopt(*parent, *held.line, server);
  request.complete();
  switch_->transfer_conferenced(*parent, held, consultation);
}

void PbxProvider::setup_conference(tsp::Request request, tsp::Line& line, tsp::Call* first, DWORD parties,
                                   const tsp::CallOptions& options, HTAPICALL conference_server,
                                   HDRVCALL& conference, HTAPICALL consult_server, HDRVCALL& consult) {
  tsp::CallOptions wanted = options;
  LONG error = read_target(wanted, LINECALLPARAMFLAGS_NOHOLDCONFERENCE);
  Connection* parent = nullptr;
  Connection* consultation = nullptr;
  if (error == 0)
    error = switch_->setup_conference(device_of(line), first != nullptr ? &as_connection(*first) : nullptr,
                                      parties, wanted, parent, consultation);
  if (error != 0) return request.fail(error);
  conference = adopt(*parent, line, conference_server);
  consult = adopt(*consultation, line, consult_server);
  request.complete();
  switch_->conference_started(*parent, *consultation, wanted.target_address);
}

void PbxProvider::prepare_add_to_conference(tsp::Request request, tsp::Call& conference, HTAPICALL server,
                                            const tsp::CallOptions& options, HDRVCALL& consult) {
  Connection& parent = as_connection(conference);
  tsp::CallOptions wanted = options;
  LONG error = read_target(wanted, LINECALLPARAMFLAGS_NOHOLDCONFERENCE);
  Connection* consultation = nullptr;
  if (error == 0) error = switch_->prepare_add(parent, wanted, consultation);
  if (error != 0) return request.fail(error);
  consult = adopt(*consultation, *parent.line, server);
  request.complete();
  switch_->conference_started(parent, *consultation, wanted.target_address);
}

void PbxProvider::add_to_conference(tsp::Request request, tsp::Call& conference, tsp::Call& added) {
  if (const LONG error = switch_->add_to_conference(request, as_connection(conference), as_connection(added)))
    request.fail(error);
}

void PbxProvider::remove_from_conference(tsp::Request request, tsp::Call& member) {
  if (const LONG error = switch_->remove_from_conference(request, as_connection(member))) request.fail(error);
}

} // namespace tl::pbx
