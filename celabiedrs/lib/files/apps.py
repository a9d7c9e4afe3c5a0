from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "celabiedrs.lib.files"
    label = "files"
