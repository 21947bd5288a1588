"""`raw_tls_host.py PORT CA_FILE [JOURNAL]`: the least host in Python that calls; one socket, nothing else.

Each frame becomes one POST on an open TLS socket, written by hand; the answer goes back as a frame. With
JOURNAL it also does what no host may leave out: parse the number, have attempt and outcome on disk.
"""

import json
import os
import socket
import sqlite3
import ssl
import sys

import phonenumbers


def open_journal(path: str) -> sqlite3.Connection:
    """A database that is as durable as the host's, and kept open."""
    journal = sqlite3.connect(path, isolation_level=None)
    journal.execute("PRAGMA synchronous = FULL")
    journal.execute("CREATE TABLE calls (attempt TEXT PRIMARY KEY, number TEXT, state TEXT)")
    return journal


def record(journal: sqlite3.Connection, statement: str, values: tuple[str, str]) -> None:
    """Do one thing in a transaction of its own, on disk when this returns."""
    journal.execute("BEGIN IMMEDIATE")
    journal.execute(statement, values)
    journal.execute("COMMIT")


def main() -> None:
    """Serve one port."""
    port, ca_file = int(sys.argv[1]), sys.argv[2]
    context = ssl.create_default_context(cafile=ca_file)
    plain = socket.create_connection(("127.0.0.1", port))
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    api = context.wrap_socket(plain, server_hostname="127.0.0.1")
    journal = open_journal(sys.argv[3]) if len(sys.argv) > 3 else None
    while header := os.read(0, 4):
        request = json.loads(os.read(0, int.from_bytes(header, sys.byteorder)))
        if journal:
            number = phonenumbers.parse(request["text"], "AU")
            assert phonenumbers.is_possible_number(number)
            record(
                journal,
                "INSERT INTO calls VALUES (?, ?, 'attempting')",
                (request["attempt"], request["text"]),
            )
        call = {"key": "bench-key", "origin": "101", "destination": request["text"], "autoAnswer": 1}
        body = json.dumps(call, separators=(",", ":")).encode()
        head = (
            f"POST /calls/initiate/ HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        api.sendall(head.encode() + body)
        answer = b""
        while b"\r\n\r\n" not in answer or not answer.endswith(b"}"):
            answer += api.recv(65536)
        queued = json.loads(answer.partition(b"\r\n\r\n")[2])["callstatus"]
        if journal:
            record(journal, "UPDATE calls SET state = ? WHERE attempt = ?", (queued, request["attempt"]))
        reply = json.dumps({"id": request["id"], "ok": True, "result": {"outcome": queued}}).encode()
        os.write(1, len(reply).to_bytes(4, sys.byteorder) + reply)


if __name__ == "__main__":
    main()
