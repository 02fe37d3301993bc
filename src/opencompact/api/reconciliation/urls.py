"""Addresses of the reconciliation service, below /api/v1/."""

from django.urls import path, re_path

from opencompact.api.reconciliation import views

urlpatterns = [
    re_path(r"^reconcile/?$", views.endpoint),
    path("reconcile/suggest/entity", views.suggest_entity),
    path("reconcile/suggest/type", views.suggest_type),
    path("reconcile/suggest/property", views.suggest_property),
    path("reconcile/properties", views.properties),
    path("reconcile/view/<path:name>", views.view),
    path("reconcile/preview/<path:name>", views.preview),
]
