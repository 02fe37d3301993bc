"""Classes of the Charity Commission."""
