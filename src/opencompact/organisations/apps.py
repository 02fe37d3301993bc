"""Organisations as a Django application."""

from django.apps import AppConfig


class Organisations(AppConfig):
    """The tables of the office's bodies."""

    name = "opencompact.organisations"
    label = "organisations"
    verbose_name = "Organisations"
