from django.urls import path

from celabiedrs.evidence.pages import chain, packs, samples
from celabiedrs.hours import urls as hours

assert hours.app_name == "hours"  # its months can stand in addresses from here on
app_name = "evidence"
urlpatterns = [
    path("izlases/", samples.draws, name="draws"),
    path("izlases/jauna/", samples.draw_new, name="draw_new"),
    path("izlases/<uuid:public_id>/", samples.draw, name="draw"),
    path("izlases/<uuid:public_id>/paketes/", packs.ask, name="packs"),
    path("izlases/<uuid:public_id>/paketes.zip", packs.as_zip, name="zip"),
    path("pilniba/", chain.months, name="months"),
    path("kede/<uuid:public_id>/<month:month>/", chain.chain, name="chain"),
    path("kede/<uuid:public_id>/<month:month>/pakete.pdf", packs.pack, name="pack"),
    path("papirs/<uuid:public_id>/<slug:kind>/", chain.paper, name="paper"),
]
