import os
import shutil
import sys

import pytest
from pyspark import SparkContext

from opencompact.cli import Refused, run
from opencompact.cli._engine import engine_of, workers
from opencompact.lake.engine import one_machine


def test_one_machine_needs_no_cluster():
    with workers("duckdb") as cluster:
        assert cluster is None
    assert engine_of(None) is one_machine


def test_extra_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.delitem(sys.modules, "opencompact.lake.spark", raising=False)
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with (
        pytest.raises(Refused, match=r"the Python package pyspark\.errors is missing\. Install the extra: pip install 'opencompact\[spark\]'\."),
        workers("spark"),
    ):
        pass


def test_setting_chooses_the_engine_and_another_word_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENCOMPACT_ENGINE", "abacus")
    code, message = run(["indicators", "measure", "--workspace", str(tmp_path)])
    assert code == 2
    assert "'abacus' is not one of 'duckdb', 'spark'" in message


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning", "ignore:subprocess:ResourceWarning")  # of PySpark's own starter
def test_machine_without_java_is_told_what_is_needed(tmp_path, monkeypatch):
    """The programs Spark's starter needs are there, Java is not."""
    for program in ("bash", "dirname", "basename", "cat", "uname", "ps", "grep", "sed", "ls"):
        (tmp_path / program).symlink_to(shutil.which(program) or "/bin/true")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    for kept in ("_gateway", "_jvm"):  # of a Java that an earlier test may have started
        monkeypatch.setattr(SparkContext, kept, None)
    with pytest.raises(Refused, match=r"Spark does not start on local\[\*\]: .* It needs Java 17 or 21, and a master that answers\."), workers("spark"):
        pass
    assert os.environ["PATH"] == str(tmp_path)
