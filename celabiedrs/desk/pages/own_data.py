"""The copy of one's own data, for no matter who asks: themselves, at any time, without asking anybody (T4)."""

import json

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from celabiedrs.desk.reading.own_data import LEFT_OUT, own_data
from celabiedrs.lib import clock
from celabiedrs.lib.audit.record import record
from celabiedrs.lib.web import page
from celabiedrs.people.access import SignedIn


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: SignedIn) -> HttpResponse:
    """What the file holds and what not; with the button the file itself."""
    if request.method != "POST":
        return page(request, "desk/own_data.html", crumbs=[(_("A copy of my data"), "")])
    user = request.user
    told = {"made_at": clock.now().isoformat(), "data": own_data(user), "left_out": LEFT_OUT}
    record(user, "own_data_copied", by=user, thread=user.public_id)
    answer = HttpResponse(json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="mani-dati-{clock.today()}.json"'
    return answer
