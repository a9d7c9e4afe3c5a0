from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "celabiedrs.lib.documents"
    label = "documents"
