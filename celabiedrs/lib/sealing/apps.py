from django.apps import AppConfig


class SealingConfig(AppConfig):
    name = "celabiedrs.lib.sealing"
    label = "sealing"
