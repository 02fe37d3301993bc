"""Addresses of the promises."""

from django.urls import path

from opencompact.web.promises import views

urlpatterns = [
    path("", views.home),
    path("agreements/", views.agreements),
    path("agreements/<slug:agreement>/", views.agreement),
    path("agreements/<slug:agreement>/<path:number>/", views.undertaking),
    path("rule-sets/", views.rule_sets),
]
