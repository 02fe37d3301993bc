"""Addresses of the audit trail."""

from django.urls import path

from opencompact.web.audit import views

urlpatterns = [path("trail/", views.trail), path("trail/heads.atom", views.heads_feed), path("trail/events/", views.events)]
