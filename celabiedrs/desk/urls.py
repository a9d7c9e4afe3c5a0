"""Addresses of the desk."""

from django.urls import path

from celabiedrs.desk import views
from celabiedrs.desk.rules_page import rules_page

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("noteikumi/", rules_page, name="rules"),
    path("plani/", views.plans, name="plans"),
    path("plani/<uuid:public_id>/", views.plan, name="plan"),
]
