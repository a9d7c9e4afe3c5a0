from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "celabiedrs.lib.audit"
    label = "audit"
