"""Addresses of the closing."""

from django.urls import path

from celabiedrs.closing.views import handing_over, keepers, originals, renewing, reviewing

app_name = "closing"
urlpatterns = [
    path("izvertejums/<uuid:public_id>/", reviewing.review, name="review"),
    path("atkartoti/<uuid:public_id>/", renewing.renew, name="renew"),
    path("nodosana/", handing_over.handing, name="handing"),
    path("sanemsana/", handing_over.receiving, name="receiving"),
    path("originali/", originals.register, name="register"),
    path("originali/tabula/", originals.register_xlsx, name="register-xlsx"),
    path("originali/<uuid:public_id>/", originals.papers, name="papers"),
    path("glabataji/", keepers.keepers, name="keepers"),
    path("akts/<uuid:public_id>/", handing_over.act, name="act"),
    path("akts/<uuid:public_id>/<uuid:document>/", handing_over.earlier_act, name="act-earlier"),
]
