"""Districts of 2021 and the regions of the VCSE emergencies partnership."""
