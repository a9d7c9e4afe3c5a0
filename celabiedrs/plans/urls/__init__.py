"""Addresses of the plans: preparing them here, their life and the expert's desk beside."""

from celabiedrs.plans.urls.life import life_urls
from celabiedrs.plans.urls.preparation import preparing_urls

app_name = "plans"
urlpatterns = [*preparing_urls, *life_urls]
