from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    name = "celabiedrs.safeguarding"
    label = "safeguarding"
