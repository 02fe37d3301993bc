"""One Spark for all of these tests: a local cluster of two workers, each a process of its own, over an invented lake."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyspark
import pytest
from pyspark.sql import SparkSession
from tests.spark.invented import invented_lake

from opencompact.cli._engine import workers
from opencompact.lake import Lake
from opencompact.lake.spark import Cluster

# For a lake of a few hundred rows: code runs as it stands, not compiled for speed; rows go to 2 heaps, not 200; what fails is not tried again.
QUICK = """
spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
spark.executor.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
spark.sql.adaptive.enabled false
spark.sql.codegen.factoryMode NO_CODEGEN
spark.sql.codegen.wholeStage false
spark.sql.shuffle.partitions 2
spark.task.maxFailures 1
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """PySpark leaves the socket it reads an answer from to be closed by Python."""
    for item in items:
        if "tests/spark/" in item.path.as_posix():
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"))


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The cluster, as the command opens it when the setting says so."""
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("There is no Java on this machine; `make test` installs it.")
    folder = tmp_path_factory.mktemp("spark")
    (folder / "spark-defaults.conf").write_text(QUICK)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(folder))
        patch.setenv("OPENCOMPACT_SPARK_MASTER", "local-cluster[2,1,1024]")
        with workers("spark") as held:
            assert held is not None
            application = SparkSession.getActiveSession().sparkContext.applicationId
            yield held
    shutil.rmtree(Path(pyspark.__file__).parent / "work" / application, ignore_errors=True)  # where a local cluster keeps its logs, and no setting moves it


@pytest.fixture(scope="session")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """Every table an indicator needs, with a few hundred rows of every sort."""
    return invented_lake(tmp_path_factory.mktemp("lake"))
