"""Addresses of what bodies are asked."""

from django.urls import URLPattern, URLResolver, path

from opencompact.web.asking import new, sheets, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("asks/", views.asks),
    path("asks/new/", new.new),
    path("asks/sheet.xlsx", sheets.out),
    path("asks/read/", sheets.back),
    path("asks/<int:pk>/", views.ask),
    path("answer/sent/", views.link_sent),
    path("answer/<str:token>/", views.by_link),
    path("silence/", views.silence),
]
