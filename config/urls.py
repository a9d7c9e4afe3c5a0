"""Addresses: each stage has its own list."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

STAGE_PATHS = {
    "people": "",
    "contracts": "ligumi/",
    "plans": "plani/",
    "hours": "stundas/",
    "pay": "atalgojums/",
    "closing": "noslegsana/",
    "supervision": "supervizija/",
    "notes": "piezimes/",
    "safeguarding": "zinojumi/",
    "evidence": "revizija/",
    "retention": "glabasana/",
    "programme": "",
    "desk": "",
}

handler500 = "config.away.failed"
urlpatterns: list[URLPattern | URLResolver] = [
    path("valoda/", login_not_required(set_language), name="set_language"),
    path("ienakt/", include("config.signin")),
]
urlpatterns += [path(prefix, include(f"celabiedrs.{stage}.urls")) for stage, prefix in STAGE_PATHS.items()]
# the registry's pages are told by the stages above it (docs/decisions/0016)
urlpatterns.append(path("registrs/", include("celabiedrs.desk.urls.registry")))
if settings.DEMONSTRATION or settings.DEBUG or settings.MODE == "making":
    urlpatterns.append(path("", include("celabiedrs.lib.look.urls")))
