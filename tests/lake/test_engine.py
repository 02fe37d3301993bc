from contextlib import closing

from tests.judgement.tiny_lake import tiny_lake

from opencompact.lake.engine import one_machine


def test_one_machine_reads_what_a_change_has_put(tmp_path):
    with tiny_lake(tmp_path, {"grants": [{"body": "examples"}]}) as change, closing(one_machine(change)) as con:
        answer = con.execute("SELECT body, count(*) AS n FROM grants GROUP BY ALL")
        assert [column[0] for column in answer.description] == ["body", "n"]
        assert answer.fetchall() == [("examples", 1)]
