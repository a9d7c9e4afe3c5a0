"""Addresses of the closing."""

from django.urls import path

from celabiedrs.closing import views

app_name = "closing"
urlpatterns = [
    path("izvertejums/<uuid:public_id>/", views.review, name="review"),
    path("atkartoti/<uuid:public_id>/", views.renew, name="renew"),
]
