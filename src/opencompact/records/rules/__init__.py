"""Pure rules of the record: how files are known, tidied and compared."""
