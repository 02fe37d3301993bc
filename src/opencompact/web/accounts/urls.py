"""Addresses of accounts: signing in, one's own account, people, posts, notices."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from opencompact.web.accounts import own, people, posts

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", own.own),
    path("account/people/", people.people),
    path("account/join/<str:token>/", people.join),
    re_path("^account/(?:email|confirm-email)/", own.closed),  # an address is given by invitation, and proved by it
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("roles/", people.roles),
    path("notices/", own.notices),
    path("notices/follow/", own.follow),
    path("posts/", posts.posts),
    path("posts/contacts/", posts.contacts),
    path("posts/end/<int:pk>/", posts.end),
    path("posts/<slug:body>/", posts.body),
]
