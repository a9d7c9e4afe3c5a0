"""Addresses of the closing."""

from django.urls import path

from celabiedrs.closing.views import renewing, reviewing

app_name = "closing"
urlpatterns = [
    path("izvertejums/<uuid:public_id>/", reviewing.review, name="review"),
    path("atkartoti/<uuid:public_id>/", renewing.renew, name="renew"),
]
