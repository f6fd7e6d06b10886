#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The demo against a server with the default site on free ports: a real caller, two bundled phones, sound measured."""
import json
import os
import shutil
import socket
import subprocess
import tempfile
import unittest

BUILD = os.environ["TRUNKLINE_BUILD"]
PROGRAM = os.path.join(BUILD, "trunkline")
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class DemoTest(unittest.TestCase):
    def setUp(self):
        self.work = tempfile.mkdtemp(prefix="trunkline-demo-test-")
        self.addCleanup(shutil.rmtree, self.work, ignore_errors=True)
        self.environment = {**os.environ, "TRUNKLINE_SOCKET": os.path.join(self.work, "t.sock")}

    def demo(self):
        return subprocess.run([os.path.join(ROOT, "tools", "demo"), "--program", PROGRAM, "--state", self.work], env=self.environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=200)

    def test_everything_is_seen_and_heard(self):
        site = os.path.join(self.work, "site.toml")
        text = subprocess.run([PROGRAM, "site", "print"], capture_output=True, text=True, check=True).stdout
        with open(site, "w") as f:
            f.write(text.replace("127.0.0.1:5060", f"127.0.0.1:{free_port()}").replace("[20000, 29999]", "[35000, 39999]"))
        server = subprocess.Popen([PROGRAM, "serve", "--site", site, "--state", self.work, "--json"], env=self.environment,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            self.assertEqual(json.loads(server.stdout.readline())["event"], "ready")
            result = self.demo()
            self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
            self.assertIn("All of it was seen and heard.", result.stdout)
            # Nothing is left to disturb a second one.
            self.assertEqual(self.demo().returncode, 0)
            # An agent who would take the call is named, and nothing is touched.
            subprocess.run([PROGRAM, "agent", "login", "1005", "--ready"], env=self.environment, check=True, capture_output=True)
            result = self.demo()
            self.assertEqual(result.returncode, 1)
            self.assertIn("trunkline agent notready 1005", result.stderr)
        finally:
            server.terminate()
            _, errors = server.communicate(timeout=60)
        self.assertEqual(server.returncode, 0, errors)

    def test_without_a_server_it_says_so(self):
        result = self.demo()
        self.assertEqual(result.returncode, 1)
        self.assertIn("no server is listening", result.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
