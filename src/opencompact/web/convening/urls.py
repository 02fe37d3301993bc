"""Addresses of convening."""

from django.urls import URLPattern, URLResolver, path

from opencompact.web.convening import calendars, cockpit, meetings, roundtables

urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/", meetings.meetings),
    path("meetings/new/", meetings.new),
    path("meetings/series/<slug:series>.ics", calendars.of_series),
    path("meetings/feed/<str:token>.ics", calendars.of_person),
    path("meetings/<slug:key>.ics", calendars.of_meeting),
    path("meetings/<slug:key>/", meetings.meeting),
    path("meetings/<slug:key>/cockpit/", cockpit.cockpit),
    path("roundtables/", roundtables.roundtables),
    path("roundtables/new/", roundtables.new),
    path("roundtables/pool/", roundtables.pool),
    path("roundtables/profiles/", roundtables.profile_page),
    path("roundtables/place/<str:token>/", roundtables.place),
    path("roundtables/<slug:key>/", roundtables.roundtable),
]
