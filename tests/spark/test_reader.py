"""What the cluster's reader refuses, and how."""

from contextlib import closing
from operator import truediv

import msgspec
import pytest
from pyspark.sql import SparkSession

from opencompact.judgement.actions import measures
from opencompact.judgement.rules.measuring import BadMeasure
from opencompact.lake.engine import CannotRun
from opencompact.registry import load_catalogue

CARDS = load_catalogue().indicators


@pytest.fixture
def reader(cluster, lake):
    with closing(cluster.connect(lake)) as con:
        yield con


def test_cluster_is_two_workers_that_listen_to_this_machine_alone(cluster):
    context = SparkSession.getActiveSession().sparkContext
    workers = context._jsc.sc().statusTracker().getExecutorInfos()
    assert cluster.workers == 2
    assert {worker.host() for worker in workers} == {"127.0.0.1"}
    assert context.uiWebUrl is None


def test_columns_are_known_before_any_row_is_looked_at(reader):
    answer = reader.execute("SELECT body, count(*) AS n, sum(amount) AS money FROM payments GROUP BY ALL LIMIT 0")
    assert answer.description == [("body", "string"), ("n", "bigint"), ("money", "decimal(28,2)")]
    assert answer.fetchall() == []


def test_money_beyond_all_bounds_is_refused_not_wrapped(reader):
    with pytest.raises(CannotRun, match="Spark says: "):
        reader.execute("SELECT sum(source_row * 9000000000000000000) AS money FROM payments").fetchall()


def test_days_apart_are_asked_for_by_their_word(reader):
    with pytest.raises(CannotRun, match="found column days of Spark's type interval day; expected a number"):
        reader.execute("SELECT closed_on - opened_on AS days FROM consultations").fetchall()


def test_column_nobody_has_is_named(reader):
    with pytest.raises(CannotRun, match="colour"):
        reader.execute("SELECT colour FROM payments")


def test_parameters_are_refused(reader):
    with pytest.raises(CannotRun, match="found 1 parameters"):
        reader.execute("SELECT body FROM payments", ["sample"])


def test_files_and_javas_own_functions_are_out_of_reach(reader):
    for select in ("SELECT * FROM 'secret.csv'", "SELECT * FROM read_text('/etc/hostname')", "SELECT reflect('java.lang.System', 'exit', 0) AS body"):
        with pytest.raises(CannotRun):
            reader.execute(select)


def test_card_that_cannot_run_is_named_with_what_to_do(cluster, lake):
    card = msgspec.structs.replace(CARDS["payments-to-voluntary"], sql="SELECT body, 'all' AS period, median(amount) AS value FROM payments GROUP BY ALL")
    with pytest.raises(BadMeasure, match=r"Indicator payments-to-voluntary, measure\.sql, on Spark: found MEDIAN\(amount\).* leave out --engine spark\."):
        list(measures(lake, cards=[card], engine=cluster.connect))


def test_worker_that_fails_is_told_in_its_own_words(cluster):
    with pytest.raises(CannotRun, match=r"^Spark says: ZeroDivisionError: "):
        cluster.spread(truediv, [0], given=1)


def test_answers_come_in_the_order_of_the_portions_and_none_for_none(cluster):
    assert cluster.spread(truediv, [4, 2, 1], given=8) == [2, 4, 8]
    assert cluster.spread(truediv, [], given=8) == []
