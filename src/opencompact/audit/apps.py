"""The audit trail as a Django application."""

from django.apps import AppConfig


class Audit(AppConfig):
    """The table of events."""

    name = "opencompact.audit"
    label = "audit"
    verbose_name = "Audit trail"
