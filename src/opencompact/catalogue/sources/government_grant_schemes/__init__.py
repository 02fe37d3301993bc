"""Government grant schemes from 2015-16."""
