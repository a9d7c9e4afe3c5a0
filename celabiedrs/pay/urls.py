"""Addresses of the pay."""

from django.urls import path

from celabiedrs.pay.pages import classes, correction, desk, mentor, rates, run

app_name = "pay"
urlpatterns = [
    path("", desk.runs, name="runs"),
    path("mans/", mentor.mine, name="mine"),
    path("likmes/", rates.rates, name="rates"),
    path("likmes/<int:year>-<int:month>-<int:day>/atsaukt/", rates.withdraw, name="rate-withdraw"),
    path("klases/", classes.classes, name="classes"),
    path("klases/<uuid:employer>/<uuid:mentor>/", classes.set_class, name="class"),
    path("personas/<uuid:employer>/<uuid:mentor>/", classes.identity, name="identity"),
    path("labot/<uuid:public_id>/", correction.correct, name="correct"),
    path("<uuid:public_id>/", run.run, name="run"),
    path("<uuid:public_id>/aprekins.csv", run.as_csv, name="csv"),
    path("<uuid:public_id>/aprekins.xlsx", run.as_xlsx, name="xlsx"),
    path("<uuid:public_id>/aprekins.pdf", run.as_pdf, name="pdf"),
]
