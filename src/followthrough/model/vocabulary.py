"""The fixed vocabularies of the register: each set of words is defined here once.

The value of a member is the word as packs, the database and JSON hold it; the order is the one in which choices are
shown. Whoever needs the words alone iterates over the class.
"""

from __future__ import annotations

from enum import StrEnum


class Vocabulary(StrEnum):
    """A set of words; its members are the words themselves."""

    @classmethod
    def has(cls, word: str) -> bool:
        """Say whether ``word`` is one of the set."""
        return word in cls._value2member_map_


class ProvisionKind(Vocabulary):
    """What a numbered place of a document is."""

    PREAMBLE = "preamble"
    SECTION = "section"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    OTHER = "other"


class AsideKind(Vocabulary):
    """What words of a file are that stand outside its text on purpose."""

    RUNNING_HEAD = "running head"
    PAGE_NUMBER = "page number"
    CONTENTS = "contents list"
    WATERMARK = "watermark"
    HIDDEN = "hidden text"
    NAVIGATION = "navigation"
    FOOTNOTE = "footnote"
    NOTE_MARK = "note mark"
    DELETED = "deleted text"
    COVER = "cover page"
    REPEATED = "number printed twice"
    FIGURE = "figure"
    COMMENT = "comment"
    RUBY = "ruby text"
    EMBEDDED = "embedded page"
    FORM_FIELD = "form field"
    ANNOTATION = "annotation"
    XFA = "XFA form"


class CommitmentKind(Vocabulary):
    """What an undertaking is: something to do, help for others, a principle, a reaffirmation or a call on others."""

    ACTION = "action"
    SUPPORT = "support"
    PRINCIPLE = "principle"
    REAFFIRMATION = "reaffirmation"
    CALL = "call"


class ActorClass(Vocabulary):
    """Who undertakes something or is asked to: all signatories, one party, an organ of theirs, somebody else."""

    SIGNATORIES = "signatories"
    PARTY = "party"
    ORGAN = "organ"
    THIRD_PARTY = "third_party"


class DocumentGenre(Vocabulary):
    """How a text is written, and so how its undertakings are worded."""

    VISION = "vision"
    PRINCIPLES = "principles"
    PLAN = "plan"
    ROADMAP = "roadmap"
    MEMORANDUM = "memorandum"
    TREATY = "treaty"
    DECISION = "decision"
    RESOLUTION = "resolution"
    DECLARATION = "declaration"
    CHAIRS_STATEMENT = "chairs_statement"
    COMMUNIQUE = "communique"


class MissingElement(Vocabulary):
    """What the text of a commitment does not state."""

    DELIVERABLE = "deliverable"
    TARGET = "target"
    TIMEFRAME = "timeframe"
    OWNER = "owner"


class DocumentKind(Vocabulary):
    """What an adopted text is."""

    STATEMENT = "statement"
    DECLARATION = "declaration"
    PLAN_OF_ACTION = "plan_of_action"
    FRAMEWORK = "framework"
    AGREEMENT = "agreement"
    RESOLUTION = "resolution"
    COMMUNIQUE = "communique"


class InstrumentKind(Vocabulary):
    """What a cited instrument is."""

    TREATY = "treaty"
    AGREEMENT = "agreement"
    FUND = "fund"
    PLAN_OF_ACTION = "plan_of_action"
    PROGRAMME = "programme"
    MECHANISM = "mechanism"
    INSTITUTION = "institution"
    POLICY = "policy"
    FRAMEWORK = "framework"


class PartyKind(Vocabulary):
    """What a party is."""

    STATE = "state"
    ORGANISATION = "organisation"


class PublisherKind(Vocabulary):
    """Who published a source; the grade of evidence follows from it."""

    MEDIA = "media"
    JOINT_ORGAN = "joint_organ"
    PARTY = "party"
    FUND = "fund"
    THIRD_PARTY = "third_party"
    INTERNATIONAL_ORGANISATION = "international_organisation"


class ClaimKind(Vocabulary):
    """What a claim is evidence of; the implementation stage follows from it."""

    POLICY = "policy"
    AGREEMENT = "agreement"
    MEETING = "meeting"
    ACTIVITY = "activity"
    FUNDING = "funding"
    OUTPUT = "output"
    OUTCOME = "outcome"
    STATISTIC = "statistic"


