from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "celabiedrs.plans"
    label = "plans"
