#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The main job with real peers: baresip phones and SIPp callers on loopback, sound judged by its content."""
import os
import random
import re
import socket
import tempfile
import time
import unittest

from peers import Baresip, Sipp, Trunkline, free_port, tone_share, wait_for

SITE = """
[site]
name = "peers"
[log]
level = "info"
[sip]
udp = "127.0.0.1:{sip}"
tcp = "127.0.0.1:{sip}"
realm = "peers"
[media]
address = "127.0.0.1"
ports = [30000, 34999]
[[provider]]
file = "pbx.tsp"
[[trunk]]
name = "loopback"
peers = ["127.0.0.0/8"]
calls_max = 200
[[route_point]]
number = "2000"
name = "Support"
queue = "support"
[[queue]]
name = "support"
number = "2900"
group = "support"
ring_timeout_s = 3
wrapup_s = 1
treatment = "music"
announcement = "{work}/announcement.wav"
[[group]]
name = "support"
agents = ["a1001", "a1002", "a1003"]
""" + "".join(f"""
[[station]]
number = "{n}"
name = "Station {n}"
password = "secret-{n}"
[[agent]]
id = "a{n}"
name = "Agent {n}"
station = "{n}"
""" for n in ("1001", "1002", "1003"))

CALLER_HZ, AGENT_HZ, OTHER_HZ = 440, 1000, 1500


