from django.apps import AppConfig


class OnceConfig(AppConfig):
    name = "celabiedrs.lib.once"
    label = "once"
