"""nginx in front of workers, as ``deploy/nginx`` has it pass on what is asked, on loopback; and what cuts answers off.

A worker that is killed in the middle of an answer leaves half of it. Nobody can answer 503 any more then; what is
promised is that it shows. Planted, behind the same nginx: half an answer in each way in which it may end.
"""

import base64
import hashlib
import socketserver
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.dienst import stop, wait_until_ready
from tools.lezers import AFGEBROKEN, HALF, fetch
from tools.server import ROOT, as_postgres, free_port

_NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log; {user}
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    upstream pleegzicht {{ {servers} keepalive 32; }}
    server {{
        listen 127.0.0.1:{port};
        include {deploy}/nginx-weg.conf;
        location / {{ include {deploy}/nginx-door.conf; }}
    }}
}}
"""
_WHOLE = b"[" + b"0," * 50_000 + b"0]"
_HALF = _WHOLE[:50_000]
_DIGEST = f"Repr-Digest: sha-256=:{base64.b64encode(hashlib.sha256(_WHOLE).digest()).decode()}:"
_LENGTH, _CHUNKED = f"Content-Length: {len(_WHOLE)}", "Transfer-Encoding: chunked"
_LESS = b"[" + b"0," * 1000 + b"0]"  # well formed, and not what its digest says
#: way to be half, after one that is not → header, what is sent, and what a reader must make of it
_WAYS: Mapping[str, tuple[str, bytes, str]] = {
    "readyz": (_LENGTH, _WHOLE, "200"),
    "lengte": (_LENGTH, _HALF, AFGEBROKEN),
    "stukken": (_CHUNKED, b"%x\r\n%s\r\n" % (len(_HALF), _HALF), AFGEBROKEN),
    "zonder-lengte": ("Connection: close", _HALF, HALF),
    "zonder-lengte-geldig": ("Connection: close", _LESS, HALF),
    "verkeerd-einde": (_CHUNKED, b"%x\r\n%s\r\n0\r\n\r\n" % (len(_LESS), _LESS), HALF),
}


def start_nginx(folder: Path, port: int, workers: Sequence[int]) -> "subprocess.Popen[bytes]":
    """Start nginx before the workers on these ports; it is not ready yet."""
    servers = " ".join(f"server 127.0.0.1:{one} max_fails=1 fail_timeout=2s;" for one in workers)
    user = "user root;" if as_postgres() else ""
    config = folder / f"nginx-{port}.conf"
    config.write_text(_NGINX.format(folder=folder, servers=servers, port=port, deploy=ROOT / "deploy/nginx", user=user))
    return subprocess.Popen(["nginx", "-c", str(config)], stderr=subprocess.DEVNULL, env={"PATH": "/usr/sbin"})


class _Knipper(socketserver.StreamRequestHandler):
    """Gives half an answer in the way that is asked for, and hangs up."""

    def handle(self) -> None:
        way = self.rfile.readline().split()[1].decode().strip("/")
        while self.rfile.readline().strip():
            pass
        header, given, _ = _WAYS[way]
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{_DIGEST}\r\n{header}\r\n\r\n"
        self.wfile.write(head.encode() + given)


def planted_halves(folder: Path) -> tuple[int, int]:
    """Give half answers behind nginx; return of how many a reader sees what they are, and how many there were.

    Args:
        folder: for nginx, which has one of its own in it.
    """
    own, poort = folder / "knipper", free_port()
    own.mkdir()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Knipper) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        nginx = start_nginx(own, poort, [server.server_address[1]])
        try:
            wait_until_ready(poort, nginx)
            seen = [fetch(poort, "GET", f"/{way}", {}).naam == expected for way, (_, _, expected) in _WAYS.items()]
        finally:
            stop(nginx)
            server.shutdown()
    return sum(seen[1:]) if seen[0] else 0, len(seen) - 1
