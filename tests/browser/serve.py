"""Serve a folder to a browser."""

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NGINX = Path(__file__).parents[2] / "examples" / "nginx.conf"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server that says nothing."""

    def log_message(self, *_) -> None:
        """Keep the output short."""


def read_map(variable: str) -> list[tuple[str, str]]:
    """Return the patterns of a variable of nginx.conf, and the value of each."""
    block = re.search(rf"map \S+ \${variable} \{{(.*?)\n\}}", NGINX.read_text(), re.S)
    found = re.findall(r'^ +(default|"~.+?")\s+"(.+?)";', block[1], re.M)
    return [(key.strip('"~').replace("default", ""), value) for key, value in found]


def choose_value(variable: str, address: str) -> str:
    """Return what nginx gives a variable for an address."""
    (_, default), *others = read_map(variable)
    fits = (value for pattern, value in others if re.search(pattern, address))
    return next(fits, default)


class Hosted(Quiet):
    """A server that sends the headers of nginx.conf."""

    def end_headers(self) -> None:
        """Add the policy, and how long a browser may keep the file."""
        policy = choose_value("policy", self.path.partition("?")[0])
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Cache-Control", choose_value("lifetime", self.path))
        super().end_headers()


@contextmanager
def serve(folder: Path, kind: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve a folder over HTTP; give its address."""
    handler = functools.partial(kind, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
