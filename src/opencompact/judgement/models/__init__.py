"""Tables of judgement in the office: audits, verdicts and challenges."""

from opencompact.judgement.models.audits import Development, Finding, FindingEvidence, FindingStep, Letter, Recommendation, Round, RoundBody
from opencompact.judgement.models.challenges import Challenge, ChallengeStep
from opencompact.judgement.models.verdicts import Verdict, VerdictEvidence, VerdictStep

__all__ = [
    "Challenge",
    "ChallengeStep",
    "Development",
    "Finding",
    "FindingEvidence",
    "FindingStep",
    "Letter",
    "Recommendation",
    "Round",
    "RoundBody",
    "Verdict",
    "VerdictEvidence",
    "VerdictStep",
]
