"""Addresses of the first page and the quarter's brief."""

from django.urls import path

from opencompact.web.home import views

urlpatterns = [path("office/", views.home)]
