"""Accounts as a Django application."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """The tables of people who sign in."""

    name = "opencompact.accounts"
    label = "accounts"
    verbose_name = "Accounts"
