from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "celabiedrs.places"
    label = "places"
