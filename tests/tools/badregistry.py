#!/usr/bin/env python3
"""badregistry.py - a registry that misbehaves on purpose

    badregistry.py PORTS-FILE LOG-FILE [--tls=CERT.pem]

Serves on three ports of 127.0.0.1, which it writes into PORTS-FILE: the
registry, another server that redirections lead to, and a SOCKS proxy (4a and
5h) that takes every name for that of the registry. LOG-FILE gets a line per
request: which server, the path, and what was in Authorization.

The image's name says how the registry misbehaves: see the tables below. All
images but 'good' have one layer; what is wrong is wrong each time.
"""
import hashlib
import http.server
import json
import socket
import socketserver
import ssl
import sys
import threading
import urllib.parse

OCI = "application/vnd.oci.image."
LAYER_TYPE = OCI + "layer.v1.tar"
MIB = 1 << 20


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def descriptor(kind, data, **more):
    return dict(mediaType=kind, digest=digest(data), size=len(data), **more)


def dumps(value):
    return json.dumps(value).encode()


LAYER = bytes(range(256)) * 4096  # 1 MiB
LAYER2 = LAYER[::-1]
CONFIG = dumps({"os": "linux", "architecture": "amd64", "config": {}})
BLOBS = {digest(b): b for b in (LAYER, LAYER2, CONFIG, b"", b"no json")}


def manifest(**changes):
    result = {"schemaVersion": 2, "mediaType": OCI + "manifest.v1+json",
              "config": descriptor(OCI + "config.v1+json", CONFIG),
              "layers": [descriptor(LAYER_TYPE, LAYER)]}
    result.update(changes)
    return result


def layer(**changes):
    return manifest(layers=[dict(descriptor(LAYER_TYPE, LAYER), **changes)])


def config(**changes):
    return manifest(config=dict(descriptor(OCI + "config.v1+json", CONFIG),
                                **changes))


def index(*entries):
    return {"schemaVersion": 2, "mediaType": OCI + "index.v1+json",
            "manifests": list(entries)}


def nested(depth):
    """An index around an index ... around a manifest; the outermost."""
    inner = dumps(manifest())
    for _ in range(depth):
        MANIFESTS_BY_DIGEST[digest(inner)] = inner
        inner = dumps(index(descriptor(OCI + "index.v1+json", inner)))
    return inner


MANIFESTS_BY_DIGEST = {}

# Manifests that are wrong in themselves, and some that are right
MANIFESTS = {
    "good": manifest(layers=[descriptor(LAYER_TYPE, LAYER),
                             descriptor(LAYER_TYPE, LAYER2),
                             descriptor(LAYER_TYPE, LAYER),
                             descriptor(LAYER_TYPE, b"")]),
    "many-layers": manifest(layers=[descriptor(LAYER_TYPE, LAYER)] * 513),
    "no-size": manifest(layers=[{"digest": digest(LAYER)}]),
    "negative-size": layer(size=-1),
    "wrong-size": layer(size=len(LAYER) - 1),
    "bad-digest": layer(digest="sha256:../../../../etc/passwd"),
    "md5-digest": layer(digest="md5:d41d8cd98f00b204e9800998ecf8427e"),
    "encrypted": layer(mediaType=LAYER_TYPE + "+encrypted"),
    "chart": config(mediaType="application/vnd.cncf.helm.config.v1+json"),
    "big-config": config(size=5 * MIB),
    "text-config": config(digest=digest(b"no json"), size=7),
    "missing-blob": layer(digest="sha256:" + "0" * 64),
    "schema1": {"schemaVersion": 1, "fsLayers": [], "history": []},
    "neither": {"schemaVersion": 2},
    "both": dict(index(), **manifest()),
    "empty-index": index(),
    "attested": index(dict(descriptor(OCI + "manifest.v1+json", b"x"),
                           platform={"os": "unknown",
                                     "architecture": "unknown"})),
    "list": [],
}
MANIFEST_TEXTS = {
    "truncated": dumps(manifest())[:-20],
    "html": b"<html>log in first</html>",
    "empty": b"",
    "deep": b'{"config":' + b"[" * 200000,
    "nested": nested(2),
    "too-nested": nested(5),
    "nul": dumps(manifest()) + b"\0",
}
# Names whose every request gets this status
STATUSES = {"forbidden": 403, "throttled": 429, "broken": 500, "down": 503,
            "teapot": 418, "found-nothing": 302}
