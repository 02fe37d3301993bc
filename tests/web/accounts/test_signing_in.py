"""The pages and mails of signing in: in our own words, without an offer to sign up, and the same to whoever has an account and whoever has none."""

import gettext
import re
from io import BytesIO
from pathlib import Path

import allauth
import django.contrib.auth
import polib
import pytest
from django.conf import settings
from django.core import mail
from django.urls import URLPattern, get_resolver, reverse
from tests.office import account, client
from tests.web.reading import raw, words

pytestmark = pytest.mark.django_db
PASSPHRASE = "an invented passphrase"
OURS = Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES" / "django"


def lead():
    """A browser of somebody who has a passphrase."""
    somebody = account("lead")
    somebody.set_password(PASSPHRASE)
    somebody.save()
    return client("lead")


def library(name: str) -> list[str]:
    """The addresses of the sign-in library without a part to fill in."""
    found = [each.name for each in get_resolver().url_patterns for each in getattr(each, "url_patterns", [each]) for each in _flat(each)]
    return sorted(each for each in found if each and each.startswith(name))


def _flat(pattern) -> list[URLPattern]:
    return [each for one in pattern.url_patterns for each in _flat(one)] if hasattr(pattern, "url_patterns") else [pattern]


def pages() -> list[str]:
    named = (*library("account_"), *library("mfa_"))
    return [reverse(name) for name in named if not any(each in name for each in ("confirm_email", "from_key", "remove_webauthn", "edit_webauthn"))]


def without_token(response) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", raw(response))


def test_the_words_are_those_that_django_reads() -> None:
    written, read = polib.pofile(f"{OURS}.po"), gettext.GNUTranslations(BytesIO(Path(f"{OURS}.mo").read_bytes()))
    assert len(written) > 50
    for entry in written:
        said = entry.msgstr or [entry.msgstr_plural[number] for number in (0, 1)]
        assert said == ([read.ngettext(entry.msgid, entry.msgid_plural, many) for many in (1, 2)] if entry.msgid_plural else read.gettext(entry.msgid))


def test_what_is_put_in_our_words_is_said_by_the_library_with_the_same_parts() -> None:
    folders = [Path(each.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po" for each in (allauth, django.contrib.auth)]
    known = {entry.msgid for folder in folders for entry in polib.pofile(str(folder))}
    for entry in polib.pofile(f"{OURS}.po"):
        assert entry.msgid in known, entry.msgid
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            assert set(re.findall(r"%\(\w+\)s|%d", text)) <= set(re.findall(r"%\(\w+\)s|%d", entry.msgid)), text


@pytest.mark.parametrize("role", ["", "lead"])
def test_every_page_opens_and_none_speaks_of_signing_up_or_of_passwords(role: str) -> None:
    browser, opened = lead() if role else client(), 0
    assert len(pages()) > 15
    for address in pages():
        response = browser.get(address)
        assert response.status_code in (200, 302, 404), address
        opened += response.status_code == 200
        assert not re.search(r"sign ?up|password", words(response), re.IGNORECASE), address
    assert opened >= 5


def test_signing_in_leads_to_a_new_passphrase_and_keeps_where_one_was_going() -> None:
    page = raw(client().get("/account/login/?next=/ledger/"))
    assert ('href="/account/password/reset/"' in page, 'value="/ledger/"' in page, 'id="id_password_helptext"' in page) == (True, True, True)
    assert "Accounts are by invitation." in page


def test_a_wrong_address_and_a_wrong_passphrase_are_answered_alike() -> None:
    lead()
    said = [
        without_token(client().post("/account/login/", {"login": address, "password": "an invented guess"})).replace(address, "")
        for address in ("lead.any@sample.invalid", "nobody@sample.invalid")
    ]
    assert said[0] == said[1]
    assert "do not go together" in said[0]


def test_a_new_passphrase_is_sent_to_those_who_have_an_account_and_the_page_does_not_tell() -> None:
    lead()
    said = [
        without_token(client().post("/account/password/reset/", {"email": each}, follow=True)) for each in ("lead.any@sample.invalid", "nobody@sample.invalid")
    ]
    assert (said[0], "If there is an account with this address" in said[0]) == (said[1], True)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, settings.PASSWORD_RESET_TIMEOUT) == (["lead.any@sample.invalid"], "OpenCompact: A new passphrase", 3 * 24 * 3600)
    assert "for three days" in sent.body
    link = re.search(r"/account/password/reset/key/\S+", sent.body)
    browser = client()
    form = browser.get(link[0], follow=True)
    assert "New passphrase again" in words(form)
    given = {"password1": "another invented passphrase", "password2": "another invented passphrase"}
    done = browser.post(form.request["PATH_INFO"], given, follow=True)
    assert "Your passphrase is changed. Sign in with the new one." in words(done)
    assert "This link does not work any more" in words(client().get(link[0], follow=True))


def test_a_field_that_is_wrong_says_so_beside_it_and_is_described_by_it() -> None:
    browser = lead()
    page = raw(browser.post("/account/password/change/", {"oldpassword": PASSPHRASE, "password1": "short", "password2": "short"}))
    assert 'id="id_password1_error"' in page
    assert "It needs at least 14 characters" in page
    described = re.search(r'<input[^>]*name="password1"[^>]*aria-describedby="([^"]+)"', page)
    assert described
    assert all(f'id="{each}"' in page for each in described[1].split())


@pytest.mark.parametrize("address", ["/account/confirm-email/", "/account/confirm-email/x-y/", "/account/email/"])
def test_an_address_is_proved_by_its_invitation_alone(address: str) -> None:
    response = client("lead").get(address)
    assert (response.status_code, "keeps the e-mail address it was invited by" in words(response)) == (404, True)
