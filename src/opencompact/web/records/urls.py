"""Addresses of the record."""

from django.urls import path

from opencompact.web.records import origins, spend, views

urlpatterns = [
    path("consultations/", views.consultations),
    path("consultations/<path:consultation_id>/", views.consultation),
    path("spend/", spend.spend),
    path("files/", origins.files),
    path("files/<path:source_file>/", origins.file),
    path("problems/", origins.problems),
    path("row/", origins.row),
    path("challenge/", origins.challenge),
]
