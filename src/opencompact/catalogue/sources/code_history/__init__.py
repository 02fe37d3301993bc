"""Geographic codes and their days."""
