"""Which engine does the counting and matching: this machine, or a cluster, by one setting."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from opencompact.cli import Refused

if TYPE_CHECKING:
    from opencompact.lake.engine import Engine
    from opencompact.lake.spark import Cluster

DUCKDB, SPARK = "duckdb", "spark"
ENGINE = click.option(
    "--engine",
    type=click.Choice([DUCKDB, SPARK]),
    default=DUCKDB,
    show_default=True,
    envvar="OPENCOMPACT_ENGINE",
    show_envvar=True,
    help="What counts and matches: this machine, or the Spark cluster of OPENCOMPACT_SPARK_MASTER. Both give the same.",
)


@contextmanager
def workers(engine: str) -> Iterator["Cluster | None"]:
    """The cluster for as long as the block runs; None where this machine does it alone. Raises Refused where Spark cannot be had."""
    if engine == DUCKDB:
        yield None
        return
    from opencompact.lake.engine import CannotRun

    try:
        from opencompact.lake.spark import HERE, NoCluster, cluster
    except ImportError as fault:
        raise Refused(f"--engine spark: the Python package {fault.name} is missing. Install the extra: pip install 'opencompact[spark]'.") from fault
    try:
        with cluster(master=os.environ.get("OPENCOMPACT_SPARK_MASTER", "local[*]"), address=os.environ.get("OPENCOMPACT_SPARK_ADDRESS", HERE)) as held:
            yield held
    except (NoCluster, CannotRun) as refusal:
        raise Refused(str(refusal)) from refusal


def engine_of(cluster: "Cluster | None") -> "Engine":
    """What answers the SELECTs of cards."""
    from opencompact.lake.engine import one_machine

    return cluster.connect if cluster else one_machine
