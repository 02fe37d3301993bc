"""Addresses of the release and of the site itself."""

from django.urls import path

from opencompact.web.publication import views

urlpatterns = [
    path("releases/", views.releases),
    path("downloads/<str:number>/<path:name>", views.download),
    path("search/", views.search),
    path("about/", views.about),
    path("accessibility/", views.accessibility),
    path("privacy/", views.privacy),
    path("robots.txt", views.robots),
]
