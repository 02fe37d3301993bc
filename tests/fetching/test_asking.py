import socketserver
import threading

import pytest
from tests.fakes.moods import after

from opencompact.fetching.asking import Asker, host_in_words, is_public, joined, same_host
from opencompact.fetching.feed import Manners

PAGE = "https://sample.example/a?page=1"


@pytest.mark.parametrize(
    ("link", "same"),
    [
        ("https://sample.example/b", True),
        ("/b", True),
        ("http://sample.example/b", False),
        ("https://SAMPLE.example/b", True),
        ("https://sample.example:8443/b", False),
        ("https://sample.example.elsewhere.example/b", False),
        ("https://user@elsewhere.example/b", False),
        ("//elsewhere.example/b", False),
        ("http://[::1", False),
        ("https://sample.example:none/b", False),
    ],
)
def test_link_stays_with_its_host_or_not(link, same):
    assert same_host(PAGE, link) == same


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://sample.example/a.csv", True),
        ("http://8.8.8.8/a.csv", True),
        ("http://10.0.0.1/a.csv", False),
        ("http://127.1/a.csv", False),
        ("http://2130706433/a.csv", False),
        ("http://[::1]/a.csv", False),
        ("http://localhost/a.csv", False),
        ("http://printer/a.csv", False),
        ("http://box.internal/a.csv", False),
        ("ftp://sample.example/a.csv", False),
        ("/a.csv", False),
    ],
)
def test_address_is_of_the_public_web_or_not(url, public):
    assert is_public(url) == public


def test_link_that_is_no_address_leads_nowhere():
    assert (joined(PAGE, "http://[::1"), host_in_words("http://[::1"), host_in_words(PAGE)) == ("", "no address of the web", "https://sample.example")


class Cutting(socketserver.StreamRequestHandler):
    """Promises more than it sends, and hangs up."""

    def handle(self):
        while self.rfile.readline().strip():
            pass
        self.wfile.write(self.server.answer)


@pytest.mark.parametrize(
    ("answer", "kind", "size"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nid,name\n", "cut_short", 0),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nid,name\n\r\n", "cut_short", 8),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nid,name\n", "cut_short", 0),
        (b"HTTP/1.1", "unreachable", 0),
        (b"", "unreachable", 0),
    ],
)
def test_answer_cut_or_damaged_on_the_way_is_a_fault_of_it(tmp_path, answer, kind, size):
    with socketserver.TCPServer(("127.0.0.1", 0), Cutting) as server:
        server.answer = answer
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        with Asker(agent="OpenCompact/test", clock=after("2031-07-02").clock) as asker:
            landed = asker.ask(f"http://127.0.0.1:{server.server_address[1]}/a.csv", folder=tmp_path, manners=Manners(), headers={})
        thread.join()
    assert (landed.fault.kind, landed.size, landed.status) == (kind, size, 200 if kind == "cut_short" else None)
