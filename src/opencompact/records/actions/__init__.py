"""The only writer of the record's tables: reads files, sets copies aside, publishes lines."""
