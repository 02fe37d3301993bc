"""The register of charities, full extract, as JSON."""
