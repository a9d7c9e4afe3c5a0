"""Who is looking, read with the own entry in the registry: nearly every page of a mentor asks for it."""

from allauth.account.auth_backends import AuthenticationBackend

from celabiedrs.people.models import User


class WithMentor(AuthenticationBackend):
    """Signs in as allauth does; a request's person comes with the mentor that they are, or with the word that none."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("mentor").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
