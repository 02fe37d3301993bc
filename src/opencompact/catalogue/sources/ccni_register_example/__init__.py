"""Register of Northern Ireland: an example of the export."""
