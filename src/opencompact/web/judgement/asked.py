"""Every kind of ask that judgement makes of a body."""

from opencompact.web.judgement import audits_asked, returns_asked, verdicts_asked

KINDS = {**audits_asked.KINDS, **verdicts_asked.KINDS, **returns_asked.KINDS}
