from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "celabiedrs.evidence"
    label = "evidence"
