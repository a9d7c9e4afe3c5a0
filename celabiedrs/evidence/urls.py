from django.urls import path

from celabiedrs.evidence.pages import samples

app_name = "evidence"
urlpatterns = [
    path("izlases/", samples.draws, name="draws"),
    path("izlases/jauna/", samples.draw_new, name="draw_new"),
    path("izlases/<uuid:public_id>/", samples.draw, name="draw"),
]
