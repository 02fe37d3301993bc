import pytest

from opencompact.fetching.asking import host_in_words, is_public, joined, same_host

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
