from django.apps import AppConfig

from celabiedrs.rules import parameters


class PlacesConfig(AppConfig):
    name = "celabiedrs.places"
    label = "places"

    def ready(self) -> None:
        """The programme's own values are asked of the rows (GEN-3)."""
        from celabiedrs.places.facts import own_values

        parameters.ask(own_values)
