import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest
from tests.judgement.tiny_lake import tiny_lake

from opencompact.cli import Refused, run
from opencompact.cli._engine import engine_of, workers
from opencompact.lake.engine import one_machine
from opencompact.lake.spark import NoCluster


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


def test_cluster_that_does_not_start_is_told_to_a_person(monkeypatch):
    @contextmanager
    def broken(**_):
        raise NoCluster("Spark does not start on sample.")
        yield

    monkeypatch.setattr("opencompact.lake.spark.cluster", broken)
    with pytest.raises(Refused, match=r"^Spark does not start on sample\.$"), workers("spark"):
        pass


def test_machine_without_java_is_told_what_is_needed(tmp_path):
    """A process of its own; the programs that Spark's starter needs are on its path, Java is not."""
    for program in ("bash", "dirname", "basename", "cat", "uname", "ps", "grep", "sed", "ls"):
        (tmp_path / program).symlink_to(shutil.which(program) or "/bin/true")
    with tiny_lake(tmp_path / "lake", {"measures": []}):
        pass
    asked = [sys.executable, "-m", "opencompact.cli", "indicators", "measure", "--workspace", str(tmp_path), "--engine", "spark"]
    environment = {name: value for name, value in os.environ.items() if name != "JAVA_HOME" and not name.startswith("OPENCOMPACT_")} | {"PATH": str(tmp_path)}
    done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert re.search(r"^Spark does not start on local\[\*\]: .* It needs Java 17 or 21, and a master that answers\.$", done.stderr, re.MULTILINE)
    assert "Traceback" not in done.stderr
