"""Settings of the public site."""

import os
import subprocess
import sys

from django.core.checks import run_checks

from opencompact.settings.web import secret_key, static_storage  # noqa: TID251  they are what is tested


def test_secret_key_is_made_once_and_its_owners_alone(tmp_path):
    first = secret_key(tmp_path / "new")
    assert (secret_key(tmp_path / "new"), len(first) >= 50) == (first, True)
    assert (tmp_path / "new" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert secret_key(tmp_path / "other") != first


def test_static_names_are_hashed_once_they_are_collected(tmp_path):
    assert static_storage(tmp_path) == "django.contrib.staticfiles.storage.StaticFilesStorage"
    (tmp_path / "staticfiles.json").touch()
    assert static_storage(tmp_path) == "whitenoise.storage.CompressedManifestStaticFilesStorage"


def test_django_finds_nothing_wrong_but_https_which_a_host_sets():
    # security.W004, W008, W011 and W016 ask for https, which OPENCOMPACT_HTTPS=1 turns on.
    assert sorted(warning.id for warning in run_checks(include_deployment_checks=True)) == ["security.W004", "security.W008", "security.W011", "security.W016"]


def test_django_finds_nothing_wrong_where_the_host_has_https(tmp_path):
    given = {**os.environ, "OPENCOMPACT_HTTPS": "1", "OPENCOMPACT_WORKSPACE": str(tmp_path), "DJANGO_SETTINGS_MODULE": "opencompact.settings.web"}
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"], capture_output=True, text=True, env=given, check=False
    )
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (2 silenced).\n"), done.stderr
