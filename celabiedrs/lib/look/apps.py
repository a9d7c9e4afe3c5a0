from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "celabiedrs.lib.look"
    label = "look"
