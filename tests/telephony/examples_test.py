#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The programs of examples/cpp against a running server with simulated phones: what a developer copies must work."""
import json
import os
import shutil
import subprocess
import tempfile
import unittest

BUILD = os.environ["TRUNKLINE_BUILD"]
WAIT_S = 60  # a sanitized build on a busy machine

SITE = """
[site]
name = "test"
""" + "".join(
    f"""
[[station]]
number = "{number}"
driver = "sim"
[station.sim]
answer_after_ms = {answer_after_ms}
"""
    for number, answer_after_ms in (("1001", 50), ("1002", 50), ("1003", 50), ("1004", 600000))
)


class ExamplesTest(unittest.TestCase):
    def setUp(self):
        self.work = tempfile.mkdtemp(prefix="trunkline-examples-")
        self.addCleanup(shutil.rmtree, self.work, ignore_errors=True)
        site = os.path.join(self.work, "site.toml")
        with open(site, "w") as f:
            f.write(SITE)
        self.server = self.begin("trunkline", "serve", "--site", site, "--json")
        ready = self.server.stdout.readline()
        self.assertTrue(ready, "no ready line")
        json.loads(ready)

    def environment(self):
        return {**os.environ, "TRUNKLINE_SOCKET": os.path.join(self.work, "t.sock"), "XDG_STATE_HOME": self.work, "HOME": self.work}

    def begin(self, program, *arguments):
        process = subprocess.Popen([os.path.join(BUILD, program), *arguments], env=self.environment(), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()

    def run_to_end(self, program, *arguments):
        return subprocess.run([os.path.join(BUILD, program), *arguments], env=self.environment(), stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=WAIT_S)

    def test_transfer(self):
        done = self.run_to_end("transfer", "1001", "1002", "1003")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual([line.split(":")[0] for line in done.stdout.splitlines()],
                         ["dial", "answer", "hold", "retrieve", "consult", "dial the third", "third answers", "transfer", "out of it"])
        self.assertTrue(all(line.endswith(": done") for line in done.stdout.splitlines()), done.stdout)
        calls = self.run_to_end("trunkline", "calls", "--json")
        self.assertIn("1002", calls.stdout)
        self.assertIn("1003", calls.stdout)

    def test_transfer_to_nowhere(self):
        done = self.run_to_end("transfer", "1001", "9999", "1003")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertEqual(self.run_to_end("transfer", "5555", "1002", "1003").stderr.strip(), "LINEERR_NODEVICE")

    def test_reception(self):
        reception = self.begin("reception", "1004", "2")
        self.assertEqual(reception.stdout.readline(), "ready\n")
        for caller in ("1001", "1002"):
            dial = self.run_to_end("trunkline", "dial", caller, "1004", "--wait", "0")
            self.assertEqual(dial.returncode, 0, dial.stderr)
        told, complaints = reception.communicate(timeout=WAIT_S)
        self.assertEqual(reception.returncode, 0, complaints)
        self.assertEqual(sorted(told.splitlines()),
                         sorted(["call from 1001", "answered", "announced", "call from 1002", "answered", "announced"]))

    def test_the_server_goes(self):
        reception = self.begin("reception", "1004")
        self.assertEqual(reception.stdout.readline(), "ready\n")
        self.server.kill()
        _, complaints = reception.communicate(timeout=WAIT_S)
        self.assertIn("the server is gone", complaints)


if __name__ == "__main__":
    unittest.main()
