"""The certificate of attendance, for its mentor and for who nominated (SUP-1)."""

import uuid

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from celabiedrs.lib.documents.issuing import in_force
from celabiedrs.lib.files.serving import as_download
from celabiedrs.people.access import SignedIn
from celabiedrs.supervision.access import certificates_readable_by
from celabiedrs.supervision.documents import attendance_pdf
from celabiedrs.supervision.models import ATTENDANCE, Member


@require_safe
def certificate(request: SignedIn, public_id: uuid.UUID, mentor_id: uuid.UUID) -> HttpResponseBase:
    """The very document that was issued; in the minutes before it is issued, one of the same bytes."""
    readable = Member.objects.filter(certificates_readable_by(request.user), certificate__isnull=False)
    members = Member.objects.filter(pk__in=readable.order_by().values("pk")).select_related(
        "mentor__user", "session__group", "session__municipality", "session__supervisor"
    )
    member = get_object_or_404(members, session__public_id=public_id, mentor__public_id=mentor_id)
    issued = in_force(kind=ATTENDANCE, subject_kind=ATTENDANCE, subject_id=member.pk)
    if issued is not None:
        return as_download(issued.stored_file)
    answer = HttpResponse(attendance_pdf(member), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="supervizija-{member.certificate}.pdf"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
