"""Settings, read from the environment, with defaults that are safe to start with.

Names that the environment may set begin with CELABIEDRS_, save DATABASE_URL and PG_BINDIR.
"""

import os
from pathlib import Path

from config.database import database_settings, known_url
from config.folder import data_folder

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "celabiedrs"
DATA = data_folder().path

DEBUG = os.environ.get("CELABIEDRS_DEBUG") == "1"
SECRET_KEY = os.environ.get("CELABIEDRS_SECRET_KEY", "only-for-development")
ALLOWED_HOSTS = os.environ.get("CELABIEDRS_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

STAGES = [
    "places", "people", "registry", "contracts", "plans", "hours", "pay",
    "closing", "supervision", "notes", "safeguarding", "retention", "desk",
]
INSTALLED_APPS = [
    *[f"celabiedrs.{stage}" for stage in reversed(STAGES)],
    "celabiedrs.lib.audit",
    "celabiedrs.lib.outbox",
    "celabiedrs.lib.documents",
    "celabiedrs.lib.files",
    "celabiedrs.lib.once",
    "celabiedrs.lib.look",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
    "django_htmx",
    "django.forms",
]
FORM_RENDERER = "celabiedrs.lib.look.renderer.LookRenderer"
CSRF_FAILURE_VIEW = "celabiedrs.lib.look.views.csrf_failure"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
DATABASES = {"default": database_settings(known_url(), pool=int(os.environ.get("CELABIEDRS_POOL", "0")))}
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "lv"
LANGUAGES = [("lv", "Latviešu"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Riga"
STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "static"]
