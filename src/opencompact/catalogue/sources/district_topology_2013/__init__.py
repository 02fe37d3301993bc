"""Map of districts of 2013 as shared arcs (TopoJSON)."""
