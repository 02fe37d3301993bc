"""A published draw made again from the command line."""

import json
from datetime import date

import pytest

from opencompact.cli import BAD_INPUT, USAGE, run
from opencompact.convening.queries.roundtables_profiles import profiles
from opencompact.convening.rules.draw import Candidate, Quota, draw
from opencompact.convening.rules.draw_file import checksum, pool_file
from opencompact.convening.rules.draw_words import quotas_of

POOL = [Candidate(f"{n:08}", {"size_band": ("micro", "small")[n % 2], "role": "user-led"}, date(2030, 1, 1 + n % 9) if n % 3 else None) for n in range(40)]


@pytest.fixture
def again(tmp_path, capsys):
    file = tmp_path / "pool.csv"
    file.write_text(pool_file(POOL))

    def ask(*arguments, text: str | None = None):
        if text is not None:
            file.write_bytes(text.encode("utf-16" if text == "odd" else "utf-8"))
        code, message = run(["roundtables", "draw", str(file), "--seats", "10", "--seed", "2031", *arguments])
        return code, capsys.readouterr().out, message

    return ask


def test_draw_again_gives_the_same_places_and_the_checksum(again) -> None:
    code, out, _ = again("--profile", "small-bodies", "--json")
    drawn = draw(POOL, quotas_of(profiles()["small-bodies"], 10), seats=10, seed=2031)
    assert (code, json.loads(out)) == (0, {"sha256": checksum(pool_file(POOL)), "places": list(drawn.names), "missed": []})


def test_draw_again_anew_keeps_and_leaves_out_whom_it_is_told(again) -> None:
    _, out, _ = again("--profile", "small-bodies", "--json", "--keep", "00000001", "--without", "00000000")
    places = json.loads(out)["places"]
    assert ("00000001" in places, "00000000" in places) == (True, False)


def test_draw_again_in_words(again) -> None:
    _, out, _ = again("--profile", "small-bodies")
    lines = out.splitlines()
    assert (lines[0], len(lines), lines[-1]) == (f"SHA-256 of the pool: {checksum(pool_file(POOL))}", 12, "Everything that is wanted is met.")


def test_draw_again_says_what_could_not_be_met(again) -> None:
    _, out, _ = again("--profile", "one-place")
    assert "Role: Frontline: 5 fewer than the 5 wanted at least: the pool has only 0." in out.splitlines()


def test_draw_again_by_the_file_of_what_was_wanted(again, tmp_path) -> None:
    file = tmp_path / "wanted.csv"
    file.write_text("attribute,value,least,most,weight\nsize_band,micro,3,4,2\n", encoding="utf-8-sig")
    _, out, _ = again("--wanted", str(file), "--json")
    assert json.loads(out)["places"] == list(draw(POOL, (Quota("size_band", "micro", 3, 4, 2),), seats=10, seed=2031).names)


@pytest.mark.parametrize("arguments", [(), ("--profile", "one-place", "--wanted", __file__)])
def test_draw_again_asks_for_one_of_the_two(again, arguments) -> None:
    code, _, message = again(*arguments)
    assert (code, message[:34]) == (USAGE, "Give either --wanted or --profile.")


@pytest.mark.parametrize(
    ("arguments", "text", "said"),
    [
        (("--profile", "none-such"), None, "Found the profile 'none-such'; expected one of: whole-country,"),
        (("--profile", "one-place"), "name\n", "Row 1: found name; expected number,"),
        (("--profile", "one-place"), "odd", "can't decode byte"),
        (("--wanted", __file__), None, "expected attribute,value,least,most,weight."),
    ],
)
def test_draw_again_of_what_cannot_be_drawn_is_refused_in_words(again, arguments, text, said) -> None:
    code, _, message = again(*arguments, text=text)
    assert (code, said in message) == (BAD_INPUT, True)