# Names that need a token, and the token server's answer
TOKENS = {
    "token": dumps({"token": "secret-token"}),
    "access-token": dumps({"access_token": "secret-token"}),
    "token-away": dumps({"token": "secret-token"}),
    "expiring": dumps({"token": "secret-token"}),
    "evil-token": dumps({"token": "a\r\nX-Evil: 1"}),
    "no-token": dumps({}),
    "big-token": dumps({"token": "a" * 100000}),
    "wrong-token": dumps({"token": "wrong"}),
    "denied-token": None,
}
# Names whose blobs are elsewhere; %s is HOST:PORT of the other server
REDIRECTS = {
    "away": "http://%s/v2/good/blobs/",
    "token-away": "http://%s/v2/good/blobs/",
    "to-file": "file:///etc/passwd#",
    "relative": "/v2/good/blobs/",
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def note(self):
        with self.server.lock:
            self.server.log.write("%s %s %s\n" % (
                self.server.role, self.path,
                self.headers.get("Authorization", "-")))
            self.server.log.flush()

    def answer(self, status, body=b"", length=None, **headers):
        self.send_response(status)
        self.send_header("Content-Length",
                         len(body) if length is None else length)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        if length is not None:
            self.close_connection = True

    def do_GET(self):
        self.note()
        url = urllib.parse.urlsplit(self.path)
        parts = url.path.split("/")
        if url.path == "/token":
            return self.token(urllib.parse.parse_qs(url.query))
        if len(parts) != 5 or parts[1] != "v2":
            return self.answer(404)
        _, _, name, kind, what = parts
        if not self.may(name, kind):
            return None
        if kind == "manifests":
            return self.manifest(name, what)
        return self.blob(name, what)

    def may(self, name, kind):
        """Whether the request is to be served; if not, it was answered."""
        if name in STATUSES:
            self.answer(STATUSES[name])
        elif name == "silent":
            self.server.stop.wait(30)
            self.close_connection = True
        elif name == "hangs-up":
            self.close_connection = True
        elif name == "basic":
            self.answer(401, WWW_Authenticate='Basic realm="x"')
        elif name in TOKENS and not self.has_token(name, kind):
            self.answer(401, WWW_Authenticate=(
                'Bearer realm="http://127.0.0.1:%d/token",service="bad, or '
                'worse",scope="repository:%s:pull"'
                % (self.server.server_address[1], name)))
        else:
            return True
        return False

    def has_token(self, name, kind):
        if name == "expiring" and kind == "blobs" and not self.server.renewed:
            return False
        return self.headers.get("Authorization") == "Bearer secret-token"

    def token(self, query):
        name = query["scope"][0].split(":")[1]
        if query["service"][0] != "bad, or worse" or not TOKENS[name]:
            return self.answer(401)
        self.server.n_tokens += 1
        self.server.renewed = self.server.n_tokens > 1
        return self.answer(200, TOKENS[name])

    def manifest(self, name, what):
        if what in MANIFESTS_BY_DIGEST:
            return self.answer(200, MANIFESTS_BY_DIGEST[what])
        body = MANIFEST_TEXTS.get(name)
        if body is None:
            body = dumps(MANIFESTS.get(name, manifest()))
        if name == "huge":
            return self.zeros(2048)
        if name == "cut-manifest":
            return self.answer(200, body[:100], len(body))
        if name == "other-manifest":
            return self.answer(200, body,
                               Docker_Content_Digest="sha256:" + "1" * 64)
        if name == "many-headers":
            return self.answer(200, body, **{"X-%d" % i: "a" * 1000
                                             for i in range(90)})
        return self.answer(200, body)

    def zeros(self, mib):
        """So many MiB of zeros."""
        self.send_response(200)
        self.send_header("Content-Length", mib * MIB)
        self.end_headers()
        self.close_connection = True
        try:
            for _ in range(mib):
                self.wfile.write(bytes(MIB))
        except (BrokenPipeError, ConnectionResetError):
            pass

    def blob(self, name, what):
        body = BLOBS.get(what)
        if body is None:
            return self.answer(404)
        if name in REDIRECTS and self.server.role == "registry":
            place = REDIRECTS[name]
            if "%s" in place:
                place = place % self.server.other
            return self.answer(307, Location=place + what)
        if name == "loop":
            return self.answer(302, Location=self.path)
        if what != digest(LAYER):
            return self.answer(200, body)
        if name == "tampered":
            return self.answer(200, b"X" + body[1:])
        if name == "cut":
            return self.answer(200, body[:500000], len(body))
        if name == "short":
            return self.answer(200, body[:500000])
        if name == "long":
            return self.zeros(2048)
        if name == "stalls":
            self.answer(200, body[:500000], len(body))
            self.wfile.flush()
            return self.server.stop.wait(30)
        return self.answer(200, body)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    lock = threading.Lock()
    stop = threading.Event()
    n_tokens = 0
    renewed = False

    def __init__(self, role, log):
        super().__init__(("127.0.0.1", 0), Handler)
        self.role = role
        self.log = log


class Socks(socketserver.StreamRequestHandler):
    """Version 4a or 5, with names; all of them lead to the registry."""

    def handle(self):
        if self.rfile.read(1) == b"\5":
            self.rfile.read(self.rfile.read(1)[0])
            self.wfile.write(b"\5\0")
            self.rfile.read(4)
            name = self.rfile.read(self.rfile.read(1)[0])
            self.rfile.read(2)
            self.wfile.write(b"\5\0\0\1\0\0\0\0\0\0")
        else:
            self.rfile.read(7)
            self.until_nul()
            name = self.until_nul()
            self.wfile.write(b"\0\x5a\0\0\0\0\0\0")
        with self.server.registry.lock:
            self.server.registry.log.write("socks %s -\n" % name.decode())
        with socket.create_connection(
                self.server.registry.server_address) as to:
            threading.Thread(target=self.copy, daemon=True,
                             args=(self.connection, to)).start()
            self.copy(to, self.connection)

    def until_nul(self):
        text = b""
        while not text.endswith(b"\0"):
            text += self.rfile.read(1)
        return text[:-1]

    @staticmethod
    def copy(source, to):
        try:
            while True:
                data = source.recv(65536)
                if not data:
                    break
                to.sendall(data)
            to.shutdown(socket.SHUT_WR)
        except OSError:
            pass


class SocksServer(socketserver.ThreadingTCPServer):
    daemon_threads = True


def main():
    log = open(sys.argv[2], "w")
    registry, other = Server("registry", log), Server("other", log)
    registry.other = "127.0.0.1:%d" % other.server_address[1]
    socks = SocksServer(("127.0.0.1", 0), Socks)
    socks.registry = registry
    for arg in sys.argv[3:]:
        if arg.startswith("--tls="):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(arg[6:])
            registry.socket = context.wrap_socket(registry.socket,
                                                  server_side=True)
    servers = registry, other, socks
    for server in servers[1:]:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    with open(sys.argv[1], "w") as ports:
        ports.write("%d %d %d\n" % tuple(s.server_address[1] for s in servers))
    registry.serve_forever()


main()
