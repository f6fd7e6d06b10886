#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Puts the queue path under SIPp and prints what a call costs.

  bench/queue/bench.py                  the queue path: 500 calls/s for 60 s
  bench/queue/bench.py --case memory    user memory per held call
  bench/queue/bench.py --case stall     the server stopped for 2 s under load
  bench/queue/bench.py --case silent    a trunk that never answers
  bench/queue/bench.py --case all       every table

The server runs on one core, SIPp (callers and agents' phones) on the other. Everything is on loopback, on ports
chosen here. Needs build/release (./run --build-only) and sip-tester.
"""
import argparse
import csv
import glob
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TICK = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def site_text(o, work, sip_port, agent_port, sink_port):
    lines = [
        '[site]\nname = "bench"\n',
        f'[store]\npath = "{work}/store.db"\n',
        f'[tapi]\nsocket = "{work}/tapi.sock"\n',
        '[log]\nlevel = "warning"\n',
        f'[sip]\nudp = "127.0.0.1:{sip_port}"\ntcp = "127.0.0.1:{sip_port}"\nrealm = "bench"\ncalls_max = 40000\n',
        '[media]\naddress = "127.0.0.1"\nports = [20000, 59999]\n',
        '[[provider]]\nfile = "pbx.tsp"\n',
        '[[trunk]]\nname = "callers"\npeers = ["127.0.0.1/32"]\ncalls_max = 20000\n',
        f'[[trunk]]\nname = "silent"\npeers = ["127.0.0.2/32"]\nproxy = "sip:127.0.0.1:{sink_port}"\nprefix = "9"\ncalls_max = 20000\n',
        '[[route_point]]\nnumber = "2000"\nname = "bench"\nqueue = "bench"\n',
        '[[queue]]\nname = "bench"\nnumber = "2900"\ngroup = "bench"\nwrapup_s = 0\ntreatment = "music"\nlength_max = 20000\n',
    ]
    names = []
    for i in range(o.agents):
        number = str(100000 + i)
        names.append(f"a{number}")
        lines.append(f'[[station]]\nnumber = "{number}"\nname = "Agent {i}"\ncontact = "sip:{number}@127.0.0.1:{agent_port}"\n')
        lines.append(f'[[agent]]\nid = "a{number}"\nname = "Agent {i}"\nstation = "{number}"\n')
    lines.append('[[group]]\nname = "bench"\nagents = [' + ", ".join(f'"{n}"' for n in names) + "]\n")
    return "\n".join(lines)


class Server:
    """The release server on its own core, with its CPU time and memory as the kernel counts them."""

    def __init__(self, o):
        self.work = tempfile.mkdtemp(prefix="trunkline-bench-")
        self.sip_port, self.agent_port, self.sink_port = free_port(), free_port(), free_port()
        self.o = o
        self.program = os.path.join(ROOT, "build/release/trunkline")
        site = os.path.join(self.work, "site.toml")
        with open(site, "w") as f:
            f.write(site_text(o, self.work, self.sip_port, self.agent_port, self.sink_port))
        self.log = open(os.path.join(self.work, "server.log"), "w")
        self.process = subprocess.Popen(
            ["taskset", "-c", str(o.server_cpu), self.program, "serve", "--site", site, "--state", self.work],
            stdout=self.log, stderr=subprocess.STDOUT)
        self.wait_ready()

    def wait_ready(self):
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            if os.path.exists(os.path.join(self.work, "tapi.sock")):
                return
            time.sleep(0.1)
        self.log.flush()
        sys.exit("the server did not start:\n" + open(self.log.name).read()[-2000:])

    def cli(self, *arguments):
        return subprocess.run([self.program, *arguments], env={**os.environ, "TRUNKLINE_SOCKET": f"{self.work}/tapi.sock"},
                              capture_output=True, text=True, timeout=120)

    def cpu_seconds(self):
        fields = open(f"/proc/{self.process.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def rss_kb(self):
        for line in open(f"/proc/{self.process.pid}/smaps_rollup"):
            if line.startswith("Rss:"):
                return int(line.split()[1])
        return 0

    def log_in_agents(self):
        result = self.cli("agent", "login", "--all", "--ready")
        if result.returncode != 0:
            sys.exit("agents could not log in: " + result.stderr)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()
        if self.o.keep:
            print("kept:", self.work)
        else:
            shutil.rmtree(self.work, ignore_errors=True)


class Sipp:
    """One SIPp process in a folder of its own, whose CSV files it reads back."""

    def __init__(self, server, name, scenario, *arguments):
        self.folder = os.path.join(server.work, name)
        os.makedirs(self.folder, exist_ok=True)
        text = open(os.path.join(HERE, scenario)).read()
        low, high = server.o.talk_ms
        text = text.replace("$TALK_MIN", str(low)).replace("$TALK_MAX", str(high))
        self.scenario = os.path.join(self.folder, "scenario.xml")
        with open(self.scenario, "w") as f:
            f.write(text)
        self.process = subprocess.Popen(
            ["taskset", "-c", str(server.o.client_cpu), "sipp", "-sf", self.scenario, "-i", "127.0.0.1", "-nostdin",
             "-trace_stat", "-fd", "1", "-deadcall_wait", "0", *arguments],
            cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def rows(self):
        """The statistics SIPp wrote, one row a second."""
        files = glob.glob(os.path.join(self.folder, "scenario_*_.csv"))
        if not files:
            return []
        with open(files[0]) as f:
            return list(csv.DictReader(f, delimiter=";"))

    def set_up_ms(self):
        files = glob.glob(os.path.join(self.folder, "*_rtt.csv"))
        values = []
        for name in files:
            with open(name) as f:
                for row in list(csv.reader(f, delimiter=";"))[1:]:
                    if len(row) >= 2:
                        values.append(float(row[1]))
        return sorted(values)

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def agents_phone(server):
    return Sipp(server, "agents", "agent.xml", "-p", str(server.agent_port), "-l", "100000")


def callers(server, service, rate, calls, *more, name="callers"):
    return Sipp(server, name, "caller.xml", "-s", service, "-p", str(free_port()), "-r", str(rate), "-m", str(calls),
                "-l", "100000", "-trace_rtt", "-rtt_freq", "1", *more, f"127.0.0.1:{server.sip_port}")


def percentile(values, share):
    return values[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


def number(row, key):
    return int(float(row.get(key) or 0))


def wait_bounded(process, seconds):
    try:
        process.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        return False


def case_path(o):
    server = Server(o)
    try:
        server.log_in_agents()
        phones = agents_phone(server)
        time.sleep(0.5)
        cpu, calls = server.cpu_seconds(), o.rate * o.seconds
        began = time.monotonic()
        load = callers(server, "2000", o.rate, calls)
        finished = wait_bounded(load.process, o.seconds + 60)
        took = time.monotonic() - began
        cpu = server.cpu_seconds() - cpu
        load.end()
        phones.end()
        last = load.rows()[-1]
        ok, failed = number(last, "SuccessfulCall(C)"), number(last, "FailedCall(C)")
        agent_rows = phones.rows()
        reached = number(agent_rows[-1], "SuccessfulCall(C)") if agent_rows else 0
        rtt = load.set_up_ms()
        return {
            "calls asked": calls, "calls/s asked": o.rate, "finished in time": finished, "calls ok": ok,
            "calls failed": failed + (calls - ok - failed), "reached an agent": reached,
            "retransmissions": number(last, "Retransmissions(C)"),
            "server CPU us/call": round(cpu * 1e6 / max(ok, 1)), "server CPU %": round(100 * cpu / took),
            "set-up p50 ms": round(percentile(rtt, 0.5), 1), "set-up p99 ms": round(percentile(rtt, 0.99), 1),
        }
    finally:
        server.stop()


def case_memory(o):
    o.talk_ms = (600_000, 600_000)
    server = Server(o)
    try:
        server.log_in_agents()
        phones = agents_phone(server)
        # A first wave grows pools and arenas as a running server has them; the second is what is measured.
        first, held = min(200, o.agents // 4), min(o.held, o.agents - min(200, o.agents // 4))
        warm = callers(server, "2000", 100, first, name="warm")
        time.sleep(first / 100 + 3)
        before = server.rss_kb()
        load = callers(server, "2000", 100, held)
        time.sleep(held / 100 + 40)  # transactions have ended: what remains belongs to the calls
        after = server.rss_kb()
        result = {"held calls": held, "RSS before kB": before, "RSS after kB": after,
                  "kB per held call": round((after - before) / held, 2)}
        for sipp in (warm, load, phones):
            sipp.process.kill()
        return result
    finally:
        server.stop()


def case_stall(o):
    server = Server(o)
    try:
        server.log_in_agents()
        phones = agents_phone(server)
        time.sleep(0.5)
        load = callers(server, "2000", o.rate, o.rate * 45)
        time.sleep(15)
        server.process.send_signal(signal.SIGSTOP)
        time.sleep(2)
        server.process.send_signal(signal.SIGCONT)
        resumed = time.time()
        wait_bounded(load.process, 90)
        load.end()
        phones.end()
        back = None
        good = 0
        for row in load.rows():
            at = float(row["CurrentTime"].split("\t")[-1])
            if at < resumed:
                continue
            rate = number(row, "SuccessfulCall(P)")
            good = good + 1 if rate >= 0.95 * o.rate else 0
            if good == 2 and back is None:
                back = at - resumed - 1
        last = load.rows()[-1]
        return {"calls/s": o.rate, "stopped s": 2, "back to rate after s": None if back is None else round(back, 1),
                "calls ok": number(last, "SuccessfulCall(C)"), "calls failed": number(last, "FailedCall(C)")}
    finally:
        server.stop()


def listen(sink, seconds):
    """Takes what arrives, answers nothing, and counts it."""
    count, end = 0, time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        sink.settimeout(left)
        try:
            sink.recv(65535)
            count += 1
        except TimeoutError:
            break
    return count


def case_silent(o):
    server = Server(o)
    sink = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sink.bind(("127.0.0.1", server.sink_port))
    try:
        load = callers(server, "9555", o.silent_rate, o.silent_rate * 60)
        listen(sink, 40)
        cpu = server.cpu_seconds()
        invites = listen(sink, 10)
        share = (server.cpu_seconds() - cpu) / 10
        load.end()
        return {"calls/s to a silent trunk": o.silent_rate, "requests/s it got": invites // 10,
                "CPU % after 40 s": round(100 * share, 1)}
    finally:
        sink.close()
        server.stop()


CASES = {"path": case_path, "memory": case_memory, "stall": case_stall, "silent": case_silent}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--case", choices=[*CASES, "all"], default="path")
    p.add_argument("--rate", type=int, default=500, help="calls a second")
    p.add_argument("--seconds", type=int, default=60)
    p.add_argument("--agents", type=int, default=2000, help="agents logged in, each with a phone that answers at once")
    p.add_argument("--talk-ms", type=lambda v: tuple(map(int, v.split(","))), default=(1000, 3000), metavar="MIN,MAX")
    p.add_argument("--held", type=int, default=1500, help="calls held in the memory case")
    p.add_argument("--silent-rate", type=int, default=100)
    p.add_argument("--server-cpu", type=int, default=0)
    p.add_argument("--client-cpu", type=int, default=1)
    p.add_argument("--json", action="store_true")
    p.add_argument("--keep", action="store_true", help="keep the work folder with the logs")
    o = p.parse_args()
    for case in CASES if o.case == "all" else [o.case]:
        result = CASES[case](o)
        if o.json:
            print(json.dumps({"case": case, **result}))
            continue
        print(f"\n{case}")
        for key, value in result.items():
            print(f"  {key:<28} {value}")


if __name__ == "__main__":
    main()