class Stance(Vocabulary):
    """How a claim stands to what was undertaken."""

    NEUTRAL = "neutral"
    FAVOURABLE = "favourable"
    UNFAVOURABLE = "unfavourable"
    COMPARISON = "comparison"


class ActivityKind(Vocabulary):
    """What an activity is."""

    PROJECT = "project"
    TRAINING = "training"
    MEETING = "meeting"
    AGREEMENT = "agreement"
    POLICY = "policy"
    PUBLICATION = "publication"


class ActivityState(Vocabulary):
    """Where an activity stands in the project cycle."""

    PROPOSED = "proposed"
    SUBMITTED = "submitted"
    CHECKED = "checked"
    ENDORSED = "endorsed"
    APPROVED = "approved"
    RUNNING = "running"
    IMPLEMENTED = "implemented"
    REPORTED = "reported"
    COMPLETED = "completed"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    PERIOD_ENDED = "period_ended"
    UNKNOWN = "unknown"


class ActivityEventKind(Vocabulary):
    """A dated step of the project cycle."""

    CONCEPT_NOTE = "concept_note"
    FULL_PROPOSAL = "full_proposal"
    CHECKED = "checked"
    ENDORSED = "endorsed"
    APPROVED = "approved"
    FIRST_DISBURSEMENT = "first_disbursement"
    PROGRESS_REPORT = "progress_report"
    IMPLEMENTED = "implemented"
    COMPLETION_REPORT = "completion_report"
    BALANCE_RETURNED = "balance_returned"
    VERIFIED = "verified"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


class TreatyAction(Vocabulary):
    """What a party did with an instrument."""

    SIGNED = "signed"
    RATIFIED = "ratified"
    ACCEDED = "acceded"
    IN_FORCE = "in_force"
    DENOUNCED = "denounced"


class FundFigureKind(Vocabulary):
    """What a published figure about a fund counts."""

    CONTRIBUTION = "contribution"
    CUMULATIVE = "cumulative"
    PLEDGE = "pledge"
    ONGOING_PORTFOLIO = "ongoing_portfolio"
    ALLOCATION = "allocation"
    DISBURSEMENT = "disbursement"


class LinkSubject(Vocabulary):
    """What a link ties to a commitment or a provision: exactly one of these."""

    CLAIM = "claim"
    ACTIVITY = "activity"
    TARGET = "target"
    SERIES = "series"
    MEETING = "meeting"
    INSTRUMENT = "instrument"
    INDICATOR = "indicator"


class LinkRole(Vocabulary):
    """What a linked record does for the commitment; context never changes its implementation stage."""

    MAIN = "main"
    CONTRIBUTORY = "contributory"
    CONTEXT = "context"


class Origin(Vocabulary):
    """Who brought a link or an edge: a person, or a suggestion that a person confirms."""

    PERSON = "person"
    PROPOSED = "proposed"


class EdgeKind(Vocabulary):
    """What the later commitment does to the earlier one."""

    IMPLEMENTS = "implements"
    CONTINUES = "continues"
    RESTATES = "restates"
    ELABORATES = "elaborates"
    STRENGTHENS = "strengthens"
    WEAKENS = "weakens"
    MERGES = "merges"
    SPLITS = "splits"
    SUPERSEDES = "supersedes"
    DROPS = "drops"


class Direction(Vocabulary):
    """Where an indicator should move; parity is towards its target, context and none are never scored."""

    UP = "up"
    DOWN = "down"
    PARITY = "parity"
    CONTEXT = "context"
    NONE = "none"


class Aggregation(Vocabulary):
    """How the figures of the parties are summed up."""

    MEDIAN = "median"
    MEAN = "mean"
    SUM = "sum"
    GAP = "gap"
    NONE = "none"


class Arithmetic(Vocabulary):
    """How a rating scale calculates: a mean, counts of its values, or all values fully kept."""

    MEAN = "mean"
    COUNTS = "counts"
    ALL = "all"


class PercentFormula(Vocabulary):
    """How the mean of a scale becomes a percentage: half is (mean + 1)/2 x 100, plain is mean x 100."""

    HALF = "half"
    PLAIN = "plain"


class MeasurementLevel(Vocabulary):
    """The level of measurement of a scale, on which the coefficient of agreement depends."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
