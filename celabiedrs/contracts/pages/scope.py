"""What the pages of contracts load, through the scopes."""

import uuid

from django.http import Http404
from django.shortcuts import get_object_or_404

from celabiedrs.contracts.access import contracts_visible_to
from celabiedrs.contracts.models import Contract
from celabiedrs.lib.audit.record import looked
from celabiedrs.lib.files.models import StoredFile
from celabiedrs.lib.files.refusal import UploadRefused
from celabiedrs.lib.files.uploads import store_uploads
from celabiedrs.lib.web import ActForm
from celabiedrs.people.access import SignedIn
from celabiedrs.people.models import User
from celabiedrs.places.models import Institution
from celabiedrs.registry.access import listed_to
from celabiedrs.registry.models import Mentor


def seen_contract(request: SignedIn, public_id: uuid.UUID) -> Contract:
    """A contract that the person may read whole; each look of somebody other than the mentor is written down."""
    user = request.user
    readable = Contract.objects.filter(
        pk__in=Contract.objects.filter(contracts_visible_to(user)).order_by().values("pk")
    )
    contract = get_object_or_404(
        readable.select_related("mentor__user", "employer__municipality", "scan", "signed_by"),
        public_id=public_id,
    )
    if request.method == "GET" and contract.mentor.user_id != user.pk:
        role = next((str(post.role) for post in user.posts_on()), "")
        looked(user, role=role, what="contract", thread=contract.public_id)
    return contract


def known_mentor(request: SignedIn, public_id: uuid.UUID) -> Mentor:
    return get_object_or_404(listed_to(request.user).select_related("user"), public_id=public_id)


def own_places(request: SignedIn, *roles: str) -> list[Institution]:
    """The institutions at which one of the roles is held today; where there is none, the page is not there."""
    places = Institution.objects.filter(pk__in=request.user.institutions(*roles))
    found = list(places.select_related("municipality").order_by("sort_name", "pk"))
    if not found:
        raise Http404
    return found


def uploaded(form: ActForm, name: str, *, by: User) -> StoredFile | None:
    """The file that came in with the form; a refused one is said at its field."""
    uploads = form.files.getlist(name)
    if not uploads:
        return None
    try:
        return store_uploads(uploads, by=by, kind="contract")
    except UploadRefused as refusal:
        form.add_error(name, f"{refusal} (CON-8)")
        return None
