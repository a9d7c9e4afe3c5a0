from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "celabiedrs.retention"
    label = "retention"
