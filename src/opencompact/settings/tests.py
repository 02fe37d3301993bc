"""Settings of the tests: the site's own, in a workspace that is thrown away."""

import atexit
import os
import shutil
import tempfile

os.environ["OPENCOMPACT_WORKSPACE"] = tempfile.mkdtemp(prefix="opencompact-tests-")
atexit.register(shutil.rmtree, os.environ["OPENCOMPACT_WORKSPACE"], ignore_errors=True)

from opencompact.settings.web import *  # noqa: E402, F403, TID251  the site's settings, read once the workspace is named

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # invented passphrases alone; the site's own takes half a second each
