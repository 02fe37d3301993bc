"""Pages of calls for evidence on GOV.UK."""
