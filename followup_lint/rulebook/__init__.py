"""The rulebook: rule pages found, checked, compiled and chosen."""

from .builtin import rules_folder
from .messages import fill
from .page import Page, PageError
from .plugins import Plugin, PluginProblem, plugins
from .profiles import Profile, profile_names, read_policies, read_profile
from .rulebook import Compiled, Rulebook, load

__all__ = [
    "Compiled", "Page", "PageError", "Plugin", "PluginProblem", "Profile", "Rulebook", "fill", "load", "plugins",
    "profile_names", "read_policies", "read_profile", "rules_folder",
]
