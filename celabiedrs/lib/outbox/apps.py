from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "celabiedrs.lib.outbox"
    label = "outbox"
