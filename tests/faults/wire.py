# SPDX-License-Identifier: Apache-2.0
"""Frames by hand (src/wire/frame.hpp, docs/architecture.md): for clients that do what the TAPI library never would."""
import os
import re
import socket
import struct

HELLO, WELCOME, ATTACH, REQUEST, REPLY, EVENT, GOODBYE = range(1, 8)
NULL = 0xFFFFFFFF
WIRE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "wire")


def find_all(name, pattern):
    with open(os.path.join(WIRE, name)) as f:
        return re.findall(pattern, f.read(), re.MULTILINE)


VERSION = int(find_all("frame.hpp", r"protocol_version = (\d+)")[0])
# Name -> number on the wire.
FUNCTIONS = {name: number for number, name in enumerate(find_all("functions.def", r"^TL_FUNCTION\(\s*(\w+)"))}


def dword(value):
    return struct.pack("<I", value & 0xFFFFFFFF)


def qword(value):
    return struct.pack("<Q", value)


def data(value):
    if value is None:
        return dword(NULL)
    return dword(len(value)) + value + b"\0" * (-len(value) % 4)


def text(value):
    return data(None if value is None else value.encode("utf-16le"))


def frame(kind, number=0, sequence=0, payload=b""):
    return struct.pack("<IHHI", 12 + len(payload), kind, number, sequence) + payload


def hello(version=VERSION):
    return frame(HELLO, payload=dword(version) + dword(os.getpid()) + text("") + text(""))


class Connection:
    """One connection to the server's socket."""

    def __init__(self, path, seconds=30):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(seconds)
        self.socket.connect(path)
        self.buffer = b""

    def send(self, raw):
        self.socket.sendall(raw)

    def receive(self):
        """(kind, number, sequence, payload), or None when the server closed."""
        while len(self.buffer) < 12 or len(self.buffer) < struct.unpack_from("<I", self.buffer)[0]:
            try:
                got = self.socket.recv(1 << 16)
            except ConnectionResetError:
                return None
            if not got:
                return None
            self.buffer += got
        length, kind, number, sequence = struct.unpack_from("<IHHI", self.buffer)
        payload, self.buffer = self.buffer[12:length], self.buffer[length:]
        return kind, number, sequence, payload

    def goodbye(self):
        """What the server says last before it closes; None when it closed without a word."""
        why = None
        while (got := self.receive()) is not None:
            if got[0] == GOODBYE:
                size = struct.unpack_from("<I", got[3])[0]
                why = got[3][4:4 + size].decode("utf-16le")
        return why

    def close(self):
        self.socket.close()


class Client:
    """A whole client: both connections, and an application on the line side."""

    def __init__(self, path):
        self.requests = Connection(path)
        self.requests.send(hello())
        kind, _, _, ticket = self.requests.receive()
        assert kind == WELCOME, kind
        self.events = Connection(path)
        self.events.send(frame(ATTACH, payload=ticket))
        assert self.events.receive()[0] == WELCOME
        self.sequence = 0
        result, answers = self.call("lineInitializeEx", text("raw"), text("raw"), dword(0x20002))
        assert result == 0, hex(result)
        self.app = struct.unpack_from("<I", answers)[0]

    def raw(self, name, payload):
        """Sends a request, and returns what comes back for it."""
        self.sequence += 1
        self.requests.send(frame(REQUEST, FUNCTIONS[name], self.sequence, payload))
        return self.requests.receive()

    def call(self, name, *items):
        """(result, payload behind it); the result as an unsigned code."""
        kind, _, sequence, payload = self.raw(name, b"".join(items))
        assert (kind, sequence) == (REPLY, self.sequence), (kind, sequence)
        return struct.unpack_from("<I", payload)[0], payload[4:]

    def open_line(self, device, privileges):
        result, answers = self.call("lineOpen", dword(self.app), dword(device), dword(0x20002), dword(0), qword(0), dword(privileges),
                                    dword(4), data(None))
        assert result == 0, hex(result)
        return struct.unpack_from("<I", answers)[0]

    def close(self):
        self.events.close()
        self.requests.close()
