#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Does the suite notice? A part of it runs with a library that tells one lie at a time (lies.cpp); each must make a case
fail that passes without it."""
import json
import os
import sys

import run

# The lie, and cases that must notice it.
LIES = {
    "reply twice": "LINE_REPLY: before the state",
    "reply after the state": "LINE_REPLY: before the state",
    "failure told as success": "lineSetAgentState: is answered by the handler",
    "message dropped": "LINE_CALLINFO: at the other",
    "privilege not told": "LINE_APPNEWCALL: to one owner",
    "new call after its state": "LINE_APPNEWCALL: to one owner",
    "privilege ignored": "lineHold: hCall of a monitor",
    "wrong error": "lineHold: hCall invented",
    "0 in place of a request id": "lineHold: lineHold succeeds",
    "written behind the end": "lineGetLineDevStatusA: lpLineDevStatus of its fixed",
    "needed size missing": "lineGetCallStatus: lineGetCallStatus: lpCallStatus with ample",
    "version ignored": "LINEDEVCAPS: 1.3: its fixed part",
    "handle filled early": "requests: a new call's handle",
    "parameter mistaken": "phoneSetLamp: is what",
}


def outcomes(site, case):
    result = site.suite("--json", "--filter", case)
    if result.returncode not in (0, 1):
        return [f"the suite ended with {result.returncode}"]
    return [each["outcome"] for each in json.loads(result.stdout)]


def main():
    run.SUITE = os.path.join(run.BUILD, "conformance_lies")
    bad = []
    with run.Site() as site:
        for lie, case in LIES.items():
            site.environment.pop("CONFORMANCE_LIE", None)
            if outcomes(site, case) != ["passed"]:
                bad.append(f"{case}: does not pass without a lie")
            site.environment["CONFORMANCE_LIE"] = lie
            if (seen := outcomes(site, case)) != ["failed"]:
                bad.append(f"{lie}: not noticed by {case}: {seen}")
    print("\n".join(bad) or f"{len(LIES)} lies, all noticed")
    return len(bad)


if __name__ == "__main__":
    sys.exit(main())
