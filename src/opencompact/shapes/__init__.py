"""The public and internal tables of the lake, one file each: columns, types, meaning, unit, privacy."""
