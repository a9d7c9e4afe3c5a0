"""The hidden key that every POST form carries: `{% load once %}`, and `{% once_key %}` beside the token."""

import uuid

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def once_key() -> SafeString:
    """A hidden input with a fresh key."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())
