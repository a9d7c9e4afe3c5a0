"""Addresses of contracts and checks."""

from django.urls import path

from celabiedrs.contracts.pages import checks, conclusion, contracts

app_name = "contracts"
urlpatterns = [
    path("", contracts.contracts, name="list"),
    path("mani/", contracts.mine, name="mine"),
    path("parbaudes/", checks.checks, name="checks"),
    path("parbaudes/<uuid:public_id>/", checks.check, name="check"),
    path("jauns/<uuid:public_id>/", conclusion.new, name="new"),
    path("jauns/<uuid:public_id>/izdruka.pdf", conclusion.draft, name="print"),
    path("<uuid:public_id>/", contracts.contract, name="contract"),
    path("<uuid:public_id>/ligums.pdf", contracts.pdf, name="pdf"),
    path("<uuid:public_id>/datne", contracts.file, name="file"),
    path("<uuid:public_id>/kopija/", contracts.copy, name="copy"),
    path("<uuid:public_id>/beigt/", contracts.end, name="end"),
    path("<uuid:public_id>/pagarinat/", contracts.prolong, name="prolong"),
    path("<uuid:public_id>/pagarinajums/<int:number>/", contracts.prolongation_file, name="prolongation"),
]
