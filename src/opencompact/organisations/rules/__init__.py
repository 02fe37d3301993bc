"""The rules of who is who: pure, and the SQL made from them."""
