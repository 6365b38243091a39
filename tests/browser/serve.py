"""Serve a folder to a browser."""

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POLICY = (
    "script-src 'self'; worker-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "style-src 'self'"
)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server that says nothing."""

    def log_message(self, *_) -> None:
        """Keep the output short."""


class Strict(Quiet):
    """A server whose pages have a strict policy."""

    def end_headers(self) -> None:
        """Add the policy to each page. A worker is a script of its own."""
        if self.path.split("?")[0].endswith(".html"):
            self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@contextmanager
def serve(folder: Path, kind: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve a folder over HTTP; give its address."""
    handler = functools.partial(kind, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
