from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "celabiedrs.contracts"
    label = "contracts"
