"""Addresses of organisations."""

from django.urls import path

from opencompact.web.organisations import views

urlpatterns = [path("organisations/", views.organisations), path("organisations/<path:organisation_id>/", views.organisation)]
