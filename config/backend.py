"""Who is looking, read with their own entry in the registry: nearly every page of a mentor asks for it."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Subquery

from celabiedrs.people.models import User
from celabiedrs.places.facts import own_values
from celabiedrs.places.models import Edition

FACTORS = Authenticator.objects.filter(type__in=(Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN))


class WithMentor(AuthenticationBackend):
    """Signs in as allauth does; a request's person comes with the mentor that they are, or with the word that none,
    and whether they have a second factor;
    and the programme's own values are those of this moment (GEN-3)."""

    def get_user(self, user_id: int) -> User | None:
        edition = Edition.objects.order_by("pk").values("token")[:1]
        known = User.objects.select_related("mentor").annotate(
            edition=Subquery(edition),
            has_factor=Exists(FACTORS.filter(user=OuterRef("pk"))),  # type: ignore[no-redef]
        )
        user = known.filter(pk=user_id).first()
        if user is not None:
            own_values(user.edition)
        return user if user is not None and self.user_can_authenticate(user) else None
