from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "celabiedrs.supervision"
    label = "supervision"
