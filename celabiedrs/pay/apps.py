from django.apps import AppConfig


class PayConfig(AppConfig):
    name = "celabiedrs.pay"
    label = "pay"
