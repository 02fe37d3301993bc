"""Geographic codes and those before them."""
