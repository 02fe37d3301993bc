"""The room `convening` as a Django application."""

from django.apps import AppConfig


class Convening(AppConfig):
    """Its tables."""

    name = "opencompact.convening"
    label = "convening"
    verbose_name = "Convening"
