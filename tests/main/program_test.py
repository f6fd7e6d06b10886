#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The program as a person meets it: how it starts, what it says when it cannot, how it ends, and what its verbs answer.
Devices are simulated; nothing here needs a phone."""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

PROGRAM = os.path.join(os.environ["TRUNKLINE_BUILD"], "trunkline")
WAIT_S = 60  # a sanitized build on a busy machine

SITE = """
[site]
name = "test"
[[station]]
number = "1001"
name = "Anna"
driver = "sim"
[station.sim]
answer_after_ms = 600000
[[station]]
number = "1002"
name = "Ben"
driver = "sim"
[station.sim]
answer_after_ms = 100
[[station]]
number = "1003"
name = "Carla"
driver = "sim"
[station.sim]
answer_after_ms = 100
[[route_point]]
number = "2000"
queue = "support"
[[queue]]
name = "support"
number = "2900"
group = "support"
wrapup_s = 1
[[group]]
name = "support"
agents = ["a1", "a2"]
[[agent]]
id = "a1"
station = "1001"
[[agent]]
id = "a2"
station = "1002"
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class ProgramTest(unittest.TestCase):
    def setUp(self):
        self.work = tempfile.mkdtemp(prefix="trunkline-program-")
        self.addCleanup(shutil.rmtree, self.work, ignore_errors=True)
        self.socket = os.path.join(self.work, "t.sock")
        self.site = self.write_site(SITE)
        self.server = None

    def write_site(self, text, name="site.toml"):
        path = os.path.join(self.work, name)
        with open(path, "w") as f:
            f.write(text)
        return path

    def environment(self):
        return {**os.environ, "TRUNKLINE_SOCKET": self.socket, "XDG_STATE_HOME": self.work, "HOME": self.work, "TZ": "UTC"}

    def run_program(self, *arguments):
        return subprocess.run([PROGRAM, *arguments], env=self.environment(), stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=WAIT_S)

    def begin(self, *arguments):
        process = subprocess.Popen([PROGRAM, *arguments], env=self.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()

    def serve(self, *arguments, site=None):
        """Starts a server and returns it when it says it is ready."""
        process = self.begin("serve", "--site", site or self.site, "--json", *arguments)
        line = process.stdout.readline()
        self.assertTrue(line, "no ready line: " + (process.stderr.read() if process.poll() is not None else ""))
        process.ready = json.loads(line)
        return process

    def watch(self, *arguments):
        """Starts a watch and returns it when it misses nothing any more."""
        process = self.begin("watch", *arguments)
        if "--json" in arguments:
            self.assertEqual(json.loads(process.stdout.readline())["event"], "watching")
        else:
            self.assertRegex(process.stderr.readline(), r"^watching \d+ lines?; Ctrl-C ends it$")
        return process

    def stop(self, process, by=signal.SIGINT):
        process.send_signal(by)
        self.assertEqual(process.wait(WAIT_S), 0, process.stderr.read())

    def refused(self, expected, *arguments):
        """The start fails with one line that has `expected` in it, and nothing stays behind."""
        result = self.run_program("serve", *arguments)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertEqual(result.stdout, "")
        lines = [one for one in result.stderr.splitlines() if one.startswith("trunkline: ")]
        self.assertEqual(len(lines), 1, result.stderr)
        self.assertIn(expected, lines[0])
        self.assertFalse(os.path.exists(self.socket))
        return lines[0]

    def table(self, *arguments):
        result = self.run_program(*arguments, "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)

    def eventually(self, what, condition):
        end = time.monotonic() + WAIT_S
        while not condition():
            self.assertLess(time.monotonic(), end, "waited for " + what)
            time.sleep(0.1)

    # --- the command line ---

    def test_help_names_every_verb_and_every_verb_has_examples(self):
        text = self.run_program("--help").stdout
        for verb in "serve lines calls agents queues watch dial answer drop hold unhold transfer agent configure locations site".split():
            self.assertRegex(text, rf"\n  {verb} ")
            if verb in ("agent", "site"):
                continue
            result = self.run_program(verb, "--help")
            self.assertEqual(result.returncode, 0)
            self.assertIn("Examples:\n", result.stdout)

    def test_a_wrong_command_line_is_exit_2(self):
        for arguments in ([], ["fly"], ["dial", "1001"], ["calls", "--colour"], ["agent", "ready"], ["agent", "ready", "1", "--all"], ["configure"],
                          ["configure", "1001", "--provider", "pbx"]):
            result = self.run_program(*arguments)
            self.assertEqual(result.returncode, 2, arguments)
            self.assertTrue(result.stderr, arguments)

    def test_without_a_server_every_verb_says_where_it_looked(self):
        for arguments in (["lines"], ["watch"], ["dial", "1001", "2000"], ["agent", "login", "--all"], ["configure", "1001"], ["locations"]):
            result = self.run_program(*arguments)
            self.assertEqual(result.returncode, 3, arguments)
            self.assertIn(f"no server is listening at {self.socket} (No such file or directory)", result.stderr)
            self.assertIn("./run", result.stderr)

    def test_the_embedded_site_is_good_and_printed(self):
        text = self.run_program("site", "print").stdout
        self.assertIn("127.0.0.1:5060", text)
        self.assertNotIn("password =", text)
        result = self.run_program("site", "check", self.write_site(text, "default.toml"))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("5 stations", result.stdout)

    # --- starts that cannot be ---

    def test_a_missing_site_file_is_named(self):
        line = self.refused("/no/such.toml: site file cannot be read: No such file or directory", "--site", "/no/such.toml")
        self.assertIn("trunkline site print", line)

    def test_a_bad_line_is_named_with_file_line_key_and_expectation(self):
        path = self.write_site("[sip]\n\nrelm = \"x\"\n", "bad.toml")
        self.refused(f"{path}:3: sip.\"relm\": unknown key; did you mean \"realm\"?", "--site", path)
        result = self.run_program("site", "check", path)
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"{path}:3:", result.stderr)

    def test_a_missing_provider_is_named(self):
        path = self.write_site("[[provider]]\nfile = \"none.tsp\"\n", "bad.toml")
        self.refused("provider.file: \"none.tsp\": no such file: ", "--site", path)

    def test_a_broken_provider_is_named(self):
        self.write_site("no shared object", "junk.tsp")
        path = self.write_site(f"[[provider]]\nfile = \"{self.work}/junk.tsp\"\n", "bad.toml")
        self.refused("junk.tsp", "--site", path)

    def test_a_port_in_use_is_named_and_nothing_is_half_started(self):
        for kind, name in ((socket.SOCK_DGRAM, "udp"), (socket.SOCK_STREAM, "tcp")):
            with socket.socket(socket.AF_INET, kind) as taken:
                taken.bind(("127.0.0.1", 0))
                if name == "tcp":
                    taken.listen()
                port = taken.getsockname()[1]
                path = self.write_site(f"[sip]\n{name} = \"127.0.0.1:{port}\"\n[[station]]\nnumber = \"1\"\n", "port.toml")
                line = self.refused(f"127.0.0.1:{port}", "--site", path)
                self.assertIn("in use", line)
        self.stop(self.serve(site=path))  # the port is free now, and so is everything else

    def test_a_store_that_cannot_be_opened_is_named(self):
        path = self.write_site(SITE + "[store]\npath = \"/no/such/folder/x.db\"\n", "store.toml")
        self.refused("/no/such/folder/x.db: the store cannot be opened", "--site", path)

    def test_a_second_server_is_refused_and_the_first_goes_on(self):
        first = self.serve()
        result = self.run_program("serve", "--site", self.site)
        self.assertEqual(result.returncode, 1)
        self.assertIn("another server uses this state folder", result.stderr)
        result = self.run_program("serve", "--site", self.site, "--state", os.path.join(self.work, "other"))
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"{self.socket}: another server listens there", result.stderr)
        self.assertEqual(len(self.table("lines")), 5)
        self.stop(first)

    # --- life and end ---

    def test_ctrl_c_and_sigterm_end_it_cleanly(self):
        for by in (signal.SIGINT, signal.SIGTERM):
            server = self.serve()
            self.assertTrue(os.path.exists(self.socket))
            self.assertEqual(server.ready["socket"], self.socket)
            started = time.monotonic()
            self.stop(server, by)
            self.assertLess(time.monotonic() - started, 20)
            self.assertFalse(os.path.exists(self.socket))

    def test_ctrl_c_ends_with_calls_in_progress(self):
        server = self.serve()
        self.assertEqual(self.run_program("dial", "1002", "2000").returncode, 0)
        watch = self.begin("watch", "--json")
        self.assertTrue(any('"call_state"' in line for line in watch.stdout)) # a call that was there before
        self.stop(server)
        self.assertEqual(watch.wait(WAIT_S), 1)
        self.assertIn("the server is gone", watch.stderr.read())

    def test_a_killed_server_can_be_started_again(self):
        server = self.serve()
        server.kill()
        server.wait()
        self.assertTrue(os.path.exists(self.socket))
        self.stop(self.serve())

    def test_the_default_site_keeps_its_generated_passwords_private(self):
        # The embedded site but for its ports.
        text = self.run_program("site", "print").stdout.replace("127.0.0.1:5060", f"127.0.0.1:{free_port()}")
        server = self.serve(site=self.write_site(text, "default.toml"))
        file = os.path.join(self.work, "trunkline", "passwords")
        self.assertEqual(os.stat(file).st_mode & 0o777, 0o600)
        shown = self.run_program("site", "passwords").stdout
        self.assertRegex(shown, r"(?m)^1001 \w{16}$")
        self.assertEqual(len(shown.splitlines()), 5)
        self.stop(server)
        server = self.serve(site=self.write_site(text, "default.toml"))
        self.assertEqual(self.run_program("site", "passwords").stdout, shown)
        self.stop(server)

    # --- the verbs ---

    def test_lists(self):
        server = self.serve()
        lines = {one["number"]: one["kind"] for one in self.table("lines")}
        self.assertEqual(lines, {"1001": "station", "1002": "station", "1003": "station", "2000": "route point", "2900": "queue"})
        self.assertEqual(self.table("calls"), [])
        self.assertEqual({one["station"]: one["state"] for one in self.table("agents")}["1001"], "LOGGEDOFF")
        self.assertEqual(self.table("queues")[0]["queue"], "support")
        for verb in ("lines", "calls", "agents", "queues"):
            result = self.run_program(verb)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertTrue(result.stdout.strip())
        self.stop(server)

    def agent(self, station):
        return next(one for one in self.table("agents") if one["station"] == station)["state"]

    def test_agents(self):
        server = self.serve()
        result = self.run_program("agent", "login", "1001")
        self.assertEqual((result.returncode, result.stdout), (0, "agent at 1001 logged in\n"), result.stderr)
        self.assertEqual(self.agent("1001"), "NOTREADY")
        self.assertEqual(self.run_program("agent", "ready", "1001").returncode, 0)
        self.assertEqual(self.agent("1001"), "READY")
        self.assertEqual(self.run_program("agent", "notready", "1001").returncode, 0)
        self.assertEqual(self.agent("1001"), "NOTREADY")
        self.assertEqual(self.run_program("agent", "logout", "1001").returncode, 0)
        self.assertEqual(self.agent("1001"), "LOGGEDOFF")
        result = self.run_program("agent", "login", "1001", "--group", "nonesuch")
        self.assertEqual(result.returncode, 1)
        self.assertIn("the agent may not join that group", result.stderr)
        result = self.run_program("agent", "ready", "4711")
        self.assertEqual(result.returncode, 1)
        self.assertIn("no line \"4711\"", result.stderr)
        self.stop(server)

    def states(self, line):
        return [one["state"] for one in self.table("calls") if one["line"] == line]

    def test_a_queued_call_is_answered_held_and_transferred_by_the_verbs(self):
        server = self.serve()
        watch = self.watch("--json")
        self.assertEqual(self.run_program("agent", "login", "1001", "--ready").returncode, 0)
        result = self.run_program("dial", "1003", "2000")
        self.assertRegex(result.stdout, r"^call \d+ CONNECTED\n$")
        self.eventually("the agent's phone to ring", lambda: self.states("1001") in (["OFFERING"], ["ACCEPTED"]))
        self.assertEqual(self.run_program("answer", "1001").returncode, 0)
        self.eventually("the agent to talk", lambda: self.states("1001") == ["CONNECTED"])
        self.assertEqual(self.agent("1001"), "BUSYACD")
        self.assertEqual(self.run_program("hold", "1001").returncode, 0)
        self.assertEqual(self.states("1001"), ["ONHOLD"])
        self.assertEqual(self.run_program("unhold", "1001").returncode, 0)
        self.assertEqual(self.states("1001"), ["CONNECTED"])
        result = self.run_program("transfer", "1001", "1002", "--consult")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.eventually("the call at 1002", lambda: self.states("1002") == ["CONNECTED"] and self.states("1001") == [])
        self.assertEqual(self.run_program("drop", "1002").returncode, 0)
        self.eventually("the end", lambda: self.table("calls") == [])
        watch.send_signal(signal.SIGINT)
        self.assertEqual(watch.wait(WAIT_S), 0)
        events = [json.loads(line) for line in watch.stdout]
        seen = [(one["line"], one["state"]) for one in events if one["event"] == "call_state"]
        for step in (("2000", "OFFERING"), ("2900", "CONNECTED"), ("1001", "OFFERING"), ("1001", "CONNECTED"), ("1001", "ONHOLD"), ("1002", "CONNECTED")):
            self.assertIn(step, seen)
        agent = [one["state"] for one in events if one["event"] == "agent_status" and one["line"] == "1001" and one["state"]]
        self.assertEqual([one for one in agent if one in ("READY", "BUSYACD", "WORKINGAFTERCALL")][:3], ["READY", "BUSYACD", "WORKINGAFTERCALL"])
        self.stop(server)
        self.assertHistory()

    def assertHistory(self):
        """What happened is in the store, in order and without a hole."""
        query = "SELECT number || ' ' || type FROM event ORDER BY number"
        database = os.path.join(self.work, "trunkline", "trunkline.db")
        rows = subprocess.run(["sqlite3", database, query], capture_output=True, text=True, check=True).stdout.split("\n")[:-1]
        self.assertEqual([int(row.split()[0]) for row in rows], list(range(1, len(rows) + 1)))
        kinds = [row.split()[1] for row in rows]
        for kind in ("agent_login", "call_queued", "call_offered", "call_alerting", "call_answered", "call_ended"):
            self.assertIn(kind, kinds)

    def test_a_blind_transfer_and_an_unanswered_dial(self):
        server = self.serve()
        self.assertEqual(self.run_program("dial", "1003", "1002").returncode, 0)
        self.assertEqual(self.run_program("transfer", "1002", "1001").returncode, 0)
        self.eventually("1001 to ring", lambda: self.states("1001") in (["OFFERING"], ["ACCEPTED"]))
        result = self.run_program("answer", "1002")
        self.assertEqual(result.returncode, 1)
        self.assertIn("line 1002 shows no ringing call", result.stderr)
        self.assertEqual(self.run_program("drop", "1003").returncode, 0)
        self.eventually("the end", lambda: self.table("calls") == [])
        result = self.run_program("dial", "1003", "1001", "--wait", "1")
        self.assertEqual(result.returncode, 1)
        self.assertIn("1001 did not answer within 1 s", result.stderr)
        self.eventually("no call left ringing", lambda: self.table("calls") == [])
        result = self.run_program("dial", "1003", "4711")
        self.assertEqual(result.returncode, 1)
        self.stop(server)

    # --- dialogs on the terminal, typed by a pipe ---

    def typed(self, text, *arguments, **environment):
        return subprocess.run([PROGRAM, *arguments], env={**self.environment(), **environment}, input=text, capture_output=True,
                              text=True, timeout=WAIT_S)

    def test_a_station_is_configured(self):
        server = self.serve()
        result = self.typed("Änne\n?\nmaybe\non\n\n\n\n\n", "configure", "1001")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("Station 1001\n", result.stdout)
        self.assertIn("Name shown to others [Anna]: ", result.stdout)
        self.assertIn("Do not disturb: on or off was expected.", result.stdout)
        self.assertIn("Saved.", result.stdout)
        self.assertEqual([one["name"] for one in self.table("lines") if one["number"] == "1001"], ["Änne"])
        self.assertEqual(self.run_program("dial", "1003", "1001", "--wait", "5").returncode, 1)  # busy
        result = self.typed("\n\n4711\n!\n", "configure", "1001")
        self.assertIn("Nothing was changed.", result.stdout)
        result = self.typed("\noff\n4711\n\n\n\n!\n", "configure", "Änne")
        self.assertIn("Refused: Calls cannot be forwarded to this number.", result.stdout)
        result = self.typed("", "configure", "9999")
        self.assertEqual(result.returncode, 1)
        self.assertIn('no line "9999"', result.stderr)
        self.stop(server)

    def test_a_provider_is_configured(self):
        server = self.serve()
        result = self.typed("\n30\n\n", "configure", "--provider", "pbx")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("Saved.", result.stdout)
        self.assertIn("No phone rings longer than, seconds [30]", self.typed("", "configure", "--provider", "pbx.tsp").stdout +
                      self.typed("\n", "configure", "--provider", "pbx").stdout)
        result = self.typed("", "configure", "--provider", "xyz")
        self.assertEqual(result.returncode, 1)
        self.assertIn('no provider "xyz"; there are: pbx.tsp', result.stderr)
        self.stop(server)

    def test_a_module_that_is_not_there_is_one_clear_line(self):
        server = self.serve()
        result = self.typed("", "configure", "1001", TRUNKLINE_UI_MODULES=self.work)
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"line 1001: user interface module {self.work}/terminal.tui.so: No such file", result.stderr)
        self.stop(server)

    def test_locations_are_listed_added_chosen_and_kept(self):
        server = self.serve()
        result = self.typed("add location\nBerlin\n49\n30\n0\n0\n\n\n\nadd card\nTelco\n77\n1234\n\n\n\n\nchoose 2\n\n", "locations",
                            "+49 (30) 901820")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("  2 * Berlin\n", result.stdout)
        self.assertIn("+49 (30) 901820 is dialled 0 901820", result.stdout)
        self.assertNotIn("[1234]", result.stdout)
        self.stop(server)
        server = self.serve()
        self.assertIn("  2 * Berlin\n", self.typed("\n", "locations").stdout)
        self.stop(server)

    def test_watch_ends_after_a_count(self):
        server = self.serve()
        watch = self.watch("2000", "2900", "--count", "2")
        self.assertEqual(self.run_program("dial", "1003", "2000", "--wait", "0").returncode, 0)
        text, _ = watch.communicate(timeout=WAIT_S)
        self.assertEqual(watch.returncode, 0)
        self.assertEqual(len(text.splitlines()), 2)
        self.assertRegex(text.splitlines()[0], r"^\d\d:\d\d:\d\d\.\d{3}  route point 2000 +call \d+ +OFFERING  from 1003 Carla to 2000  ROUTEREQUEST$")
        self.stop(server)


if __name__ == "__main__":
    unittest.main(verbosity=2)
