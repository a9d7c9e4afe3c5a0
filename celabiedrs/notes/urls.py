"""Addresses of private notes: random ids, no word of what is in them."""

from django.urls import path

from celabiedrs.notes import pages

app_name = "notes"
urlpatterns = [
    path("", pages.notes, name="notes"),
    path("atvert/", pages.open_closed, name="open"),
    path("<uuid:public_id>/", pages.plan, name="plan"),
    path("labot/<uuid:public_id>/", pages.change, name="change"),
    path("dzest/<uuid:public_id>/", pages.erase, name="erase"),
]
