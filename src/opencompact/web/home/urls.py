"""Addresses of the first page and the quarter's brief."""

from django.urls import path

from opencompact.web.home import brief, views

urlpatterns = [path("office/", views.home), path("office/brief/", brief.brief), path("office/brief.pdf", brief.brief_pdf)]
