"""Addresses: each stage has its own list; a stage without one has no pages yet."""

from importlib.util import find_spec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from config.health import health

STAGE_PATHS = {
    "people": "",
    "places": "vietas/",
    "registry": "registrs/",
    "contracts": "ligumi/",
    "plans": "plani/",
    "hours": "stundas/",
    "pay": "atalgojums/",
    "closing": "noslegsana/",
    "supervision": "supervizija/",
    "notes": "piezimes/",
    "safeguarding": "zinojumi/",
    "retention": "glabasana/",
    "desk": "",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("veseliba", health, name="health"),
    path("valoda/", login_not_required(set_language), name="set_language"),
    path("ienakt/", include("config.signin")),
]
for stage, prefix in STAGE_PATHS.items():
    if find_spec(f"celabiedrs.{stage}.urls"):
        urlpatterns.append(path(prefix, include(f"celabiedrs.{stage}.urls")))
urlpatterns.append(path(STAGE_PATHS["registry"], include("celabiedrs.desk.registry_urls")))
if settings.DEMONSTRATION or settings.DEBUG or settings.MODE == "making":
    urlpatterns.append(path("", include("celabiedrs.lib.look.urls")))
