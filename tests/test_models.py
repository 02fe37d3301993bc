"""Every table of the office: steps taken by somebody at an instant are whole or absent, and what is of a person is declared."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import BooleanField, DateTimeField, ForeignObjectRel, Model, TextField

ROOMS = ("audit", "accounts", "asking", "organisations", "promises", "convening", "judgement")
MODELS = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
# Words of fields that name, reach or may hold something of a person, or open a door.
OF_A_PERSON = ("email", "token", "secret", "password", "with_whom", "held_text", "session_", "phone", "handover")


def privacy(model: type[Model]) -> dict[str, str]:
    module = import_module(model.__module__)
    return dict(getattr(module, "PRIVACY", {}).get(model.__name__, {}))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_step_has_both_who_and_when_or_neither(model: type[Model]) -> None:
    names = {field.name for field in model._meta.get_fields()}
    optional = {
        name.removesuffix("_at") for name in names if name.endswith("_at") and f"{name.removesuffix('_at')}_by" in names and model._meta.get_field(name).null
    }
    rules = " ".join(str(rule.condition) for rule in model._meta.constraints if hasattr(rule, "condition"))
    assert {verb for verb in optional if not (f"{verb}_at" in rules and f"{verb}_by" in rules)} == set()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_is_of_a_person_is_declared(model: type[Model]) -> None:
    personal = {
        field.name
        for field in model._meta.get_fields()
        if any(word in field.name for word in OF_A_PERSON) and not isinstance(field, BooleanField | ForeignObjectRel)
    }
    assert personal - set(privacy(model)) == set()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_is_declared_is_there(model: type[Model]) -> None:
    assert set(privacy(model)) - {field.name for field in model._meta.get_fields()} == set()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_machine_address_or_browser_is_kept_and_no_text_is_null(model: type[Model]) -> None:
    fields = [field for field in model._meta.get_fields() if hasattr(field, "null")]
    assert {field.name for field in fields if {"ip", "agent", "browser"} & set(field.name.split("_"))} == set()
    assert {field.name for field in fields if isinstance(field, TextField) and field.null} == set()
    assert model._meta.ordering == []
    assert {field.name for field in fields if isinstance(field, DateTimeField) and (field.auto_now or field.auto_now_add)} == set()
