"""A yearly return of spending as one PDF for screen readers and paper: the same lines as the page."""

import json
from importlib import resources
from typing import Any

import typst


def pdf(facts: dict[str, Any]) -> bytes:
    """PDF/UA-1: tagged, titled, in English; `facts` are words alone."""
    source = resources.files("opencompact.web.judgement") / "spend_return.typ"
    plain = json.loads(json.dumps(facts).replace("\\u00a0", " "))
    return bytes(typst.compile(source.read_bytes(), format="pdf", sys_inputs={"facts": json.dumps(plain)}, pdf_standards=["ua-1"]))
