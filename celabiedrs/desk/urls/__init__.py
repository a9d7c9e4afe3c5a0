"""Addresses of the desk."""

from django.urls import path

from celabiedrs.desk.pages import home, inbox, looks, own_data, reminders

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("zinas/", inbox.inbox, name="notices"),
    path("zinas/izlasitas/", inbox.read_all, name="notices_read"),
    path("zinas/vestules/", inbox.digest, name="notices_digest"),
    path("zinas/<uuid:public_id>/", inbox.read, name="notice"),
    path("konts/mani-dati/", own_data.copy, name="own_data"),
    path("parskati/skatijumi/", looks.looks, name="looks"),
    path("parskati/notikumi/", looks.events, name="events"),
    path("parskati/notikumi/tabula/", looks.events_table, name="events_table"),
    path("plani/", home.plans, name="plans"),
    path("plani/<uuid:public_id>/", home.plan, name="plan"),
    path("programma/atgadinajumi/", reminders.reminders, name="reminders"),
]
