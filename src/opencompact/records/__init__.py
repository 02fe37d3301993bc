"""The public record: consultations, notices, contracts, grants, payments; the origin of every row; problems."""
