"""What is read of an OCDS release: the fields the tables are made from, and no other, so that contact people, addresses and long texts stay outside.

Merging takes each field by itself, so the merge of these fields is what the merge of whole releases says of them.
"""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, field

# Whatever stands there: a value of the wrong type is told as a problem, not refused. `plain` is what stands there where all is as it should be
Text = Any
Key = Annotated[Any, Meta(extra={"plain": str})]
Words = Annotated[Any, Meta(extra={"plain": list[str]})]
Truth = Annotated[Any, Meta(extra={"plain": bool})]


class _Read(Struct, rename="camel", gc=False):
    """Fields absent stay absent; those not named are passed over."""


class Identifier(_Read):
    """A register and a number on it, or a class and its scheme."""

    scheme: Text = UNSET
    id: Text = UNSET


class Value(_Read):
    """An amount of money; `amountGross` is with tax."""

    amount: Text = UNSET
    amount_gross: Text = UNSET
    currency: Text = UNSET


class Period(_Read):
    """From when to when."""

    start_date: Text = UNSET
    end_date: Text = UNSET


class Suitability(_Read):
    """Whom it suits."""

    sme: Truth = UNSET
    vcse: Truth = UNSET


class Document(_Read):
    """A document; `noticeType` is on the one that is the notice."""

    id: Key = UNSET
    notice_type: Key = UNSET
    url: Text = UNSET


class Amendment(_Read):
    """A change of a tender, an award or a contract."""

    id: Key = UNSET
    date: Text = UNSET


class Details(_Read):
    """What an organisation is."""

    vcse: Text = UNSET
    scale: Text = UNSET


class Reference(_Read):
    """An organisation by its id among the parties."""

    id: Key = UNSET
    name: Text = UNSET


class Party(_Read):
    """An organisation that takes part."""

    id: Key = UNSET
    name: Text = UNSET
    roles: Words = UNSET
    identifier: Identifier | UnsetType | None = UNSET
    additional_identifiers: list[Identifier] | UnsetType | None = UNSET
    details: Details | UnsetType | None = UNSET


class Lot(_Read):
    """A part of what is bought."""

    id: Key = UNSET
    title: Text = UNSET
    status: Text = UNSET
    value: Value | UnsetType | None = UNSET
    contract_period: Period | UnsetType | None = UNSET
    suitability: Suitability | UnsetType | None = UNSET


class Techniques(_Read):
    """Ways of buying."""

    has_framework_agreement: Truth = UNSET
    has_dynamic_purchasing_system: Truth = UNSET


class Tender(_Read):
    """What is asked for."""

    id: Text = UNSET
    title: Text = UNSET
    status: Text = UNSET
    date_published: Text = UNSET
    procurement_method: Text = UNSET
    procurement_method_details: Text = UNSET
    main_procurement_category: Text = UNSET
    legal_basis: Identifier | UnsetType | None = UNSET
    tender_period: Period | UnsetType | None = UNSET
    value: Value | UnsetType | None = UNSET
    suitability: Suitability | UnsetType | None = UNSET
    techniques: Techniques | UnsetType | None = UNSET
    lots: list[Lot] | UnsetType | None = UNSET
    amendments: list[Amendment] | UnsetType | None = UNSET
    documents: list[Document] | UnsetType | None = UNSET


class Award(_Read):
    """A decision to buy."""

    id: Key = UNSET
    title: Text = UNSET
    status: Text = UNSET
    date: Text = UNSET
    date_published: Text = UNSET
    value: Value | UnsetType | None = UNSET
    suppliers: list[Reference] | UnsetType | None = UNSET
    contract_period: Period | UnsetType | None = UNSET
    has_subcontracting: Truth = UNSET
    amendments: list[Amendment] | UnsetType | None = UNSET
    documents: list[Document] | UnsetType | None = UNSET


class Contract(_Read):
    """What was signed after an award."""

    id: Key = UNSET
    award_id: Key = field(default=UNSET, name="awardID")
    status: Text = UNSET
    value: Value | UnsetType | None = UNSET
    period: Period | UnsetType | None = UNSET
    date_signed: Text = UNSET
    amendments: list[Amendment] | UnsetType | None = UNSET
    documents: list[Document] | UnsetType | None = UNSET


class Planning(_Read):
    """What was said before the tender."""

    documents: list[Document] | UnsetType | None = UNSET


class RelatedProcess(_Read):
    """Another process this one belongs to."""

    id: Key = UNSET
    relationship: Words = UNSET


class Release(_Read):
    """One release of a process."""

    ocid: Key = UNSET
    id: Key = UNSET
    date: Key = UNSET
    tag: Words = UNSET
    title: Text = UNSET
    parties: list[Party] | UnsetType | None = UNSET
    buyer: Reference | UnsetType | None = UNSET
    planning: Planning | UnsetType | None = UNSET
    tender: Tender | UnsetType | None = UNSET
    awards: list[Award] | UnsetType | None = UNSET
    contracts: list[Contract] | UnsetType | None = UNSET
    related_processes: list[RelatedProcess] | UnsetType | None = UNSET


class Record(_Read):
    """A process with its releases, and as its publisher compiled them."""

    ocid: Text = UNSET
    releases: list[Release] | UnsetType | None = UNSET
    compiled_release: Release | UnsetType | None = UNSET
