"""Pages of the first question: home by role, and the quarter's brief."""
