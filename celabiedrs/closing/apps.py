from django.apps import AppConfig


class ClosingConfig(AppConfig):
    name = "celabiedrs.closing"
    label = "closing"
