"""Reading: from a draft and its context to every fact that rules judge by, found once."""

from .acts import Acts
from .calendar import Contact, next_contact
from .read import Grammar, read
from .reading import Detail, Reading
from .region import region_of

__all__ = ["Acts", "Contact", "Detail", "Grammar", "Reading", "next_contact", "read", "region_of"]
