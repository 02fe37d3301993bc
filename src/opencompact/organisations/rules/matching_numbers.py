"""Whose number a file gives: an org-id, a charity number or a company number, read each way, of the organisations that a register has."""

from collections.abc import Container

from opencompact.values.identifier import read_charity_number, read_company_number, read_org_id


def organisations_of(number: str, known: Container[str]) -> tuple[str, ...]:
    """The organisations a number may be of. Several where a charity and a company have the same digits."""
    readings = (read(number) for read in (read_org_id, read_charity_number, read_company_number))
    held = [number.strip(), *(reading.org_id for reading in readings if reading.org_id)]
    return tuple(dict.fromkeys(each for each in held if each in known))
