"""The register of charities, full extract."""
