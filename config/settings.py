"""Settings, read from the environment, with defaults that are safe to start with.

Names that the environment may set begin with CELABIEDRS_, save DATABASE_URL and PG_BINDIR; they are
listed in docs/settings.md. Importing this starts nothing and makes nothing.
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from config.database import database_settings, known_url
from config.folder import data_folder, told_address
from config.secrets import DEVELOPMENT_KEY, secret

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "celabiedrs"
DATA = data_folder().path


def _on(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0") == "1"


# Which of the three: service (web and run by themselves), demonstration (make run), or making (tests, manage).
MODES = ("production", "demonstration", "making")
MODE = os.environ.get("CELABIEDRS_MODE", "making")
if MODE not in MODES:
    raise SystemExit(f"celabiedrs: CELABIEDRS_MODE is {MODE!r}: it is one of {', '.join(MODES)}.")
PRODUCTION = MODE == "production" or _on("CELABIEDRS_PRODUCTION", False)
DEMONSTRATION = MODE == "demonstration" and not PRODUCTION
HTTPS = _on("CELABIEDRS_HTTPS", PRODUCTION)

DEBUG = _on("CELABIEDRS_DEBUG", False)
SECRET_KEY = secret("CELABIEDRS_SECRET_KEY", DATA) or DEVELOPMENT_KEY
# The first seals (notes, personal codes), any of them opens (rotation); separated by commas.
NOTES_KEYS = (secret("CELABIEDRS_NOTES_KEYS", DATA) or DEVELOPMENT_KEY).split(",")
ALLOWED_HOSTS = os.environ.get("CELABIEDRS_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
# Where people find the service, as written into messages and printed links.
ADDRESS = (os.environ.get("CELABIEDRS_ADDRESS") or told_address(DATA) or "http://127.0.0.1:8000").rstrip("/")
PROJECT_NUMBER = os.environ.get(
    "CELABIEDRS_PROJECT_NUMBER", ""
)  # printed on contracts; empty: a line for the pen
CSRF_TRUSTED_ORIGINS = [ADDRESS] if ADDRESS.startswith("https://") else []

STAGES = [
    "places", "people", "registry", "contracts", "plans", "hours", "pay",
    "closing", "supervision", "notes", "safeguarding", "evidence", "retention", "programme", "desk",
]  # fmt: skip
INSTALLED_APPS = [
    *[f"celabiedrs.{stage}" for stage in reversed(STAGES)],
    *(["rehearsal"] if (ROOT / "rehearsal").is_dir() else []),  # comes with the source, not with the program
    "celabiedrs.lib.audit",
    "celabiedrs.lib.outbox",
    "celabiedrs.lib.documents",
    "celabiedrs.lib.files",
    "celabiedrs.lib.once",
    "celabiedrs.lib.look",
    "celabiedrs.lib.sealing",
    "celabiedrs.lib.watch",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "django_htmx",
    "django.forms",
]
FORM_RENDERER = "celabiedrs.lib.look.renderer.LookRenderer"
CSRF_FAILURE_VIEW = "celabiedrs.lib.look.views.csrf_failure"
MIDDLEWARE = [
    # what puts headers on every answer stands outside all that may answer by itself
    "config.logs.RequestIds",
    "config.headers.StrictHeaders",
    "csp.middleware.CSPMiddleware",
    "config.health.Probes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.idle.SignedInForAWhile",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "config.factor.SecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "celabiedrs.lib.web.Answers",
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
                "celabiedrs.desk.pages.menu.navigation",
                "django.contrib.messages.context_processors.messages",
                "config.idle.session",
            ],
        },
    }
]

# ---------------------------------------------------------------------- database, jobs, cache

DATABASES = {"default": database_settings(known_url(), pool=int(os.environ.get("CELABIEDRS_POOL", "0")))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The limits on sign-in must be the same for every process, so they are counted in the database.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS = ["config.schedule"]

# ---------------------------------------------------------------------- people and sessions

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["config.backend.WithMentor"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "config.passwords.OwnWords"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "config.signin.InvitedOnly"
ACCOUNT_FORMS = {
    "login": "config.signin.LoginForm",
    "reset_password": "config.signin.ResetPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# Wrong passwords are counted by people.actions.limits, exactly, and no right one is.
ACCOUNT_RATE_LIMITS = {"login": "", "login_failed": ""}
# The client behind the declared proxy is the last address that the proxy adds; without a proxy it is the peer.
ALLAUTH_TRUSTED_PROXY_COUNT = int(_on("CELABIEDRS_PROXY", False))
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# In the demonstration the printed links stand in for the second factor, and tests that are not about it go without.
SECOND_FACTOR = PRODUCTION
MFA_ADAPTER = "config.factor.Factors"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = "Ceļabiedrs"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {"add_webauthn": "config.factor.AddPasskey"}
SESSION_ENGINE = "config.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_AGE = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
_prefix = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_prefix}session"
CSRF_COOKIE_NAME = f"{_prefix}csrf"
LANGUAGE_COOKIE_NAME = f"{_prefix}language"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# ---------------------------------------------------------------------- what a browser is told

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # a drawn signature is shown from the page itself before it is sent
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# only behind a proxy that sets this header itself and takes a visitor's own away
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _on("CELABIEDRS_PROXY", False) else None

# ---------------------------------------------------------------------- language, time, files

LANGUAGE_CODE = "lv"
LANGUAGES = [("lv", "Latviešu"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Riga"
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = DATA / "static"
_whitenoise = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _whitenoise if MODE != "making" else _plain},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = MODE == "making"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
# a virus scanner's socket; where one is named and does not answer, no file is taken in
CLAMAV = os.environ.get("CELABIEDRS_CLAMAV", "")

# ---------------------------------------------------------------------- mail and logs

EMAIL_BACKEND = os.environ.get(
    "CELABIEDRS_MAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("CELABIEDRS_MAIL_HOST")
    else "celabiedrs.lib.outbox.folder.EmailBackend",
)
EMAIL_FILE_PATH = str(DATA / "mail")
EMAIL_HOST = os.environ.get("CELABIEDRS_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("CELABIEDRS_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("CELABIEDRS_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CELABIEDRS_MAIL_PASSWORD", "")
EMAIL_USE_TLS = _on("CELABIEDRS_MAIL_TLS", False)
EMAIL_TIMEOUT = 20
# Who runs the service: gets the daily head of the event log and alarms.
OPERATOR = os.environ.get("CELABIEDRS_OPERATOR", "")
METRICS_TOKEN = os.environ.get("CELABIEDRS_METRICS_TOKEN", "")
_json = os.environ.get("CELABIEDRS_LOG") == "json"
FORMATTER = "config.logs.JsonFormatter" if _json else "config.logs.QuietFormatter"
DEFAULT_FROM_EMAIL = os.environ.get("CELABIEDRS_MAIL_FROM", "celabiedrs@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": FORMATTER}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "celabiedrs": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "gunicorn.http": {"level": "ERROR"},  # else a line for every HEAD
    },
}
