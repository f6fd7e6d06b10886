#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Programs on other machines: who may come in, what they see, what becomes of what they owned when they die."""
import json
import os
import shutil
import socket
import subprocess
import tempfile
import unittest

from server import CONNECTED, IDLE, PROGRAM, WAIT_S, Client, Server, wait_for

LINE_APPNEWCALL = 23
OPERATIONUNAVAIL, BADDEVICEID = "error 80000049", "error 80000002"
PASSWORDS = {"anna": "anna's password", "guard": "guard's password", "boss": "boss's password"}

SITE = """
[remote]
listen = "127.0.0.1:{port}"
certificate = "{folder}/server.crt"
key = "{folder}/server.key"
[[user]]
name = "anna"
password = "{anna}"
control = ["1001"]
monitor = ["1002"]
[[user]]
name = "guard"
password = "{guard}"
monitor = ["100*"]
[[user]]
name = "boss"
password = "{boss}"
administrator = true
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def program(*arguments, stdin=None, environment=None):
    return subprocess.run([PROGRAM, *arguments], input=stdin, env=environment, capture_output=True, text=True, timeout=WAIT_S)


class User:
    """What a program needs to reach the server as this user."""

    def __init__(self, port, folder, name, password=None):
        self.environment = {**{key: value for key, value in os.environ.items() if not key.startswith("TRUNKLINE_")},
                            "TRUNKLINE_SERVER": f"tls://{name}@127.0.0.1:{port}", "TRUNKLINE_CA": f"{folder}/server.crt",
                            "TRUNKLINE_USER_PASSWORD": PASSWORDS[name] if password is None else password, "HOME": folder}

    def run(self, *arguments):
        return program(*arguments, environment=self.environment)


class RemoteTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="trunkline-remote-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        made = program("certificate", "127.0.0.1", "localhost", "--folder", cls.folder)
        assert made.returncode == 0, made.stderr
        hashes = {}
        for name, password in PASSWORDS.items():
            hashes[name] = program("user", "password", stdin=password + "\n").stdout.strip()
            assert hashes[name].startswith("scrypt$"), hashes[name]
        cls.port = free_port()
        cls.server = Server(SITE, port=cls.port, folder=cls.folder, **hashes)
        cls.addClassCleanup(shutil.rmtree, cls.server.work, ignore_errors=True)
        cls.server.start()
        cls.addClassCleanup(lambda: cls.server.process.poll() is None and cls.server.kill())

    def user(self, name, password=None):
        return User(self.port, self.folder, name, password)

    def client(self, of):
        client = Client(of)
        self.addCleanup(client.end)
        return client

    def lines(self, of):
        result = of.run("lines", "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        return [line["number"] for line in json.loads(result.stdout)]

    def test_the_key_is_its_owners_alone(self):
        self.assertEqual(os.stat(f"{self.folder}/server.key").st_mode & 0o777, 0o600)
        again = program("certificate", "localhost", "--folder", self.folder)
        self.assertEqual(again.returncode, 1)
        self.assertIn("server.key: cannot be written: File exists", again.stderr)

    def test_each_sees_what_was_granted(self):
        everything = self.lines(self.user("boss"))
        self.assertIn("2000", everything)
        self.assertEqual(self.lines(self.user("anna")), ["1001", "1002"])
        self.assertEqual(self.lines(self.user("guard")), [one for one in everything if one.startswith("100")])
        calls = self.user("boss").run("calls")
        self.assertEqual(calls.returncode, 0, calls.stderr)

    def test_who_may_only_watch_does_not_control(self):
        guard = self.client(self.user("guard"))
        self.assertEqual(guard.say("open", "0"), OPERATIONUNAVAIL)
        line = guard.do("monitor", "0")
        self.assertEqual(guard.say("call", line, "1002"), OPERATIONUNAVAIL)
        anna = self.client(self.user("anna"))
        self.assertEqual(anna.say("open", "2"), BADDEVICEID)
        self.assertEqual(anna.say("open", "1"), OPERATIONUNAVAIL)
        dial = self.user("guard").run("dial", "1001", "1002")
        self.assertNotEqual(dial.returncode, 0)

    def test_a_remote_program_killed_in_a_call_gives_up_what_it_owned(self):
        watcher = self.client(self.user("guard"))
        watcher.do("monitor", "0")
        victim = self.client(self.user("anna"))
        call = victim.do("call", victim.do("open", "0"), "1003")
        victim.wait_state(call, CONNECTED)
        seen = watcher.wait_message(lambda message, *_: message == LINE_APPNEWCALL)[3]
        victim.kill()
        watcher.wait_state(f"{seen:x}", IDLE)
        wait_for("both phones to be free", lambda: not self.server.calls("1001") and not self.server.calls("1003"), WAIT_S)

    def test_a_wrong_password_is_refused_and_stands_nowhere(self):
        for user in (self.user("anna", "a wrong secret"), self.user("anna", "")):
            result = user.run("calls")
            self.assertEqual(result.returncode, 3, result.stderr)
            self.assertIn("the telephony server refuses: the user or the password is wrong", result.stderr)
        log = self.server.log()
        for secret in ("a wrong secret", *PASSWORDS.values()):
            self.assertNotIn(secret, log)
        self.assertIn("a connection from 127.0.0.1 was refused: the user or the password is wrong", log)

    def test_a_server_nobody_vouches_for_is_not_trusted(self):
        anna = self.user("anna")
        del anna.environment["TRUNKLINE_CA"]
        result = anna.run("calls")
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("is not trusted", result.stderr)

    def test_a_password_from_a_file_and_the_server_from_the_command_line(self):
        file = f"{self.folder}/password"
        with open(file, "w") as out:
            out.write(PASSWORDS["anna"] + "\n")
        anna = self.user("anna")
        for name in ("TRUNKLINE_SERVER", "TRUNKLINE_CA", "TRUNKLINE_USER_PASSWORD"):
            del anna.environment[name]
        anna.environment["TRUNKLINE_USER_PASSWORD_FILE"] = file
        result = anna.run("calls", "--server", f"tls://anna@localhost:{self.port}", "--ca", f"{self.folder}/server.crt")
        self.assertEqual(result.returncode, 0, result.stderr)


class SiteTest(unittest.TestCase):
    """[remote] without what it needs: nothing starts, and the line is named."""

    def refused(self, text):
        with tempfile.TemporaryDirectory() as folder:
            site = f"{folder}/site.toml"
            with open(site, "w") as out:
                out.write(text)
            result = program("site", "check", site)
            self.assertEqual(result.returncode, 1)
            return result.stderr.replace(site, "site")

    def test_no_certificate_no_listener(self):
        said = self.refused('[remote]\nlisten = "0.0.0.0:7227"\n')
        self.assertIn("site:2: remote.listen: needs certificate: without TLS nothing listens for other machines", said)
        self.assertIn("site:2: remote.listen: needs key", said)
        self.assertIn("site:2: remote.listen: needs a [[user]] with a password", said)

    def test_a_password_in_the_clear_is_refused_and_not_shown(self):
        said = self.refused('[[user]]\nname = "anna"\npassword = "hunter2hunter2"\n')
        self.assertIn("site:3: user.password: not the hash of a password", said)
        self.assertNotIn("hunter2", said)


if __name__ == "__main__":
    unittest.main(verbosity=2)
