"""The quarterly forum or council and roundtables: invitations, agenda, attendance, minutes, actions."""
