"""Every indicator gives on two workers what it gives on one machine: each numerator, denominator, sum, share, list and coverage, to the last bit."""

from contextlib import closing

import pytest

from opencompact.judgement.actions import measures, select_rows
from opencompact.judgement.rules.measuring import FUNCTIONS
from opencompact.lake import Lake
from opencompact.lake.engine import one_machine
from opencompact.registry import load_catalogue

CARDS = load_catalogue().indicators


def selected(engine, lake, card):
    """What the card's SELECT gives before anything is hidden for being too few, lists in rising order."""
    with closing(engine(lake)) as con:
        for function in FUNCTIONS:
            con.execute(function)
        rows = select_rows(con, card=card)
    return [{**row, **({"observations": row["observations"] or []} if "observations" in row else {})} for row in rows]


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_indicator_gives_the_same_on_two_workers(cluster, lake, card):
    alone, spread = selected(one_machine, lake, card), selected(cluster.connect, lake, card)
    assert spread == alone
    assert len(alone) > 50
    assert {row["body"] for row in alone} > {"all"}


def test_figures_of_a_change_are_the_same_files(cluster, lake, tmp_path):
    """What is put in the lake does not tell which engine measured it."""
    from opencompact.judgement.actions import put_measures

    cards = [CARDS["payments-to-voluntary-share"], CARDS["response-time"]]
    digests = []
    for folder, engine in ((tmp_path / "alone", one_machine), (tmp_path / "spread", cluster.connect)):
        made = Lake(folder, lake.shapes)
        with made.change() as change:
            for table, files in lake.files().items():
                change.put(table, f"SELECT * FROM read_parquet('{files[0]}')")
            put_measures(change, cards=cards, digest="code", engine=engine)
        digests.append([(part.sha256, part.rows) for part in made.manifest()["measures"]])
    assert digests[0] == digests[1]
    assert all(rows > 50 for _, rows in digests[0])


def test_tables_without_a_row_give_no_figure(cluster, tmp_path):
    card = CARDS["payments-to-voluntary"]
    empty = Lake(tmp_path, load_shapes_of(card))
    with empty.change() as change:
        for table in card.needs:
            change.put_parts(table, [])
        assert list(measures(change, cards=[card], engine=cluster.connect)) == []


def load_shapes_of(card):
    from opencompact.registry import load_shapes

    return {table: load_shapes()[table] for table in card.needs}
