"""Addresses of the desk."""

from django.urls import path

from celabiedrs.desk.rules_page import rules_page

app_name = "desk"
urlpatterns = [
    path("noteikumi/", rules_page, name="rules"),
]
