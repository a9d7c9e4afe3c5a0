from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "celabiedrs.registry"
    label = "registry"
