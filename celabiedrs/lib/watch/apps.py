from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "celabiedrs.lib.watch"
    label = "watch"
