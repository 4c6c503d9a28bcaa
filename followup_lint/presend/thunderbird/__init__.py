"""The Thunderbird add-on: its files, the package that Thunderbird installs, and the note of where its host is."""

from .addon import HOST, addon_id, host_manifest, pack

__all__ = ["HOST", "addon_id", "host_manifest", "pack"]
