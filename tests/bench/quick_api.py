"""`quick_api.py CERTIFICATE`: says its port, then queues every POST over TLS until its stdin closes.

Blocking sockets and one thread a connection: the least that a server in Python can take.
"""

import os
import socket
import ssl
import sys
import threading

BODY = b'{"status":1,"request":"calls\\/initiate","callstatus":"queued"}'
ANSWER = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (
    len(BODY),
    BODY,
)


def serve(connection: socket.socket, context: ssl.SSLContext) -> None:
    """Answer each request of one connection."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        with context.wrap_socket(connection, server_side=True) as spoken:
            came = b""
            while part := spoken.recv(65536):
                came += part
                header, end, body = came.partition(b"\r\n\r\n")
                if end and len(body) >= length_of(header):
                    spoken.sendall(ANSWER if header.startswith(b"POST") else ANSWER[: -len(BODY)])
                    came = b""
    except OSError:
        return


def length_of(header: bytes) -> int:
    """The length that a request's header announces."""
    for line in header.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return 0


def main() -> None:
    """Serve on a free port of loopback."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1])
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection, context), daemon=True).start()


if __name__ == "__main__":
    main()
