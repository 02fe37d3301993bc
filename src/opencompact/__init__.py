"""OpenCompact: the living agreement between government and the voluntary sector."""

__version__ = "0.1.0"
