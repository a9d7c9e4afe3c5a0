from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "celabiedrs.people"
    label = "people"
