"""How somebody is known again in a conversation, without being known."""

import hmac
from hashlib import sha256
from uuid import UUID

from headway.core.errors import RuleError
from headway.core.keys import KeyGoneError, key_bytes
from headway.core.words import gettext_noop
from headway.forums.models import Conversation, InvitationCode

# Signs that nobody mistakes for each other when reading a code from paper.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12
OVER = gettext_noop("This conversation is over. Its results stay on its page.")


def account_holder(user_id: UUID | int) -> str:
    """What an account is digested as."""
    return f"account:{user_id}"


def code_holder(code: str) -> str:
    """What an invitation code is digested as."""
    return f"code:{plain_code(code)}"


def browser_holder(secret: str) -> str:
    """What the random secret of a browser is digested as."""
    return f"browser:{secret}"


def resume_digest(conversation: Conversation, holder: str) -> str:
    """The digest by which somebody goes on; useless once the conversation's key is gone.

    Raises:
        RuleError: where the conversation has no key, as it is over or not open yet.

    """
    if conversation.key_id is None:
        raise RuleError(OVER)
    try:
        key = key_bytes(conversation.key_id)
    except KeyGoneError:
        raise RuleError(OVER) from None
    return hmac.new(key, holder.encode(), sha256).hexdigest()


def plain_code(code: str) -> str:
    """A code as it was made, whatever was typed between its signs."""
    return "".join(sign for sign in code.upper() if sign in SIGNS)


def code_digest(conversation: Conversation, code: str) -> str:
    """What is kept of a code."""
    return sha256(f"{conversation.pk}:{plain_code(code)}".encode()).hexdigest()


def is_code(conversation: Conversation, code: str) -> bool:
    """Whether a code lets its holder take part in this conversation."""
    if len(plain_code(code)) != CODE_LENGTH:
        return False
    digest = code_digest(conversation, code)
    return InvitationCode.objects.filter(conversation=conversation, digest=digest).exists()
