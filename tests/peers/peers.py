# SPDX-License-Identifier: Apache-2.0
"""Real SIP peers for tests: baresip phones and SIPp scenarios on loopback, and sound judged by its content."""
import json
import math
import os
import queue
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time
import wave

MODULES = "/usr/lib/baresip/modules"
RATE = 8000


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(what, condition, seconds=10.0):
    """Polls until condition() is true and returns its value; an AssertionError names what never came."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s for {what}")
        time.sleep(0.05)


def end_process(process, seconds=5):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def write_tone(path, hertz, seconds):
    samples = [int(12000 * math.sin(2 * math.pi * hertz * i / RATE)) for i in range(int(RATE * seconds))]
    with wave.open(path, "wb") as w:
        w.setnchannels(1)
        w.setsampwidth(2)
        w.setframerate(RATE)
        w.writeframes(struct.pack(f"<{len(samples)}h", *samples))


def read_wav(path):
    """Samples of a 16-bit mono WAV file that may still be written to (its header's sizes are then wrong)."""
    with open(path, "rb") as f:
        raw = f.read()
    at = raw.find(b"data")
    if at < 0:
        return []
    body = raw[at + 8:]
    return list(struct.unpack(f"<{len(body) // 2}h", body[:len(body) // 2 * 2]))


def tone_share(samples, hertz):
    """How much of the energy is at one frequency (Goertzel): 1 is a pure tone, 0 none of it."""
    energy = sum(s * s for s in samples)
    if not samples or energy < 1000 * len(samples):
        return 0.0
    w = 2 * math.cos(2 * math.pi * hertz / RATE)
    s1 = s2 = 0.0
    for s in samples:
        s1, s2 = s + w * s1 - s2, s1
    power = s1 * s1 + s2 * s2 - w * s1 * s2
    return 2 * power / (len(samples) * energy)


class Baresip:
    """One baresip with one account: it sends a tone and records what it hears."""

    def __init__(self, work, name, server=None, password="", hertz=440, auto=False, register=True):
        self.folder = tempfile.mkdtemp(prefix=name + "-", dir=work)
        self.port, control = free_port(), free_port()
        self.tone = os.path.join(self.folder, "tone.wav")
        write_tone(self.tone, hertz, 30)
        config = [f"sip_listen 127.0.0.1:{self.port}", f"audio_source aufile,{self.tone}", "audio_player aufile,/dev/null",
                  "audio_channels 1", "ausrc_srate 8000", "auplay_srate 8000",
                  f"module_path {MODULES}", f"ctrl_tcp_listen 127.0.0.1:{control}", f"snd_path {self.folder}",
                  "rtp_ports 40000-49999", "call_max_calls 4"]
        config += [f"module {m}.so" for m in ("g711", "aufile", "sndfile")]
        config += ["module_tmp uuid.so", "module_tmp account.so", "module_app ctrl_tcp.so", "module_app menu.so"]
        with open(os.path.join(self.folder, "config"), "w") as f:
            f.write("\n".join(config) + "\n")
        domain = f"127.0.0.1:{server}" if server else f"127.0.0.1:{self.port}"
        account = f"<sip:{name}@{domain}>;auth_pass={password};regint={60 if register else 0};audio_codecs=PCMU"
        account += ";answermode=auto" if auto else ";answermode=manual"
        with open(os.path.join(self.folder, "accounts"), "w") as f:
            f.write(account + "\n")
        self.log = open(os.path.join(self.folder, "log"), "w")
        self.process = subprocess.Popen(["baresip", "-4", "-f", self.folder], stdin=subprocess.DEVNULL, stdout=self.log,
                                        stderr=subprocess.STDOUT)
        self.events = queue.Queue()
        self.seen = []
        self.socket = wait_for("baresip's control port", lambda: self._connect(control))
        self.socket.settimeout(None)
        threading.Thread(target=self._read, daemon=True).start()

    @staticmethod
    def _connect(port):
        try:
            return socket.create_connection(("127.0.0.1", port), 1)
        except OSError:
            return None

    def _read(self):
        buffer = b""
        while True:
            try:
                got = self.socket.recv(65536)
            except OSError:
                return
            if not got:
                return
            buffer += got
            while b":" in buffer:
                length, rest = buffer.split(b":", 1)
                if len(rest) < int(length) + 1:
                    break
                self.events.put(json.loads(rest[:int(length)]))
                buffer = rest[int(length) + 1:]

    def command(self, name, params=""):
        text = json.dumps({"command": name, "params": params, "token": "t"}).encode()
        self.socket.sendall(b"%d:%s," % (len(text), text))

    def wait(self, kind, seconds=10):
        """Waits for an event whose type is `kind`, e.g. CALL_ESTABLISHED, REGISTER_OK."""
        end = time.monotonic() + seconds
        while True:
            try:
                event = self.events.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no {kind} within {seconds} s; seen {self.seen[-12:]}") from None
            self.seen.append(event.get("type") or event.get("data", "")[:40])
            if event.get("type") == kind:
                return event

    def log_text(self):
        with open(os.path.join(self.folder, "log"), errors="replace") as f:
            return f.read()

    def wait_registered(self, seconds=15):
        """The event may come before the control port has a listener, so the log tells."""
        wait_for("baresip to register", lambda: " 200 OK " in self.log_text(), seconds)

    def heard(self, last_seconds=1.0):
        """The newest sound this phone received."""
        files = sorted(f for f in os.listdir(self.folder) if f.endswith("-dec.wav"))
        if not files:
            return []
        return read_wav(os.path.join(self.folder, files[-1]))[-int(RATE * last_seconds):]

    def hears(self, hertz):
        return tone_share(self.heard(), hertz) > 0.7

    def stop(self):
        self.socket.close()
        end_process(self.process)
        self.log.close()


class Sipp:
    """SIPp with one of the scenarios beside this file."""

    def __init__(self, work, scenario, *arguments):
        self.folder = tempfile.mkdtemp(prefix="sipp-", dir=work)
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), scenario)
        self.process = subprocess.Popen(
            ["sipp", "-sf", path, "-i", "127.0.0.1", "-nostdin", "-trace_err", "-trace_msg", *map(str, arguments)],
            cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def wait(self, seconds=30):
        """SIPp's exit code: 0 when every call went as its scenario says."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            end_process(self.process)
            return "timeout"

    def errors(self):
        found = []
        for name in os.listdir(self.folder):
            if name.endswith("_errors.log"):
                with open(os.path.join(self.folder, name)) as f:
                    found.append(f.read())
        return "".join(found)[-3000:]

    def stop(self):
        end_process(self.process)


class Trunkline:
    """The server under test, from the build folder named by TRUNKLINE_BUILD."""

    def __init__(self, site):
        self.build = os.environ["TRUNKLINE_BUILD"]
        self.work = tempfile.mkdtemp(prefix="trunkline-peers-")
        self.sip = free_port()
        write_tone(os.path.join(self.work, "announcement.wav"), 1500, 5)
        self.socket = os.path.join(self.work, "tapi.sock")
        path = os.path.join(self.work, "site.toml")
        with open(path, "w") as f:
            f.write(site.format(sip=self.sip, work=self.work))
        self.log_path = os.path.join(self.work, "server.log")
        self.log = open(self.log_path, "w")
        self.environment = {**os.environ, "TRUNKLINE_SOCKET": self.socket}
        self.process = subprocess.Popen([f"{self.build}/trunkline", "serve", "--site", path, "--state", self.work, "--socket", self.socket],
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT)
        try:
            wait_for("the server's socket", lambda: os.path.exists(self.socket) or self.process.poll() is not None, 30)
            assert self.process.poll() is None, "the server did not start:\n" + self.log_text()
        except AssertionError:
            self.stop()
            raise

    def log_text(self):
        with open(self.log_path) as f:
            return f.read()[-4000:]

    def cli(self, *arguments, check=True):
        result = subprocess.run([f"{self.build}/trunkline", *arguments], env=self.environment, capture_output=True, text=True, timeout=30)
        if check and result.returncode != 0:
            raise AssertionError(f"trunkline {' '.join(arguments)}: exit {result.returncode}: {result.stderr}\n{self.log_text()}")
        return result

    def desk(self, line, verb, value):
        """A TAPI program at a line (desk.c), started."""
        return subprocess.Popen([f"{self.build}/peers_desk", line, verb, value], env=self.environment, stdout=subprocess.PIPE, text=True)

    def desk_ends(self, line, verb, value):
        process = self.desk(line, verb, value)
        process.communicate(timeout=20)
        return process.returncode

    def table(self, verb):
        """The rows of `trunkline <verb> --json`."""
        return json.loads(self.cli(verb, "--json").stdout)

    def ready(self, *stations):
        for station in stations:
            self.cli("agent", "login", station)
            self.cli("agent", "ready", station)

    def stop(self):
        """Ends it as an operator does; an AssertionError when it does not end cleanly."""
        end_process(self.process, 15)
        self.log.close()
        code, text = self.process.returncode, self.log_text()
        if not os.environ.get("TRUNKLINE_KEEP"):
            shutil.rmtree(self.work, ignore_errors=True)
        assert code == 0, f"the server ended with {code}:\n{text}"
