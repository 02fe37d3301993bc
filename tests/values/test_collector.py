"""The search for circles is off for as long as it is asked to be, and as it was before afterwards."""

import gc

import pytest

from opencompact.values.collector import without_collector


@pytest.fixture(params=[True, False], ids=["on before", "off before"])
def was_on(request):
    held = gc.isenabled()
    gc.enable() if request.param else gc.disable()
    yield request.param
    gc.enable() if held else gc.disable()


def test_search_is_off_within_and_as_before_afterwards(was_on):
    with without_collector():
        assert not gc.isenabled()
    assert gc.isenabled() == was_on


def test_search_is_as_before_after_a_fault(was_on):
    with pytest.raises(ValueError, match="a fault"), without_collector():
        raise ValueError("a fault")
    assert gc.isenabled() == was_on
