"""The site as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from opencompact.registry import load_catalogue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opencompact.settings.web")
application = get_wsgi_application()
# Read once here, so that the first reader does not wait for the catalogue.
load_catalogue()
