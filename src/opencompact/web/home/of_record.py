"""First pages of those who read the record: a charity, a commissioner, a finance analyst, a prime contractor, and anybody."""

from collections.abc import Sequence

from opencompact.web.blocks import Links, Table, Value
from opencompact.web.home import record
from opencompact.web.home.first import Act, First, Whose, are
from opencompact.web.words import path

_SPEND = ("grants-to-voluntary", "grants-to-voluntary-share", "grants-unidentified", "payments-to-voluntary", "payments-to-voluntary-share",
          "payments-unidentified", "contracts-to-voluntary", "contracts-to-voluntary-share", "contracts-unidentified", "publication-coverage")  # fmt: skip
_TENDERS = ("tender-window", "tenders-engaged-early", "tenders-suitable-for-vcse", "contracts-to-voluntary-count", "contracts-ended-without-notice")
_WORTH = ("grants-to-small-voluntary", "payments-to-small-voluntary", "grants-multi-year", "tenders-suitable-for-vcse", "contracts-to-voluntary-share")
_FAIR = ("contracts-to-voluntary", "contracts-to-voluntary-count", "contracts-to-voluntary-share", "payments-to-small-voluntary")
EVERYBODY = "all"


def charity(_: Whose) -> First:
    """The manager of a small charity: is this worth my time, is it safe to complain, will it pay?"""
    asked, bids = record.open_consultations(), record.tenders(suits=True)
    said = [
        "No release is made yet, so nothing that is open can be shown."
        if asked.counted is None or bids.counted is None
        else f"{are(asked.counted, 'consultation is', 'consultations are')} open to answer, and {are(bids.counted, 'tender is', 'tenders are')} said to suit "
        "charities.",
        "Worth it? The figures below say what small charities got. Safe? You can challenge a page without an account, and no name is asked for.",
    ]
    acts: list[Act] = [
        ("/consultations/", "Find a consultation to answer", ""),
        ("/contracts/processes/", "Find a tender", "with how long there is to bid"),
        ("/challenge/", "Say what is wrong on a page", "no account; an address only if you want to be told"),
    ]
    figures = record.figures("Will it pay? What small and voluntary organisations got, of every body", EVERYBODY, _WORTH)
    return First("Is this worth my time, is it safe to complain, will it pay?", said, acts, [asked.table, bids.table, figures])


def commissioner(whose: Whose) -> First:
    """A commissioner: will this tender work and stand up?"""
    ours, like_it = record.tenders(bodies=whose.bodies or ("none",), suits=False), record.tenders(suits=True)
    said = [
        "No release is made yet, so no tender can be looked at."
        if ours.counted is None
        else f"{are(ours.counted, 'tender', 'tenders')} of {whose.called} stood open on the day of the release; of every body, "
        f"{like_it.counted or 0:,} were said to suit charities."
    ]
    acts: list[Act] = [(f"/bodies/{path(body)}/", f"What the record shows of {whose.names.get(body, body)}", "") for body in whose.bodies]
    acts += [("/contracts/processes/", "How long others give to bid", ""), ("/spend/", "Who is paid in the market", "")]
    return First("Will this tender work and stand up?", said, acts, [ours.table, *_ours(whose, "Our tenders", _TENDERS), like_it.table])


def analyst(whose: Whose) -> First:
    """A finance analyst, or a reviewer of names: what did we spend with the voluntary sector?"""
    said = [
        f"For {whose.called} the record holds the figures below. What could not be identified is a figure of its own, and not nought.",
        "Payments under the threshold of publication are absent, so small charities are undercounted.",
    ]
    acts: list[Act] = [("/spend/", "Money by year and size", "with its rows"), ("/organisations/", "Whose name is this?", ""),
                       ("/returns/", "The data return", ""), ("/files/", "Which of our files were read", "")]  # fmt: skip
    return First("What did we spend with the voluntary sector?", said, acts, _ours(whose, "Our money", _SPEND))


def prime(_: Whose) -> First:
    """A prime contractor: can I show fairness?"""
    said = [
        "Not from this record alone. It holds what was awarded; what a prime contractor passes on, and when it pays, no public file we read says.",
        "What stands below is the market as published, to set your own figures beside.",
    ]
    acts: list[Act] = [("/contracts/processes/", "Contracts that say part will be subcontracted", ""), ("/ledger/", "What was promised on supply chains", "")]
    return First("Can I show fairness?", said, acts, [record.figures("Contracts with the voluntary sector, of every body", EVERYBODY, _FAIR)])


def _ours(whose: Whose, caption: str, indicators: Sequence[str]) -> list[Table]:
    bodies = whose.bodies or (EVERYBODY,)
    return [record.figures(f"{caption}: {whose.names.get(body, 'every body')}", body, indicators) for body in bodies]


# What each role finds here: who it is, its first question, and what answers it.
FOUND_HERE = (
    ("Department lead", "What will embarrass us this quarter?", "what is owed and late, short and unanswered consultations, fundings ended on short notice"),
    ("Senior officer, minister's office", "Are our commitments on track?", "the body's card, what slipped, unexplained verdicts, the quarter's brief"),
    ("Central team", "Who has not replied, and who is slipping?", "silence, overdue commitments and vacant posts by body; the next meeting"),
    ("Sector body", "What are members hurt by, and can we prove it?", "issues by the returns, stalled announcements, short consultations"),
    ("Manager of a small charity", "Is this worth my time, is it safe, will it pay?", "consultations and tenders open, what small charities got"),
    ("Commissioner", "Will this tender work and stand up?", "the body's tenders, how long others give, which suit charities"),
    ("Finance analyst", "What did we spend with the voluntary sector?", "grants, contracts and payments, and what could not be identified"),
    ("Prime contractor", "Can I show fairness?", "the market as published, and what the record does not hold"),
    ("Auditor, researcher, journalist", "Can I recompute this?", "releases with checksums, methods, files; verdicts and claims to check"),
)


def anybody(_: Whose) -> First:
    """Somebody who is not signed in: what each role finds here, and what anybody can do without an account."""
    said_of_release, links = record.recomputing()
    rows: list[tuple[Value, ...]] = [tuple(line) for line in FOUND_HERE]
    table = Table("What each finds here", ("Who", "First question", "What answers it"), rows, "")
    acts: list[Act] = [
        ("/account/login/", "Sign in", "people are invited by the central team"),
        ("/ledger/", "Read the ledger", "who promised what, and what became of it"),
        ("/silence/", "See who did not answer", "silence is published"),
        ("/office/brief/", "Read the quarter's brief", "two pages, also as PDF"),
        ("/roles/", "Who may do what", "the whole table"),
    ]
    first = "Nine kinds of people work here, each with a first question. Without an account you can read all that is public, and challenge it."
    return First("What would you find here?", [first, said_of_release], acts, [table, Links(links, "Can I recompute this?")])
