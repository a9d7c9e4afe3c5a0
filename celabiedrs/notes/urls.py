"""Addresses of private notes: random ids, no word of what is in them."""

from django.urls import path

from celabiedrs.notes import views

app_name = "notes"
urlpatterns = [
    path("", views.notes, name="notes"),
    path("<uuid:public_id>/", views.plan, name="plan"),
    path("labot/<uuid:public_id>/", views.change, name="change"),
    path("dzest/<uuid:public_id>/", views.erase, name="erase"),
]
