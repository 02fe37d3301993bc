"""What people add: agreements, rule sets, vocabularies, sources, indicators; found by the registry, imported by nobody."""
