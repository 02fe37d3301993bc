"""The room `promises` as a Django application."""

from django.apps import AppConfig


class Promises(AppConfig):
    """Its tables."""

    name = "opencompact.promises"
    label = "promises"
    verbose_name = "Promises"
