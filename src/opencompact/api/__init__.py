"""The read-only JSON API over releases: what the site shows, for programs."""
