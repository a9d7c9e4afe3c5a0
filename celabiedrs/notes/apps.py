from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "celabiedrs.notes"
    label = "notes"
