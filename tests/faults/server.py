# SPDX-License-Identifier: Apache-2.0
"""The server under test with simulated devices, and programs at it that do what a test tells them."""
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "peers"))
from peers import end_process, wait_for  # noqa: E402

BUILD = os.environ["TRUNKLINE_BUILD"]
PROGRAM = os.path.join(BUILD, "trunkline")
WAIT_S = 60  # a sanitized build on a busy machine

# Codes and bits of tapi.h, as the client program prints them.
INVALAPPHANDLE, INVALCALLHANDLE, INVALLINEHANDLE, NODRIVER, NOTOWNER, OPERATIONFAILED = (
    "error 80000014", "error 80000018", "error 8000002b", "error 80000043", "error 80000046", "error 80000048")
CONNECTED, IDLE, OWNER, MONITOR = 0x100, 0x1, 0x4, 0x2

SITE = """
[site]
name = "faults"
{extra}
[[route_point]]
number = "2000"
queue = "support"
[[queue]]
name = "support"
number = "2900"
group = "support"
[[group]]
name = "support"
agents = ["a1"]
[[agent]]
id = "a1"
station = "1005"
""" + "".join(f"""
[[station]]
number = "{number}"
driver = "sim"
[station.sim]
answer_after_ms = {after_ms}
""" for number, after_ms in (("1001", 10), ("1002", 10), ("1003", 10), ("1004", 10), ("1005", 600000)))


class Server:
    """One server and its state folder; start() again after its end goes on with that folder."""

    def __init__(self, extra="", **names):
        self.work = tempfile.mkdtemp(prefix="trunkline-faults-")
        self.socket = os.path.join(self.work, "t.sock")
        self.database = os.path.join(self.work, "trunkline.db")
        self.log_path = os.path.join(self.work, "log")
        self.site = os.path.join(self.work, "site.toml")
        with open(self.site, "w") as f:
            f.write(SITE.format(extra=extra.format(build=BUILD, **names)))
        self.environment = {**os.environ, "TRUNKLINE_SOCKET": self.socket, "HOME": self.work}
        self.process = None

    def arguments(self, **other):
        chosen = {"site": self.site, "state": self.work, "socket": self.socket, **other}
        return [PROGRAM, "serve"] + [word for key, value in chosen.items() for word in (f"--{key}", value)]

    def start(self):
        with open(self.log_path, "a") as log:
            before = log.tell()
            self.process = subprocess.Popen(self.arguments(), env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_for("the server to be ready", lambda: "is ready" in self.log()[before:] or self.process.poll() is not None, WAIT_S)
        assert self.process.poll() is None, self.log()
        return self

    def run(self, *arguments):
        return subprocess.run(arguments, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=WAIT_S)

    def log(self):
        with open(self.log_path, errors="replace") as f:
            return f.read()

    def wait_log(self, sentence):
        wait_for(f"\"{sentence}\" in the log", lambda: sentence in self.log(), WAIT_S)

    def table(self, verb):
        result = self.run(PROGRAM, verb, "--json")
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    def calls(self, line):
        return [one for one in self.table("calls") if one["line"] == line]

    def rows(self, query):
        with sqlite3.connect(self.database, timeout=WAIT_S) as database:
            return database.execute(query).fetchall()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """Ends it as an operator does."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(WAIT_S)
        assert code == 0, f"the server ended with {code}:\n{self.log()}"


class Client:
    """A TAPI program (client.c)."""

    def __init__(self, server):
        self.process = subprocess.Popen([os.path.join(BUILD, "faults_client")], env=server.environment, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, bufsize=1)
        self.expect_ok(self.process.stdout.readline().strip())

    @staticmethod
    def expect_ok(answer):
        assert answer.startswith("ok "), answer
        return answer[3:]

    def say(self, *words):
        """The answer to one command, "ok ..." or "error ..."."""
        self.process.stdin.write(" ".join(words) + "\n")
        return self.process.stdout.readline().strip()

    def do(self, *words):
        """The same for a command that must succeed: what follows "ok"."""
        return self.expect_ok(self.say(*words))

    def state(self, call):
        return int(self.do("state", call).split()[0], 16)

    def wait_state(self, call, state):
        wait_for(f"call {call} in state {state:#x}", lambda: self.state(call) == state, WAIT_S)

    def wait_message(self, wanted):
        """Takes messages until `wanted` says yes to one: (message, device, parameter 1, 2, 3)."""
        end = time.monotonic() + WAIT_S
        while time.monotonic() < end:
            message = [int(word, 16) for word in self.do("next").split()]
            if wanted(*message):
                return message
        raise AssertionError("the message never came")

    def kill(self):
        self.process.kill()
        self.end()

    def end(self):
        end_process(self.process)
        self.process.stdin.close()
        self.process.stdout.close()
