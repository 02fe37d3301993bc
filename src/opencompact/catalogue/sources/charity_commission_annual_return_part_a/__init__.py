"""Income of charities from government, full extract, annual return part A."""
