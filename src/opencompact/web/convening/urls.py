"""Addresses of convening."""

from django.urls import URLPattern, URLResolver, path

from opencompact.web.convening import calendars, cockpit, meetings, meetings_one, roundtables, roundtables_place, roundtables_pool

urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/", meetings.meetings),
    path("meetings/new/", meetings.new),
    path("meetings/mine/", calendars.mine),
    path("meetings/series/new/", meetings.new_series),
    path("meetings/series/<slug:series>.ics", calendars.of_series),
    path("meetings/series/<slug:slug>/", meetings.series),
    path("meetings/feed/<str:token>.ics", calendars.of_person),
    path("meetings/<slug:key>.ics", calendars.of_meeting),
    path("meetings/<slug:key>/", meetings_one.meeting),
    path("meetings/<slug:key>/cockpit/", cockpit.cockpit),
    path("roundtables/", roundtables.roundtables),
    path("roundtables/new/", roundtables.new),
    path("roundtables/pool/", roundtables_pool.pool),
    path("roundtables/pool/<int:pk>/", roundtables_pool.contact),
    path("roundtables/profiles/", roundtables.profile_page),
    path("roundtables/place/<str:token>/", roundtables_place.place),
    path("roundtables/<slug:key>/", roundtables.roundtable),
    path("roundtables/<slug:key>/draws/<int:number>/pool.csv", roundtables_pool.drawn),
]
