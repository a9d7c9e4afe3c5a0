"""Addresses of signing in by a link (the others of sign-in are allauth's, config.signin) and of accounts and posts."""

from django.urls import path

from celabiedrs.people.pages import accounts, corrections, devices, invitations, posts, recovery, sign_in

app_name = "people"
urlpatterns = [
    path("ienakt/reizi/", sign_in.one_time_enter, name="one_time_enter"),
    path("ienakt/reizi/<str:token>/", sign_in.one_time, name="one_time"),
    path("konts/ierices/", devices.devices, name="devices"),
    path("amati/", posts.posts, name="posts"),
    path("amati/ieteikums/<uuid:public_id>/", posts.proposal, name="proposal"),
    path("amati/ieteikums/<uuid:public_id>/piekrist/", posts.proposal_agree, name="proposal_agree"),
    path("amati/ieteikums/<uuid:public_id>/noraidit/", posts.proposal_decline, name="proposal_decline"),
    path("programma/cilveki/", accounts.accounts, name="accounts"),
    path("programma/cilveki/jauns/", accounts.account_new, name="account_new"),
    path("programma/cilveki/<uuid:public_id>/", accounts.account, name="account"),
    path("programma/cilveki/uzaicinajumi/", invitations.invitations, name="invitations"),
    path("programma/cilveki/<uuid:public_id>/labot/", corrections.correct, name="account_correct"),
    path("programma/cilveki/<uuid:public_id>/adrese/", corrections.answer_address, name="account_address"),
    path("programma/cilveki/<uuid:public_id>/beigt/", accounts.post_end, name="post_end"),
    path("programma/cilveki/<uuid:public_id>/uzaicinat/", accounts.account_invite, name="account_invite"),
    path("programma/cilveki/<uuid:public_id>/kods/", accounts.account_code, name="account_code"),
    path("programma/cilveki/<uuid:public_id>/atiestatit/", recovery.reset_new, name="reset_new"),
    path("konts/atiestatisana/<uuid:public_id>/", recovery.reset, name="reset"),
    path("konts/atiestatisana/<uuid:public_id>/piekrist/", recovery.reset_agree, name="reset_agree"),
    path("konts/atiestatisana/<uuid:public_id>/noraidit/", recovery.reset_decline, name="reset_decline"),
    path("programma/cilveki/<uuid:public_id>/sledzis/", accounts.account_switch, name="account_switch"),
]
