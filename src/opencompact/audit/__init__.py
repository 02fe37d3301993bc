"""Every change by every action, append only, hash chained."""
