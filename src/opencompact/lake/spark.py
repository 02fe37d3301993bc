"""The engine of more than one machine: Spark reads the lake's own Parquet parts, answers the SELECTs of cards, and spreads work over its workers."""

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from opencompact.lake import Tables
from opencompact.lake.dialect import Macro, read_macro, translated
from opencompact.lake.engine import CannotRun
from opencompact.shapes.shape import Shape

Given = TypeVar("Given")
Portion = TypeVar("Portion")
Result = TypeVar("Result")

HERE = "127.0.0.1"
_FAULTS = (PySparkException, Py4JError)
_TYPES = {"VARCHAR": "STRING", "TIMESTAMP": "TIMESTAMP_NTZ"}  # the others are called the same
# What a SELECT may give: what Python gets from DuckDB as the same number, word or day.
_GIVEN = ("string", "bigint", "int", "double", "date", "boolean", "decimal", "array<bigint>", "array<int>", "array<string>", "void")


class NoCluster(RuntimeError):
    """Spark does not start; the message says what to look at."""


class Cluster:
    """Spark's workers, and a reader of any lake over them. Every worker must reach the lake's folder under the same path."""

    def __init__(self, session: SparkSession) -> None:
        self._session = session

    @property
    def workers(self) -> int:
        """How many tasks run side by side."""
        return self._session.sparkContext.defaultParallelism

    def connect(self, tables: Tables) -> "SparkReader":
        """A reader over the tables as they stand now."""
        return SparkReader(self._session.newSession(), tables.shapes, tables.files())

    def spread(self, work: Callable[[Given, Portion], Result], portions: Sequence[Portion], *, given: Given) -> list[Result]:
        """What `work` gives for each portion, in order, a task for each; every worker gets `given` once and keeps it between portions.

        Raises CannotRun where a worker failed at it as often as Spark tries.
        """
        held = self._session.sparkContext.broadcast(given)
        try:
            with _said():
                return self._session.sparkContext.parallelize(portions, max(len(portions), 1)).map(lambda portion: work(held.value, portion)).collect()
        finally:
            held.destroy()


class SparkReader:
    """Answers SELECTs written for DuckDB over the parts of a lake that were in force, or put, when it was made."""

    def __init__(self, session: SparkSession, shapes: Mapping[str, Shape], files: Mapping[str, tuple[Path, ...]]) -> None:
        self._session = session
        self._shapes = shapes
        self._files = files
        self._floats = {table: [column.name for column in shapes[table].columns if column.type == "DOUBLE"] for table in files}
        self._macros: dict[str, Macro] = {}
        self._seen: set[str] = set()

    def execute(self, query: str, parameters: None = None, /) -> "SparkAnswer":
        """The rows of a SELECT, found when they are fetched; a `CREATE TEMP MACRO` is known from now on. Raises CannotRun."""
        if parameters:
            raise CannotRun(f"found {len(parameters)} parameters; expected a SELECT without.")
        if macro := read_macro(query):
            self._macros[macro[0]] = macro[1]
            return SparkAnswer(None)
        select = translated(query, macros=self._macros, tables=self._floats)
        for table in select.tables - self._seen:
            self._read(table)
        with _said():
            return SparkAnswer(self._session.sql(select.sql))

    def close(self) -> None:
        """Forget the tables; Spark itself runs on."""
        for table in self._seen:
            self._session.catalog.dropTempView(table)
        self._seen.clear()

    def _read(self, table: str) -> None:
        columns = ", ".join(f"`{column.name}` {_TYPES.get(column.type, column.type)}" for column in self._shapes[table].columns)
        files = [path.as_uri() for path in self._files[table]]
        rows = self._session.read.schema(columns).parquet(*files) if files else self._session.createDataFrame([], columns)
        rows.createOrReplaceTempView(table)
        self._seen.add(table)


class SparkAnswer:
    """The rows of one SELECT; none of what is no SELECT."""

    def __init__(self, frame: DataFrame | None) -> None:
        self._frame = frame

    @property
    def description(self) -> list[tuple[str, str]]:
        """The name and Spark's type of each column."""
        return self._frame.dtypes if self._frame else []

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Every row; raises CannotRun."""
        for name, kind in self.description:
            if kind.split("(")[0] not in _GIVEN:
                raise CannotRun(f"found column {name} of Spark's type {kind}; expected a number, a text, a day or a list of them.")
        with _said():
            return [tuple(row) for row in self._frame.collect()] if self._frame else []


@contextmanager
def cluster(*, master: str, address: str = HERE) -> Iterator[Cluster]:
    """A cluster for as long as the block runs: `master` as Spark writes it, `address` where its workers reach this process. Raises NoCluster.

    What else Spark may be told (memory, its secret, its log) is read from its own spark-defaults.conf in the folder SPARK_CONF_DIR.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", address)  # or the workers of a local cluster listen to the network
    builder = SparkSession.builder.master(master).appName("opencompact")
    for name, value in _settings(address).items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (*_FAULTS, OSError) as fault:
        raise NoCluster(f"Spark does not start on {master}: {_reason(fault)} It needs Java 17 or 21, and a master that answers.") from fault
    try:
        yield Cluster(session)
    finally:
        session.stop()


def _settings(address: str) -> dict[str, str]:
    return {
        "spark.driver.host": address,
        "spark.driver.bindAddress": address,
        "spark.log.level": "ERROR",
        "spark.sql.ansi.enabled": "true",  # a sum too large is refused, never wrapped round
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except _FAULTS as fault:
        raise CannotRun(f"Spark says: {_reason(fault)}") from fault


def _reason(fault: Exception) -> str:
    """What a person needs of a fault: what Python said on a worker, else Spark's first line."""
    lines = str(fault).strip().splitlines()
    of_worker = next((line for line in lines if re.match(r"\w+(Error|Exception): ", line)), None)
    of_spark = next((line.lstrip(": ") for line in lines if not line.startswith("An error occurred while calling")), type(fault).__name__)
    return of_worker or of_spark
