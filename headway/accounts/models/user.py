import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from headway.core.models import CheckedModel


class UserManager(BaseUserManager["User"]):
    """Makes people who sign in with their email address."""

    def create_user(self, email: str, password: str | None = None, **values: Any) -> "User":
        """A new person; without a password they sign in with codes sent by mail."""
        user = self.model(email=self.normalize_email(email).lower(), **values)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by email address, whatever its capitals."""
        return self.get(email__iexact=username)


class User(CheckedModel, AbstractBaseUser):
    """A person who can sign in; one sign-in serves every authority of an installation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=250)
    name = models.CharField(max_length=250, blank=True)
    language = models.CharField(max_length=12, blank=True)
    is_active = models.BooleanField(default=True)
    # Every page shows it, so it comes with the row that says who is signed in.
    unread_notices = models.PositiveIntegerField(default=0)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_has_an_email_of_their_own")
        ]

    def __str__(self) -> str:
        return self.name or self.email
