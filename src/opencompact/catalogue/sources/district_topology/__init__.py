"""Maps of areas as shared arcs (TopoJSON)."""
