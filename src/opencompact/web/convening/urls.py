"""Addresses of convening."""

from django.urls import URLPattern, URLResolver, path

from opencompact.web.convening import calendars, cockpit, meetings

urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/", meetings.meetings),
    path("meetings/new/", meetings.new),
    path("meetings/series/<slug:series>.ics", calendars.of_series),
    path("meetings/feed/<str:token>.ics", calendars.of_person),
    path("meetings/<slug:key>.ics", calendars.of_meeting),
    path("meetings/<slug:key>/", meetings.meeting),
    path("meetings/<slug:key>/cockpit/", cockpit.cockpit),
]
