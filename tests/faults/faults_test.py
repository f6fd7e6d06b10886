#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What goes wrong around a running server: each fault has a clear error, and a call that runs beside it does not notice."""
import os
import resource
import shutil
import struct
import unittest

import wire
from server import (CONNECTED, INVALAPPHANDLE, INVALCALLHANDLE, IDLE, INVALLINEHANDLE, MONITOR, NODRIVER, NOTOWNER, OPERATIONFAILED, OWNER,
                    WAIT_S, Client, Server, wait_for)
from peers import free_port

LINE_CALLINFO, LINE_CLOSE, LINE_LINEDEVSTATE, LINE_APPNEWCALL = 1, 3, 8, 23
LINEDEVSTATE_REINIT, LINECALLINFOSTATE_NUMOWNERDECR = 0x40000, 0x1000


class FaultsTest(unittest.TestCase):
    def serve(self, extra="", **names):
        """A server, and beside it a program with a call from 1003 to 1004."""
        self.server = Server(extra, **names)
        self.addCleanup(shutil.rmtree, self.server.work, ignore_errors=True)
        self.server.start()
        self.addCleanup(lambda: self.server.process.poll() is None and self.server.kill())
        self.bystander = self.client()
        self.bystander_call = self.bystander.do("call", self.bystander.do("open", self.device("1003")), "1004")
        self.bystander.wait_state(self.bystander_call, CONNECTED)

    def untouched(self):
        """The bystander's call is what it was and still obeys, and the server ends well."""
        self.assertEqual(self.bystander.state(self.bystander_call), CONNECTED)
        self.assertEqual([one["state"] for one in self.server.calls("1004")], ["CONNECTED"])
        self.bystander.do("hold", self.bystander_call)
        self.bystander.do("drop", self.bystander_call)
        wait_for("the end of the bystander's call", lambda: not self.server.calls("1003"), WAIT_S)
        self.server.stop()

    def client(self):
        client = Client(self.server)
        self.addCleanup(client.end)
        return client

    def raw_client(self):
        client = wire.Client(self.server.socket)
        self.addCleanup(client.close)
        return client

    def device(self, number):
        """The device id as the client program reads it: hexadecimal."""
        return f"{next(one['device'] for one in self.server.table('lines') if one['number'] == number):x}"

    # --- programs ---

    def test_a_program_killed_in_a_call_gives_up_what_it_owned(self):
        """lineClose's page: ownership is revoked, and calls of which the program was the sole owner are dropped."""
        self.serve()
        watcher = self.client()
        watcher.do("open", self.device("1001"))

        def victim_in_a_call():
            victim = self.client()
            call = victim.do("call", victim.do("open", self.device("1001")), "1002")
            victim.wait_state(call, CONNECTED)
            seen = watcher.wait_message(lambda message, *_: message == LINE_APPNEWCALL)[3]
            self.assertEqual(int(watcher.do("owners", f"{seen:x}"), 16), 1)
            return victim, seen

        victim, seen = victim_in_a_call()
        self.assertEqual(watcher.say("drop", f"{seen:x}"), NOTOWNER)
        victim.kill()
        watcher.wait_state(f"{seen:x}", IDLE)
        wait_for("both phones to be free", lambda: not self.server.calls("1001") and not self.server.calls("1002"), WAIT_S)

        victim, seen = victim_in_a_call()
        watcher.do("own", f"{seen:x}")
        victim.kill()
        watcher.wait_message(lambda message, device, what, *_: message == LINE_CALLINFO and device == seen and
                             what & LINECALLINFOSTATE_NUMOWNERDECR)
        self.assertEqual(int(watcher.do("owners", f"{seen:x}"), 16), 1)
        self.assertEqual(watcher.state(f"{seen:x}"), CONNECTED)
        watcher.do("drop", f"{seen:x}")
        wait_for("the call's end", lambda: not self.server.calls("1002"), WAIT_S)
        self.untouched()

    def test_a_program_killed_while_its_call_rings(self):
        self.serve()
        victim = self.client()
        victim.do("call", victim.do("open", self.device("1001")), "1005")
        wait_for("1005 to ring", lambda: [one["state"] for one in self.server.calls("1005")] == ["OFFERING"], WAIT_S)
        victim.kill()
        wait_for("the call's end", lambda: not self.server.calls("1001"), WAIT_S)
        wait_for("the ringing to end", lambda: all(one["state"] == "DISCONNECTED" for one in self.server.calls("1005")), WAIT_S)
        # The station is not stuck.
        other = self.client()
        other.wait_state(other.do("call", other.do("open", self.device("1001")), "1002"), CONNECTED)
        other.end()
        self.untouched()

    def test_another_programs_handles_are_worth_nothing(self):
        self.serve()
        thief = self.client()
        line = self.bystander.do("open", self.device("1001"))
        call = self.bystander_call
        for words in (("drop", call), ("hold", call), ("state", call), ("owners", call), ("own", call), ("deallocate", call)):
            self.assertEqual(thief.say(*words), INVALCALLHANDLE, words)
        for words in (("call", line, "1002"), ("close", line), ("command", line, '{"dial": "1002"}')):
            self.assertEqual(thief.say(*words), INVALLINEHANDLE, words)
        # The same past the library, which might have known better.
        raw, owner = self.raw_client(), self.raw_client()
        own_line = owner.open_line(int(self.device("1001"), 16), MONITOR)
        self.assertEqual(raw.call("lineDrop", wire.dword(int(call, 16)), wire.data(None))[0], 0x80000018)
        self.assertEqual(raw.call("lineClose", wire.dword(own_line))[0], 0x8000002B)
        self.assertEqual(raw.call("lineShutdown", wire.dword(owner.app))[0], int(INVALAPPHANDLE.split()[1], 16))
        self.assertEqual(owner.call("lineClose", wire.dword(own_line))[0], 0)
        self.untouched()

    def test_a_program_that_reads_no_events_is_disconnected(self):
        self.serve()
        slow = self.raw_client()
        device = int(self.device("1001"), 16)
        for _ in range(2000):  # each of these hears of every call on the line
            slow.open_line(device, MONITOR)
        caller = self.client()
        line = caller.do("open", self.device("1001"))

        def busy():
            call = caller.do("call", line, "1002")
            caller.wait_state(call, CONNECTED)
            caller.do("drop", call)
            caller.do("deallocate", call)
            return "is disconnected" in self.server.log()

        wait_for("the slow program to be disconnected", busy, WAIT_S)
        self.assertRegex(self.server.log(), rf"warning .*\(process {os.getpid()}\) is disconnected: more than \d+ bytes of events wait unread")
        self.assertIn("bytes of events wait unread", slow.requests.goodbye())
        caller.end()
        self.untouched()

    # --- frames and structures ---

    def test_what_is_no_frame_ends_its_connection_alone(self):
        self.serve()
        request = wire.frame(wire.REQUEST, wire.FUNCTIONS["lineGetCallStatus"], 1, wire.dword(1) + wire.dword(100))
        strangers = {
            "garbage": (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "not a frame"),
            "length zero": (struct.pack("<IHHI", 0, wire.HELLO, 0, 0), "not a frame"),
            "length below the header's": (struct.pack("<IHHI", 8, wire.HELLO, 0, 0), "not a frame"),
            "length that is odd": (struct.pack("<IHHI", 13, wire.HELLO, 0, 0) + b"\0", "not a frame"),
            "length of 4 GB": (struct.pack("<IHHI", 0xFFFFFFFC, wire.HELLO, 0, 0), "not a frame"),
            "another protocol": (wire.hello(99), "protocol 99 was offered, this server speaks %d" % wire.VERSION),
            "hello cut short": (wire.frame(wire.HELLO, payload=wire.dword(1)), "hello or attach was expected"),
            "a guessed session": (wire.frame(wire.ATTACH, payload=wire.dword(1) + bytes(16)), "no session waits"),
            "a request before hello": (request, "hello or attach was expected"),
        }
        for what, (raw, why) in strangers.items():
            with self.subTest(what):
                connection = wire.Connection(self.server.socket)
                connection.send(raw)
                self.assertIn(why, connection.goodbye() or "no goodbye")
                connection.close()
        clients = {
            "garbage": (b"\xff" * 64, "not a frame"),
            "an event": (wire.frame(wire.EVENT, 2, 0, bytes(40)), "a request was expected"),
            "a kind that is none": (wire.frame(77), "not a frame"),
            "hello again": (wire.hello(), "a request was expected"),
        }
        for what, (raw, why) in clients.items():
            with self.subTest(what):
                client = wire.Client(self.server.socket)
                client.requests.send(raw)
                self.assertIn(why, client.requests.goodbye() or "no goodbye")
                self.assertIn(why, client.events.goodbye() or "no goodbye")
                self.server.wait_log(why)  # written after the goodbye
                client.close()
        self.untouched()

    def test_requests_that_are_not_what_their_function_says(self):
        self.serve()
        raw = self.raw_client()
        line = raw.open_line(int(self.device("1001"), 16), OWNER | MONITOR)
        number, country = wire.text("1002"), wire.dword(0)
        payloads = {
            "nothing": b"",
            "cut short": wire.dword(line) + number,
            "a text longer than the frame": wire.dword(line) + wire.dword(0x7FFFFFFF) + b"1" * 8,
            "a text of an odd size": wire.dword(line) + wire.dword(3) + b"123\0" + country + wire.data(None),
            "more behind it": wire.dword(line) + number + country + wire.data(None) + bytes(4),
        }
        for what, payload in payloads.items():
            with self.subTest(what):
                kind, _, _, reply = raw.raw("lineMakeCall", payload)
                self.assertEqual(kind, wire.REPLY)
                self.assertEqual(struct.unpack_from("<I", reply)[0], 0x80000048)  # OPERATIONFAILED: no library sends this
        # A function that is none.
        raw.requests.send(wire.frame(wire.REQUEST, 60000, 5))
        kind, function, sequence, reply = raw.requests.receive()
        self.assertEqual((kind, function, sequence, struct.unpack("<I", reply)[0] >> 31), (wire.REPLY, 60000, 5, 1))
        self.untouched()

    def test_structures_that_lie(self):
        self.serve()
        raw = self.raw_client()
        line = raw.open_line(int(self.device("1001"), 16), OWNER | MONITOR)
        fixed = 176  # sizeof(LINECALLPARAMS)

        def params(total, size=fixed, **fields):
            block = bytearray(size)
            struct.pack_into("<I", block, 0, total)
            struct.pack_into("<IIII", block, 4, 1, 0, 0, 4)  # bearer mode voice, no rates, media mode interactive voice
            for at, value in fields.values():
                struct.pack_into("<I", block, at, value)
            return bytes(block)

        lies = {
            "no size at all": b"",
            "total of 0": params(0),
            "total below its fixed part": params(100),
            "total beyond its bytes": params(0x10000),
            "total of 4 GB": params(0xFFFFFFFF),
            "bytes below its fixed part": params(fixed, size=64),
            "a text beyond its end": params(fixed + 8, size=fixed + 8, size_=(48, 8), offset=(52, fixed + 4)),
            "a text that wraps around": params(fixed + 8, size=fixed + 8, size_=(48, 0xFFFFFFF0), offset=(52, 0x20)),
        }
        for what, block in lies.items():
            with self.subTest(what):
                result, _ = raw.call("lineMakeCall", wire.dword(line), wire.text("1002"), wire.dword(0), wire.data(block))
                self.assertIn(result, (0x8000004D, 0x80000032, 0x80000035, 0x80000019), hex(result))  # STRUCTURETOOSMALL, INVALPARAM, ...
        self.assertEqual(self.server.calls("1001"), [])
        self.agent_groups_that_lie(raw)
        result, _ = raw.call("lineMakeCall", wire.dword(line), wire.text("1002"), wire.dword(0), wire.data(params(fixed)))
        self.assertLess(result, 0x80000000, "the line still makes an honest call")
        raw.close()
        self.untouched()

    def agent_groups_that_lie(self, raw):
        """A LINEAGENTGROUPLIST passes the server on its way to the ACD."""
        line = raw.open_line(int(self.device("1005"), 16), MONITOR)
        lies = {
            "entries that are not there": struct.pack("<IIIIII", 24, 24, 24, 1000, 4, 24),
            "entries beyond the end": struct.pack("<IIIIII", 24, 24, 24, 1, 32, 0x7FFFFFF0) + bytes(32),
            "used beyond total": struct.pack("<IIIIII", 24, 0xFFFFFFFF, 0xFFFFFFFF, 1, 0xFFFFFFFF, 0),
        }
        for what, block in lies.items():
            with self.subTest(what):
                result, _ = raw.call("lineSetAgentGroup", wire.dword(line), wire.dword(0), wire.data(block))
                if result < 0x80000000:  # a request: its reply says no
                    result = self.reply(raw, result)
                self.assertGreater(result, 0x80000000, hex(result))
        self.assertEqual({one["state"] for one in self.server.table("agents")}, {"LOGGEDOFF"})

    @staticmethod
    def reply(raw, request):
        """The result that LINE_REPLY brings: u32 app, u32 device, u64 instance, parameters, extra (wire/frame.cpp)."""
        while True:
            kind, message, _, payload = raw.events.receive()
            _, _, _, parameter1, parameter2 = struct.unpack_from("<IIQQQ", payload)
            if kind == wire.EVENT and message == 12 and parameter1 == request:
                return parameter2 & 0xFFFFFFFF

    # --- providers, files, the server's own end ---

    def test_a_provider_that_cannot_start_costs_its_own_lines_only(self):
        self.serve("[[provider]]\nfile = \"pbx.tsp\"\n[[provider]]\nfile = \"{build}/absent.tsp\"\n")
        self.assertRegex(self.server.log(), r"error main: provider \S+/absent.tsp: TSPI_providerInit failed with 0x80000042; the server goes on without its lines")
        self.assertEqual(len(self.server.table("lines")), 7)
        self.untouched()

    def test_a_provider_that_cannot_start_and_is_the_only_one(self):
        self.serve()
        with open(self.server.site, "a") as site:
            site.write(f"[[provider]]\nfile = \"{os.environ['TRUNKLINE_BUILD']}/absent.tsp\"\n")
        other = os.path.join(self.server.work, "other")
        result = self.server.run(*self.server.arguments(state=other, socket=other + ".sock"))
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertRegex(result.stderr, r"(?m)^trunkline: provider \S+/absent.tsp: TSPI_providerInit failed with 0x80000042$")
        self.assertFalse(os.path.exists(other + ".sock"))
        self.untouched()

    def queued_call(self, client, line):
        """One call to the queue and away again: it makes history."""
        call = client.do("call", line, "2000")
        client.wait_state(call, CONNECTED)
        client.do("drop", call)
        client.do("deallocate", call)

    # --- providers that fail while they run ---

    def crash(self, number):
        """Calls a number of crash.tsp, which faults; the answer to the call."""
        self.serve("[[provider]]\nfile = \"pbx.tsp\"\n[[provider]]\nfile = \"{build}/crash.tsp\"\n")
        self.victim = self.client()
        self.crash_device = self.device("echo-1")
        self.victim_line = self.victim.do("open", self.crash_device)
        return self.victim.say("call", self.victim_line, number)

    def closed_and_unusable(self):
        self.victim.wait_message(lambda message, *_: message == LINE_CLOSE)
        self.assertEqual(self.victim.say("call", self.victim_line, "1"), INVALLINEHANDLE)
        self.assertEqual(self.victim.say("open", self.crash_device), NODRIVER)
        self.untouched()

    def test_a_fault_in_a_providers_function_costs_its_own_lines(self):
        self.assertEqual(self.crash("fault"), OPERATIONFAILED)
        self.server.wait_log("crash.tsp: SIGSEGV in TSPI_lineMakeCall: it is not used any more")
        self.closed_and_unusable()

    def test_a_fault_on_a_providers_own_thread_costs_its_own_lines(self):
        self.crash("thread")
        self.server.wait_log("crash.tsp: SIGSEGV in a thread of its own: it is not used any more")
        self.closed_and_unusable()

    def ends(self, words):
        code = self.server.process.wait(WAIT_S)
        self.assertNotEqual(code, 0)
        self.assertIn(words, self.server.log())

    def test_a_provider_that_aborts_ends_the_server_by_name(self):
        self.crash("abort")
        self.ends("crash.tsp: SIGABRT in or below TSPI_lineMakeCall: what it may have left behind is unknown, the server ends")

    def test_a_fault_in_a_library_below_a_provider_ends_the_server_by_name(self):
        self.crash("libc")
        self.ends("crash.tsp: SIGSEGV in or below TSPI_lineMakeCall: what it may have left behind is unknown, the server ends")

    def test_a_provider_that_does_not_return_is_named(self):
        self.crash("sleep")
        self.assertRegex(self.server.log(), r"warning server: provider \S+crash.tsp: TSPI_lineMakeCall has not returned for more than \d+ ms")
        self.server.wait_log("it has come back, after about")
        self.untouched()

    def test_a_full_disk_costs_no_call_and_no_history(self):
        self.serve()
        client = self.client()
        line = client.do("open", self.device("1001"))
        self.queued_call(client, line)
        wait_for("the first event", lambda: self.server.rows("SELECT * FROM event"), WAIT_S)
        # From now on no file of the server may grow, which SQLite meets like a full disk.
        process = self.server.process.pid
        hard = resource.prlimit(process, resource.RLIMIT_FSIZE)[1]
        grown = max(os.path.getsize(self.server.database + end) for end in ("", "-wal"))
        self.assertGreater(grown, os.path.getsize(self.server.log_path) + 10_000, "the log must still have room")
        resource.prlimit(process, resource.RLIMIT_FSIZE, (grown, hard))
        for _ in range(5):
            self.queued_call(client, line)
        self.server.wait_log("history cannot be written")
        self.assertRegex(self.server.log(), r"warning store: \S+trunkline.db: history cannot be written \(.+\); calls go on, \d+ events wait, 0 are lost")
        self.queued_call(client, line)
        self.assertEqual(self.bystander.state(self.bystander_call), CONNECTED)

        resource.prlimit(process, resource.RLIMIT_FSIZE, (hard, hard))
        self.server.wait_log("history is written again; 0 events were lost so far")
        wait_for("all calls in the history",
                 lambda: self.server.rows("SELECT count(*) FROM queued_call WHERE outcome = 'abandoned'") == [(7,)], WAIT_S)
        self.assertEqual(self.server.rows("SELECT max(number) - min(number) + 1 - count(*), max(lost) FROM event"), [(0, 0)])
        client.end()
        self.untouched()

    def test_a_killed_server_starts_again_with_its_history(self):
        self.serve()
        client = self.client()
        line = client.do("open", self.device("1001"))
        self.queued_call(client, line)
        wait_for("the first call's history", lambda: self.server.rows("SELECT * FROM queued_call WHERE outcome = 'abandoned'"), WAIT_S)
        before = self.server.rows("SELECT number, type FROM event ORDER BY number")
        self.server.kill()
        # The program is told, and its handles are void.
        client.wait_message(lambda message, _, state, *__: message == LINE_LINEDEVSTATE and state == LINEDEVSTATE_REINIT)
        self.assertEqual(client.say("call", line, "1002"), OPERATIONFAILED)
        client.end()
        self.assertTrue(os.path.exists(self.server.socket), "killed: nobody removed the socket")

        self.server.start()
        self.assertEqual(self.server.rows("PRAGMA integrity_check"), [("ok",)])
        self.assertEqual(self.server.rows("SELECT number, type FROM event ORDER BY number")[:len(before)], before)
        client = self.client()
        self.queued_call(client, client.do("open", self.device("1001")))
        wait_for("the second call's history",
                 lambda: self.server.rows("SELECT count(*), count(DISTINCT run) FROM queued_call WHERE outcome = 'abandoned'") == [(2, 2)], WAIT_S)
        self.assertEqual(self.server.rows("SELECT max(number) - min(number) + 1 - count(*) FROM event"), [(0,)])
        client.end()
        self.server.stop()

    def test_a_second_server_is_refused_and_the_first_one_untouched(self):
        port = free_port()
        self.serve("[sip]\nudp = \"127.0.0.1:{port}\"\n[[trunk]]\nname = \"t\"\npeers = [\"127.0.0.0/8\"]", port=port)
        other = os.path.join(self.server.work, "other")
        for what, arguments, why in (
                ("socket", {"state": other}, f"{self.server.socket}: another server listens there"),
                ("state", {"socket": other + ".sock"}, "another server uses this state folder"),
                ("port", {"state": other, "socket": other + ".sock"}, f"127.0.0.1:{port}")):
            with self.subTest(what):
                site = self.server.site
                if what != "port":  # everything else is free
                    site = os.path.join(self.server.work, f"{what}.toml")
                    with open(self.server.site) as old, open(site, "w") as new:
                        new.write(old.read().replace(str(port), str(free_port())))
                result = self.server.run(*self.server.arguments(site=site, **arguments))
                self.assertEqual(result.returncode, 1, result.stderr)
                errors = [one for one in result.stderr.splitlines() if one.startswith("trunkline: ")]
                self.assertEqual(len(errors), 1, result.stderr)
                self.assertIn(why, errors[0])
                self.assertNotIn("is ready", result.stdout)
        self.untouched()


if __name__ == "__main__":
    unittest.main(verbosity=2)
