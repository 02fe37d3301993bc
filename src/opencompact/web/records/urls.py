"""Addresses of the record."""

from django.urls import path, re_path

from opencompact.web.records import arrivals, checking, mapping, origins, processes, quality, spend, spending, views

urlpatterns = [
    path("consultations/", views.consultations),
    path("consultations/<path:consultation_id>/", views.consultation),
    path("contracts/processes/", processes.processes),
    path("contracts/processes/<path:ocid>/", processes.process),
    path("check/grants/", checking.check),
    path("spend/", spend.spend),
    re_path(r"^spend/(?P<record>payments|grants|contracts)/$", spending.spending),
    re_path(r"^spend/(?P<record>payments|grants|contracts)/compare/$", spending.compare),
    re_path(r"^spend/(?P<record>payments|grants|contracts)/(?P<body>.+)/$", spending.spending),
    path("files/", origins.files),
    path("files/propose/", mapping.propose),
    path("files/<path:source_file>/", origins.file),
    path("problems/", origins.problems),
    path("sources/completeness/", arrivals.completeness),
    path("publishers/", quality.publishers),
    path("publishers/<path:publisher>/problems.csv", quality.problems),
    path("publishers/<path:publisher>/", quality.publisher),
    path("row/", origins.row),
]
