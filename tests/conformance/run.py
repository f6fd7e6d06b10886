#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the conformance suite against `trunkline serve` with a site of simulated telephones, over its Unix socket.

  run.py            makes the page and compares it with docs/conformance.md
  run.py --write    writes docs/conformance.md
  run.py -- ...     runs the suite with these options and shows what it prints
"""
import difflib
import json
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGE = os.path.join(ROOT, "docs", "conformance.md")
BUILD = os.environ.get("TRUNKLINE_BUILD", os.path.join(ROOT, "build", "test"))
SUITE = os.environ.get("CONFORMANCE_SUITE", os.path.join(BUILD, "conformance"))

# desk goes off hook by itself, as a person at it would; called and other wait for a program.
STATIONS = {"1001": "answer_after_ms = 2", "1002": "no_answer = true", "1003": "answer_after_ms = 2",
            "1004": "no_answer = true", "1007": "answer_after_ms = 2", "1005": 'reject = "busy"', "1006": "no_answer = true"}
SERVER_SITE = """
[site]
name = "conformance"
[log]
level = "warning"
[location]
country = 1
area_code = "425"
[[route_point]]
number = "2000"
queue = "support"
default_routing_timeout_ms = 600000
[[queue]]
name = "support"
number = "2900"
group = "support"
[[group]]
name = "support"
""" + "".join(f'[[station]]\nnumber = "{number}"\ndriver = "sim"\n[station.sim]\n{habit}\n' for number, habit in STATIONS.items())
SUITE_SITE = """drive = sim
desk = 1001
called = 1002
answers = 1003
silent = 1004
busy = 1005
other = 1006
route_point = 2000
queue = 2900
agents = 2000
nobody = 9999
dev_specific = {}
"""
INTRODUCTION = """# Conformance

What the conformance suite (`tests/conformance`) found when it tried this library and server against the documented interface of
TAPI 2.2: a running `trunkline serve` with simulated telephones, and the suite as a program of `tapi.h` at its socket.
A case is not applicable where the site or the switch has no such thing and the interface's pages allow that.

This page is made by `tests/conformance/run.py --write`; a test makes it anew and compares.

"""


class Site:
    """A server, and beside it a second program whose handles nobody else may use."""

    def __enter__(self):
        self.work = tempfile.mkdtemp(prefix="trunkline-conformance-")
        self.environment = {**os.environ, "TRUNKLINE_SOCKET": os.path.join(self.work, "s"), "HOME": self.work, "TZ": "UTC"}
        self.processes = []
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def file(self, name, text):
        path = os.path.join(self.work, name)
        with open(path, "w") as f:
            f.write(text)
        return path

    def begin(self, *words):
        process = subprocess.Popen(words, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.processes.append(process)
        return process

    def start(self):
        site = self.file("site.toml", SERVER_SITE)
        server = self.begin(os.path.join(BUILD, "trunkline"), "serve", "--site", site, "--state", self.work, "--socket",
                            self.environment["TRUNKLINE_SOCKET"], "--json")
        if not server.stdout.readline():
            raise SystemExit("the server did not start")
        numbers = self.file("numbers", SUITE_SITE.replace("1001", "1007").replace("1002", "1007"))
        second = self.begin(os.path.join(BUILD, "conformance"), "--site", numbers, "--hold")
        foreign = ""
        while line := second.stdout.readline().strip():
            foreign += line + "\n"
        self.numbers = self.file("numbers", SUITE_SITE + foreign)

    def suite(self, *options):
        return subprocess.run([SUITE, "--site", self.numbers, *options], env=self.environment, stdout=subprocess.PIPE, text=True)

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.stdin.close()
            process.terminate()
            process.wait()
            process.stdout.close()
        shutil.rmtree(self.work, ignore_errors=True)


def main():
    if sys.argv[1:2] == ["--"]:
        with Site() as site:
            result = site.suite(*sys.argv[2:])
        sys.stdout.write(result.stdout)
        return result.returncode
    with Site() as site:
        result = site.suite()
    if result.returncode not in (0, 1):
        return f"the suite ended with {result.returncode}"
    made = INTRODUCTION + result.stdout
    if sys.argv[1:] == ["--write"]:
        with open(PAGE, "w") as f:
            f.write(made)
        return 0
    with open(PAGE) as f:
        kept = f.read()
    if made == kept:
        return 0
    sys.stdout.writelines(difflib.unified_diff(kept.splitlines(True), made.splitlines(True), "docs/conformance.md", "now"))
    return "docs/conformance.md is not what the suite found. Where that is right: TRUNKLINE_BUILD=... tests/conformance/run.py --write"


if __name__ == "__main__":
    sys.exit(main())
