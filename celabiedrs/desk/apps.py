from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "celabiedrs.desk"
    label = "desk"
