"""The room `judgement` as a Django application."""

from django.apps import AppConfig


class Judgement(AppConfig):
    """Its tables."""

    name = "opencompact.judgement"
    label = "judgement"
    verbose_name = "Judgement"
