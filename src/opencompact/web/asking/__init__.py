"""What a body is asked: page, one-time link and spreadsheet over one list of questions."""
