"""Pages about the release itself: releases, downloads, search, and about this site."""