class PeersTest(unittest.TestCase):
    def setUp(self):
        self.server = Trunkline(SITE)
        self.addCleanup(self.server.stop)
        self.peers = tempfile.TemporaryDirectory(prefix="peers-")
        self.addCleanup(self.peers.cleanup)

    def phone(self, name, hertz, auto=False, password=None):
        phone = Baresip(self.peers.name, name, self.server.sip, password or f"secret-{name}", hertz, auto)
        self.addCleanup(phone.stop)
        if password is None:
            phone.wait_registered()
        return phone

    def caller(self, hertz=CALLER_HZ, name="5550001"):
        caller = Baresip(self.peers.name, name, None, "", hertz, register=False)
        self.addCleanup(caller.stop)
        return caller

    def dial(self, phone, number="2000"):
        phone.command("dial", f"sip:{number}@127.0.0.1:{self.server.sip}")

    def sipp(self, scenario, *arguments):
        sipp = Sipp(self.peers.name, scenario, *arguments)
        self.addCleanup(sipp.stop)
        return sipp

    def agent_state(self, station):
        return next(a["state"] for a in self.server.table("agents") if a["station"] == station)

    def call_states(self, line):
        return [c["state"] for c in self.server.table("calls") if c["line"] == line]

    def no_calls_left(self):
        wait_for("no calls left", lambda: not self.server.table("calls"))

    def test_a_caller_reaches_an_agent_and_both_hear_each_other(self):
        agent = self.phone("1001", AGENT_HZ, auto=True)
        self.server.ready("1001")
        caller = self.caller()
        self.dial(caller)
        caller.wait("CALL_ESTABLISHED")
        agent.wait("CALL_ESTABLISHED")
        wait_for("the caller to hear the agent", lambda: caller.hears(AGENT_HZ))
        wait_for("the agent to hear the caller", lambda: agent.hears(CALLER_HZ))
        self.assertEqual(self.call_states("1001"), ["CONNECTED"])
        self.assertEqual(self.agent_state("1001"), "BUSYACD")
        caller.command("hangup")
        agent.wait("CALL_CLOSED")
        self.no_calls_left()
        wait_for("the agent to be ready after wrap-up", lambda: self.agent_state("1001") == "READY")

    def test_a_waiting_caller_hears_music_and_may_give_up(self):
        caller = self.caller()
        self.dial(caller)
        caller.wait("CALL_ESTABLISHED")
        wait_for("music", lambda: sum(s * s for s in caller.heard()) > 1e8 and not caller.hears(CALLER_HZ))
        self.assertEqual(self.call_states("2900"), ["CONNECTED"])
        caller.command("hangup")
        self.no_calls_left()
        queue = self.server.table("queues")[0]
        self.assertEqual((queue["offered"], queue["abandoned"], queue["waiting"]), (1, 1, 0))

    def test_an_agent_who_does_not_answer_loses_the_call_to_the_next(self):
        silent = self.phone("1001", OTHER_HZ)
        self.server.ready("1001")
        caller = self.caller()
        self.dial(caller)
        silent.wait("CALL_INCOMING")
        agent = self.phone("1002", AGENT_HZ, auto=True)
        self.server.ready("1002")
        silent.wait("CALL_CLOSED", 10)
        agent.wait("CALL_ESTABLISHED", 10)
        wait_for("the caller to hear the second agent", lambda: caller.hears(AGENT_HZ))
        self.assertEqual(self.agent_state("1001"), "NOTREADY")

    def test_a_caller_who_gives_up_while_the_agent_rings_stops_the_ringing(self):
        agent = self.phone("1001", AGENT_HZ)
        self.server.ready("1001")
        caller = self.caller()
        self.dial(caller)
        agent.wait("CALL_INCOMING")
        caller.command("hangup")
        agent.wait("CALL_CLOSED")
        self.no_calls_left()
        wait_for("the agent to be free", lambda: self.agent_state("1001") in ("READY", "NOTREADY"))

    def test_hold_from_the_desk_and_from_the_phone(self):
        agent = self.phone("1001", AGENT_HZ, auto=True)
        self.server.ready("1001")
        caller = self.caller()
        self.dial(caller)
        agent.wait("CALL_ESTABLISHED")
        wait_for("sound", lambda: caller.hears(AGENT_HZ))
        self.server.cli("hold", "1001")
        wait_for("music for the held caller", lambda: not caller.hears(AGENT_HZ))
        self.assertEqual(self.call_states("1001"), ["ONHOLD"])
        self.server.cli("unhold", "1001")
        wait_for("the agent again", lambda: caller.hears(AGENT_HZ))
        agent.command("hold")
        wait_for("ONHOLD by the phone's key", lambda: self.call_states("1001") == ["ONHOLD"])
        agent.command("resume")
        wait_for("CONNECTED again", lambda: self.call_states("1001") == ["CONNECTED"])
        wait_for("the agent once more", lambda: caller.hears(AGENT_HZ))

    def test_transfer_from_the_desk_and_from_the_phone(self):
        first = self.phone("1001", AGENT_HZ, auto=True)
        second = self.phone("1002", OTHER_HZ, auto=True)
        self.server.ready("1001")
        caller = self.caller()
        self.dial(caller)
        first.wait("CALL_ESTABLISHED")
        self.server.cli("transfer", "1001", "1002")
        first.wait("CALL_CLOSED")
        second.wait("CALL_ESTABLISHED")
        wait_for("the caller to hear the second", lambda: caller.hears(OTHER_HZ))
        second.command("transfer", f"sip:1001@127.0.0.1:{self.server.sip}")
        first.wait("CALL_ESTABLISHED")
        wait_for("the caller to hear the first again", lambda: caller.hears(AGENT_HZ))
        self.assertEqual(self.call_states("1002"), [])

    def test_station_to_station_shows_two_calls_with_one_id(self):
        one, two = self.phone("1001", AGENT_HZ), self.phone("1002", OTHER_HZ, auto=True)
        self.dial(one, "1002")
        two.wait("CALL_ESTABLISHED")
        wait_for("sound", lambda: one.hears(OTHER_HZ) and two.hears(AGENT_HZ))
        calls = self.server.table("calls")
        self.assertEqual(sorted(c["line"] for c in calls), ["1001", "1002"])
        self.assertEqual(len({c["call_id"] for c in calls}), 1)

    def test_a_tone_is_found_and_another_heard(self):
        caller = self.caller()
        self.dial(caller)
        caller.wait("CALL_ESTABLISHED")
        wait_for("the queue", lambda: self.call_states("2900") == ["CONNECTED"])
        desk = self.server.desk("2900", "tone", str(CALLER_HZ))
        wait_for("the beep", lambda: caller.hears(1800))
        self.assertEqual(desk.communicate(timeout=20)[0].strip(), str(CALLER_HZ))
        wait_for("music again", lambda: caller.heard() and not caller.hears(1800))

    def test_in_a_conference_each_hears_the_two_others_and_not_itself(self):
        tones = {"1001": AGENT_HZ, "1002": OTHER_HZ, "1003": CALLER_HZ}
        phones = {n: self.phone(n, hz, auto=n != "1001") for n, hz in tones.items()}
        self.dial(phones["1001"], "1002")
        phones["1002"].wait("CALL_ESTABLISHED")
        desk = self.server.desk("1001", "confer", "1003")
        self.addCleanup(desk.communicate, timeout=20)
        self.assertEqual(desk.stdout.readline().strip(), "conferenced")
        for number, phone in phones.items():
            others = [hz for n, hz in tones.items() if n != number]
            wait_for(f"{number} to hear both others", lambda: all(tone_share(phone.heard(), hz) > 0.35 for hz in others))
            self.assertLess(tone_share(phone.heard(), tones[number]), 0.02, f"{number} hears itself")
        phones["1003"].command("hangup")
        wait_for("two to hear each other", lambda: phones["1001"].hears(OTHER_HZ) and phones["1002"].hears(AGENT_HZ))

    def test_twenty_callers_at_once(self):
        for n in ("1001", "1002", "1003"):
            self.phone(n, AGENT_HZ, auto=True)
        self.server.ready("1001", "1002", "1003")
        load = self.sipp("caller.xml", "-s", "2000", "-p", free_port(), "-m", 20, "-r", 20, "-l", 20,
                         f"127.0.0.1:{self.server.sip}")
        self.assertEqual(load.wait(60), 0, load.errors())
        self.no_calls_left()
        queue = self.server.table("queues")[0]
        self.assertEqual(queue["offered"], 20)
        self.assertEqual(queue["waiting"], 0)

    def test_callers_over_tcp(self):
        load = self.sipp("caller.xml", "-t", "t1", "-s", "2000", "-p", free_port(), "-m", 3,
                         f"127.0.0.1:{self.server.sip}")
        self.assertEqual(load.wait(30), 0, load.errors())
        self.no_calls_left()

    def test_digits_both_ways_while_waiting(self):
        caller = self.caller()
        self.dial(caller)
        caller.wait("CALL_ESTABLISHED")
        wait_for("the queue", lambda: self.call_states("2900") == ["CONNECTED"])
        gather = self.server.desk("2900", "gather", "3")
        monitor = self.server.desk("2900", "monitor", "3")
        time.sleep(0.5)
        for digit in "2", "7", "4":
            caller.command("sndcode", digit)
            time.sleep(0.4)
        self.assertEqual(gather.communicate(timeout=20)[0].split()[:1], ["274"])
        self.assertEqual(monitor.communicate(timeout=20)[0].strip(), "274")
        self.assertEqual(self.server.desk_ends("2900", "send", "58#"), 0)
        heard = [caller.wait("CALL_DTMF_START")["param"] for _ in range(3)]
        self.assertEqual("".join(heard), "58#")

    def test_the_treatment_of_a_waiting_call_is_changed(self):
        caller = self.caller()
        self.dial(caller)
        caller.wait("CALL_ESTABLISHED")
        wait_for("music", lambda: sum(s * s for s in caller.heard()) > 1e8)
        self.assertEqual(self.server.desk_ends("2900", "treat", "0x100"), 0)
        wait_for("the announcement", lambda: caller.hears(OTHER_HZ))
        self.assertEqual(self.server.desk_ends("2900", "treat", "1"), 0)  # LINECALLTREATMENT_SILENCE
        wait_for("silence", lambda: len(caller.heard()) == 8000 and max(map(abs, caller.heard())) < 200)

    def test_a_wrong_password_does_not_register(self):
        phone = self.phone("1001", AGENT_HZ, password="wrong")
        wait_for("the refusal", lambda: re.search(r" 40[13] ", phone.log_text()))
        self.assertNotIn(" 200 OK ", phone.log_text())
        self.assertNotIn("wrong", self.server.log_text())

    def test_a_station_that_is_not_registered_cannot_be_reached(self):
        caller = self.caller()
        self.dial(caller, "1003")
        event = caller.wait("CALL_CLOSED")
        self.assertIn("480", str(event))
        self.server.ready("1003")
        waiting = self.caller(name="5550002")
        self.dial(waiting)
        waiting.wait("CALL_ESTABLISHED")
        self.assertEqual(self.call_states("2900"), ["CONNECTED"])

    def test_malformed_packets_leave_a_call_untouched(self):
        agent = self.phone("1001", AGENT_HZ, auto=True)
        self.server.ready("1001")
        caller = self.caller()
        self.dial(caller)
        agent.wait("CALL_ESTABLISHED")
        seed = random.randrange(1 << 32)
        dice = random.Random(seed)
        good = (f"INVITE sip:2000@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKm\r\n"
                "From: <sip:x@y>;tag=1\r\nTo: <sip:2000@127.0.0.1>\r\nCall-ID: m\r\nCSeq: 1 INVITE\r\n"
                "Contact: <sip:x@127.0.0.1:9>\r\nContent-Length: 0\r\n\r\n").encode()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            for _ in range(2000):
                packet = bytearray(good)
                for _ in range(dice.randrange(1, 12)):
                    packet[dice.randrange(len(packet))] = dice.randrange(256)
                s.sendto(bytes(packet[:dice.randrange(1, len(packet) + 1)]), ("127.0.0.1", self.server.sip))
        for size in (0, 1, 4, 65507):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
                s.sendto(os.urandom(size), ("127.0.0.1", self.server.sip))
        with socket.create_connection(("127.0.0.1", self.server.sip)) as s:
            s.sendall(b"INVITE sip:x SIP/2.0\r\nContent-Length: 99999999999\r\n\r\n" + os.urandom(5000))
        wait_for("the talk to go on", lambda: caller.hears(AGENT_HZ) and agent.hears(CALLER_HZ))
        self.assertEqual(self.call_states("1001"), ["CONNECTED"], f"seed {seed}")


if __name__ == "__main__":
    unittest.main(verbosity=2)
