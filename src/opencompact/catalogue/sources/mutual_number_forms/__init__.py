"""What letters of mutuals numbers mean."""
