from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "celabiedrs.hours"
    label = "hours"
