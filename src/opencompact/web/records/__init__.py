"""Pages about the public record: consultations, spend, files and problems."""
