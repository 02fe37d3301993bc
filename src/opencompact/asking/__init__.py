"""What a body owes an answer to by a day: asked, drafted, cleared by a named official, sent; or silent."""
