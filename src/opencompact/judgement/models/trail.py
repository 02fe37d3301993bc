"""What every step of a judgement leaves behind: who did what, and the words and grade as they then stood."""

from django.db import models


class Said(models.Model):
    """One step and the words and grade as they stood after it; never changed. Each room's table of steps adds whose step it is."""

    verb = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    grade = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)
    because = models.TextField(blank=True)
    role = models.CharField(max_length=20)
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        """No table of its own."""

        abstract = True


class Resting(models.Model):
    """Evidence: an address, the day it speaks of, the words relied on, and the checksum of a copy."""

    title = models.TextField()
    address = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    dated_on = models.DateField()
    quote = models.TextField(blank=True)

    class Meta:
        """No table of its own."""

        abstract = True
