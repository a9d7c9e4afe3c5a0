"""Addresses of the plans: preparing them here, their life and the expert's desk beside."""

from importlib import import_module
from importlib.util import find_spec

from celabiedrs.plans.preparing_urls import preparing_urls

app_name = "plans"
urlpatterns = [*preparing_urls]
if find_spec("celabiedrs.plans.life_urls"):
    urlpatterns += import_module("celabiedrs.plans.life_urls").life_urls
