"""Addresses of signing in by a link; the others of sign-in are allauth's (config.signin)."""

from django.urls import path

from celabiedrs.people import views

app_name = "people"
urlpatterns = [
    path("ienakt/reizi/", views.one_time_enter, name="one_time_enter"),
    path("ienakt/reizi/<str:token>/", views.one_time, name="one_time"),
]
