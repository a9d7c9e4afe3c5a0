from django.urls import path

from celabiedrs.lib.look.views import styleguide

urlpatterns = [path("izskats/", styleguide, name="styleguide")]
