"""The sample country: invented files in true shapes, with the truth planted in them."""
