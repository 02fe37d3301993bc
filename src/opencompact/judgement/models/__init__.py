"""Tables of judgement in the office: audits, verdicts, challenges, returns and campaigns."""

from opencompact.judgement.models.audits import Development, Finding, FindingEvidence, FindingStep, Letter, Recommendation, Round, RoundBody
from opencompact.judgement.models.challenges import Challenge, ChallengeStep
from opencompact.judgement.models.returns import Addressee, ReturnAnswer, ReturnRound
from opencompact.judgement.models.verdicts import Verdict, VerdictEvidence, VerdictStep

__all__ = [
    "Addressee",
    "Challenge",
    "ChallengeStep",
    "Development",
    "Finding",
    "FindingEvidence",
    "FindingStep",
    "Letter",
    "Recommendation",
    "ReturnAnswer",
    "ReturnRound",
    "Round",
    "RoundBody",
    "Verdict",
    "VerdictEvidence",
    "VerdictStep",
]
