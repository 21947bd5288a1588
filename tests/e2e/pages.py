"""Serves the pages of a test from loopback, each at an address of its own."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<style>body {{ font: 16px "DejaVu Sans", sans-serif; margin: 180px 40px }}</style></head>
<body>{}</body></html>"""


class Pages:
    """A web server in this process. A context manager."""

    def __init__(self) -> None:
        """Listen on a free port of loopback."""
        self._numbers = count(1)
        self._served: dict[str, tuple[bytes, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self) -> Pages:
        """Start serving."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def page(self, body: str) -> str:
        """Serve a plain page with this body; the numbers on it are far enough from the edges for a card."""
        return self.document(PAGE.format(body))

    def document(self, content: str | bytes, content_type: str = "text/html; charset=utf-8") -> str:
        """Serve a document as it is, and return its address."""
        path = f"/{next(self._numbers)}"
        data = content.encode() if isinstance(content, str) else content
        self._served[path] = (data, content_type)
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}{path}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        served = self._served

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                found = served.get(self.path)
                data, content_type = found or (b"", "text/plain")
                self.send_response(200 if found else 404)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as in the base class
                """Say nothing: a test's output is its own."""

        return Handler
