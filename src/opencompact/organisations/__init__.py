"""Who is who: registers, identifiers, kinds, size bands; whose name is this."""
