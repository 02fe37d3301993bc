"""Asking as a Django application."""

from django.apps import AppConfig


class Asking(AppConfig):
    """The tables of what bodies are asked and what they send."""

    name = "opencompact.asking"
    label = "asking"
    verbose_name = "Asking"
