"""Addresses of signing in by a link (the others of sign-in are allauth's, config.signin), and of the programme's pages
on settings, places, contacts and accounts. Its calendar needs meetings and stands in the desk.
"""

from django.urls import path

from celabiedrs.people.views import accounts, contacts, places, settings, signing_in

app_name = "people"
urlpatterns = [
    path("ienakt/reizi/", signing_in.one_time_enter, name="one_time_enter"),
    path("ienakt/reizi/<str:token>/", signing_in.one_time, name="one_time"),
    path("kontakti/", contacts.contacts, name="contacts"),
    path("programma/kontakti/jauns/", contacts.contact, name="contact_new"),
    path("programma/kontakti/<uuid:public_id>/", contacts.contact, name="contact"),
    path("programma/kontakti/<uuid:public_id>/nonemt/", contacts.contact_away, name="contact_away"),
    path("programma/iestatijumi/", settings.settings, name="settings"),
    path("programma/iestatijumi/<slug:name>/", settings.setting, name="setting"),
    path("programma/pasvaldibas/", places.municipalities, name="municipalities"),
    path("programma/pasvaldibas/jauna/", places.municipality_new, name="municipality_new"),
    path("programma/pasvaldibas/<slug:atvk>/", places.municipality, name="municipality"),
    path("programma/iestades/", places.institutions, name="institutions"),
    path("programma/iestades/jauna/", places.institution, name="institution_new"),
    path("programma/iestades/<uuid:public_id>/", places.institution, name="institution"),
    path("programma/cilveki/", accounts.accounts, name="accounts"),
    path("programma/cilveki/jauns/", accounts.account_new, name="account_new"),
    path("programma/cilveki/<uuid:public_id>/", accounts.account, name="account"),
    path("programma/cilveki/<uuid:public_id>/beigt/", accounts.post_end, name="post_end"),
    path("programma/cilveki/<uuid:public_id>/saite/", accounts.account_link, name="account_link"),
    path("programma/cilveki/<uuid:public_id>/sledzis/", accounts.account_switch, name="account_switch"),
]
