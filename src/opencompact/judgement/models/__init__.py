"""Tables of judgement in the office: audits, verdicts, challenges, returns, campaigns and spending targets."""

from opencompact.judgement.models.audits import Development, Finding, FindingEvidence, FindingStep, Letter, Recommendation, Round, RoundBody
from opencompact.judgement.models.challenges import Challenge, ChallengeStep
from opencompact.judgement.models.returns import Addressee, ReturnAnswer, ReturnRound
from opencompact.judgement.models.spend_returns import SpendFiling, SpendSignOff, SpendTarget
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
    "SpendFiling",
    "SpendSignOff",
    "SpendTarget",
    "Verdict",
    "VerdictEvidence",
    "VerdictStep",
]
