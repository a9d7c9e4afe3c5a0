"""Addresses of the desk."""

from django.urls import path

from celabiedrs.desk import calendar_pages, own_semesters, views
from celabiedrs.desk.inbox import pages as inbox
from celabiedrs.desk.reminders import pages as reminders
from celabiedrs.desk.rules_page import rules_page

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("zinas/", inbox.inbox, name="notices"),
    path("zinas/izlasitas/", inbox.read_all, name="notices_read"),
    path("zinas/vestules/", inbox.digest, name="notices_digest"),
    path("zinas/<uuid:public_id>/", inbox.read, name="notice"),
    path("noteikumi/", rules_page, name="rules"),
    path("plani/", views.plans, name="plans"),
    path("plani/<uuid:public_id>/", views.plan, name="plan"),
    path("programma/", calendar_pages.programme_page, name="programme"),
    path("programma/kalendars/", calendar_pages.calendar_page, name="calendar"),
    path("programma/kalendars/jauns/", calendar_pages.year_new, name="year_new"),
    path("programma/kalendars/<slug:year>/", calendar_pages.calendar_page, name="year"),
    path("programma/kalendars/<slug:year>/brivdienas/<slug:kind>/", calendar_pages.holidays, name="holidays"),
    path(
        "programma/kalendars/<slug:year>/<int:number>/<slug:group>/", calendar_pages.semester, name="semester"
    ),
    path("programma/atgadinajumi/", reminders.reminders, name="reminders"),
    path("macibu-gads/", own_semesters.own_semesters, name="own_semesters"),
    path("macibu-gads/rikojums/<uuid:public_id>/", own_semesters.semester_order, name="semester_order"),
    path(
        "macibu-gads/<uuid:institution>/<slug:year>/<int:number>/",
        own_semesters.own_semester,
        name="own_semester",
    ),
]
