"""Who is who: the registers, whose name a published name is, what kind of organisation it is, and what public bodies became."""
