"""Addresses of the programme's own settings, calendar, places and contacts, and of the page of rules."""

from django.urls import path

from celabiedrs.programme.pages import (
    calendar,
    contacts,
    imports,
    merging,
    own_semesters,
    places,
    rules,
    settings,
    system,
)

app_name = "programme"
urlpatterns = [
    path("noteikumi/", rules.rules_page, name="rules"),
    path("kontakti/", contacts.contacts, name="contacts"),
    path("programma/", calendar.programme_page, name="programme"),
    path("programma/kontakti/jauns/", contacts.contact, name="contact_new"),
    path("programma/kontakti/<uuid:public_id>/", contacts.contact, name="contact"),
    path("programma/kontakti/<uuid:public_id>/nonemt/", contacts.contact_away, name="contact_away"),
    path("sistema/", system.system, name="system"),
    path("programma/iestatijumi/", settings.settings, name="settings"),
    path("programma/iestatijumi/<slug:name>/", settings.setting, name="setting"),
    path("programma/pasvaldibas/", places.municipalities, name="municipalities"),
    path("programma/pasvaldibas/jauna/", places.municipality_new, name="municipality_new"),
    path("programma/pasvaldibas/<slug:atvk>/", places.municipality, name="municipality"),
    path("programma/iestades/", places.institutions, name="institutions"),
    path("programma/iestades/jauna/", places.institution, name="institution_new"),
    path("programma/iestades/<uuid:public_id>/", places.institution, name="institution"),
    path("programma/iestades/<uuid:public_id>/slegt/", places.institution_close, name="institution_close"),
    path("importi/<slug:kind>/", imports.take_in, name="import_table"),
    path("importi/<slug:kind>/paraugs.csv", imports.template, name="import_template"),
    path("importi/<slug:kind>/<uuid:public_id>/", imports.look, name="import_look"),
    path("programma/dubulti/", merging.doubles_page, name="doubles"),
    path(
        "programma/dubulti/<slug:kind>/<uuid:keep>/<uuid:gone>/",
        merging.merge_page,
        name="merge",
    ),
    path("programma/kalendars/", calendar.calendar_page, name="calendar"),
    path("programma/kalendars/jauns/", calendar.year_new, name="year_new"),
    path("programma/kalendars/<slug:year>/", calendar.calendar_page, name="year"),
    path("programma/kalendars/<slug:year>/brivdienas/<slug:kind>/", calendar.holidays, name="holidays"),
    path("programma/kalendars/<slug:year>/<int:number>/<slug:group>/", calendar.semester, name="semester"),
    path("macibu-gads/", own_semesters.own_semesters, name="own_semesters"),
    path("macibu-gads/rikojums/<uuid:public_id>/", own_semesters.semester_order, name="semester_order"),
    path(
        "macibu-gads/<uuid:institution>/<slug:year>/<int:number>/",
        own_semesters.own_semester,
        name="own_semester",
    ),
]
