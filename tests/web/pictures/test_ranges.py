from opencompact.web.pictures.ranges import mark


def test_mark_has_interval_share_and_kind() -> None:
    assert mark(0.5, 0.25, 0.75, whole=0.4).count("<line") == 3


def test_mark_without_a_kind_has_no_line_for_it() -> None:
    assert mark(0.5, 0.25, 0.75, whole=None).count("<line") == 2
