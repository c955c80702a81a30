"""Every type of audit event: what happened to what, how pages tell it, and whether the search index follows it."""

from __future__ import annotations

from enum import StrEnum


class EventType(StrEnum):
    """``<kind of record>.<what was done>``, as the audit record holds it for good: a member is never renamed.

    ``told`` is the participle with which pages tell it, ``Added by ...``. Where an event is not ``searched``, it
    changes nothing that can be found, and the search index leaves it out.
    """

    told: str
    searched: bool

    def __new__(cls, value: str, told: str = "", searched: bool = True) -> EventType:
        """Make a member of its three values."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.told = told
        member.searched = searched
        return member

    # accounts and roles
    ACCOUNT_MADE = "account.made", "made", False
    ACCOUNT_CHANGED = "account.changed", "changed", False
    ACCOUNT_CLOSED = "account.closed", "closed", False
    ACCOUNT_OPENED = "account.opened", "opened", False
    ACCOUNT_SUPERUSER_GIVEN = "account.superuser_given", "superuser given", False
    ACCOUNT_SUPERUSER_TAKEN = "account.superuser_taken", "superuser taken", False
    ACCOUNT_PASSWORD_CHANGED = "account.password_changed", "password changed", False
    ACCOUNT_SESSIONS_ENDED = "account.sessions_ended", "sessions ended", False
    ACCOUNT_LINK_MADE = "account.link_made", "link made", False
    ACCOUNT_FACTOR_ADDED = "account.factor_added", "factor added", False
    ACCOUNT_FACTOR_REMOVED = "account.factor_removed", "factor removed", False
    ACCOUNT_PROVIDER_ADDED = "account.provider_added", "provider added", False
    ACCOUNT_SIGNED_IN = "account.signed_in", "signed in", False
    ACCOUNT_SIGNED_OUT = "account.signed_out", "signed out", False
    ACCOUNT_REFUSED = "account.refused", "refused", False
    ACCOUNT_NOTICES_CHANGED = "account.notices_changed", "notices changed", False
    TOKEN_MADE = "token.made", "made", False
    TOKEN_REVOKED = "token.revoked", "revoked", False
    WEBHOOK_ADDED = "webhook.added", "added", False
    WEBHOOK_STOPPED = "webhook.stopped", "stopped", False
    WEBHOOK_STARTED = "webhook.started", "started", False
    NOTICE_SENT_AGAIN = "notice.sent_again", "sent again", False
    NOTICE_CONFIRMED_SENT = "notice.confirmed_sent", "confirmed sent", False
    INVITATION_MADE = "invitation.made", "made", False
    INVITATION_REVOKED = "invitation.revoked", "revoked", False
    INVITATION_ACCEPTED = "invitation.accepted", "accepted", False
    ROLE_GRANTED = "role.granted", "granted", False
    ROLE_REVOKED = "role.revoked", "revoked", False

    ACCOUNT_HANDED_OVER = "account.handed_over", "handed over", False
    ACCOUNT_HANDED_BACK = "account.handed_back", "handed back", False

    # saved views
    VIEW_SAVED = "view.saved", "saved", False
    VIEW_SHARED = "view.shared", "shared", False
    VIEW_REMOVED = "view.removed", "removed", False
    VIEW_PUT_BACK = "view.put_back", "put back", False

    # packs and texts
    PACK_IMPORTED = "pack.imported", "imported", True
    TEXT_ATTACHED = "text.attached", "attached", True

    # spreadsheets
    IATI_FILE_IMPORTED = "iati_file.imported", "imported", False
    SPREADSHEET_UPLOADED = "spreadsheet.uploaded", "uploaded", False
    SPREADSHEET_MAPPED = "spreadsheet.mapped", "mapped", False
    SPREADSHEET_DISCARDED = "spreadsheet.discarded", "discarded", False
    SPREADSHEET_IMPORTED = "spreadsheet.imported", "imported", True
    SPREADSHEET_UNDONE = "spreadsheet.undone", "undone", True
    SPREADSHEET_MAP_SAVED = "spreadsheet.map_saved", "map saved", False

    # drafts and publications
    DRAFT_OPENED = "draft.opened", "opened", False
    DRAFT_CHANGED = "draft.changed", "changed", False
    DRAFT_DISCARDED = "draft.discarded", "discarded", False
    DRAFT_RECOVERED = "draft.recovered", "recovered", False
    CATALOGUE_PUBLISHED = "catalogue.published", "published", True
    DOCUMENT_PUBLISHED = "document.published", "published", True
    DOCUMENT_HIDDEN = "document.hidden", "hidden", True
    SIGNATORY_NAMED = "signatory.named", "named", True
    SIGNATORY_STRUCK = "signatory.struck", "struck", True
    COMMITMENT_NOTED = "commitment.noted", "noted", True
    COMMITMENT_NOTE_WRITTEN = "commitment.note_written", "note written", True
    COMMITMENT_WITHDRAWN = "commitment.withdrawn", "withdrawn", True

    # evidence
    CLAIM_WITHDRAWN = "claim.withdrawn", "withdrawn", True
    CLAIM_CHECKED = "claim.checked", "checked", True
    CONFLICT_SIDE_CORRECTED = "conflict.side_corrected", "side corrected", True
    LINK_WITHDRAWN = "link.withdrawn", "withdrawn", True
    ACTIVITY_MOVED = "activity.moved", "moved", True
    ACTIVITY_DATED = "activity.dated", "dated", True
    LINK_CONFIRMED = "link.confirmed", "confirmed", False
    LINK_UNCONFIRMED = "link.unconfirmed", "unconfirmed", False
    LINK_PUT_BACK = "link.put_back", "put back", True
    LINK_RUN_DECIDED = "link.run_decided", "run decided", False
    LINK_RUN_UNDONE = "link.run_undone", "run undone", False
    SUGGESTION_MADE = "suggestion.made", "made", False
    SUGGESTION_ANSWERED = "suggestion.answered", "answered", False
    SUGGESTION_REOPENED = "suggestion.reopened", "reopened", False

    # files
    FILE_RECEIVED = "file.received", "received", False
    FILE_SCANNED = "file.scanned", "scanned", False
    SOURCE_FILE_ATTACHED = "source.file_attached", "file attached", False
    SOURCE_FILE_CHANGED = "source.file_changed", "file changed", False
    SOURCE_FILE_WITHDRAWN = "source.file_withdrawn", "file withdrawn", False
    REPORT_FILE_ATTACHED = "report.file_attached", "file attached", False
    REPORT_FILE_WITHDRAWN = "report.file_withdrawn", "file withdrawn", False

    # figures
    REFRESH_STARTED = "refresh.started", "started", False
    REFRESH_FINISHED = "refresh.finished", "finished", False
    FETCH_NEW = "fetch.new", "new", False
    FETCH_SAME = "fetch.same", "same", False
    FETCH_ABSENT = "fetch.absent", "absent", False
    FETCH_FAILED = "fetch.failed", "failed", False

    # rounds of ratings
    ASSESSMENT_OPENED = "assessment.opened", "opened", False
    ASSESSMENT_IMPORTED = "assessment.imported", "imported", False
    ASSESSMENT_HANDED_OVER = "assessment.handed_over", "handed over", False
    ASSESSMENT_REPLY_OPENED = "assessment.reply_opened", "reply opened", False
    ASSESSMENT_PUBLISHED = "assessment.published", "published", False
    RATING_SUBMITTED = "rating.submitted", "submitted", False
    CELL_SETTLED = "cell.settled", "settled", False
    CELL_CHANGED = "cell.changed", "changed", False
    CELL_REPLIED = "cell.replied", "replied", False

    # reporting cycles
    CYCLE_ADDED = "cycle.added", "added", False
    CYCLE_OPENED = "cycle.opened", "opened", False
    CYCLE_CHANGED = "cycle.changed", "changed", False
    CYCLE_LEADS_NAMED = "cycle.leads_named", "leads named", False
    CYCLE_CLOSED = "cycle.closed", "closed", False
    CYCLE_REMINDED = "cycle.reminded", "reminded", False
    REPORT_ADDED = "report.added", "added", False
    REPORT_SAVED = "report.saved", "saved", False
    REPORT_GROUPED = "report.grouped", "grouped", False
    REPORT_PARTED = "report.parted", "parted", False
    REPORT_SENT = "report.sent", "sent", False
    REPORT_RETURNED = "report.returned", "returned", False
    REPORT_ACCEPTED = "report.accepted", "accepted", False
    REPORT_COMMENTED = "report.commented", "commented", False
    REPORT_PUBLISHED = "report.published", "published", False
    CHECK_ADDED = "check.added", "added", False
    CHECK_SAID = "check.said", "said", False
    CHECK_ACCEPTED = "check.accepted", "accepted", False
    CHECK_REFUSED = "check.refused", "refused", False
    CONFIRM_LINK_MADE = "confirm_link.made", "made", False
    CONFIRM_LINK_REVOKED = "confirm_link.revoked", "revoked", False
    WORKBOOK_UPLOADED = "workbook.uploaded", "uploaded", False
    WORKBOOK_WRITTEN = "workbook.written", "written", False
    WORKBOOK_DISCARDED = "workbook.discarded", "discarded", False
    COMMITMENT_LIFE_DECIDED = "commitment.life_decided", "life decided", False
    COMMITMENT_LIFE_TAKEN_BACK = "commitment.life_taken_back", "life taken back", False

    # rows of the register, entered or imported
    SOURCE_ADDED = "source.added", "added", True
    SOURCE_CHANGED = "source.changed", "changed", True
    PARTY_ADDED = "party.added", "added", True
    PARTY_CHANGED = "party.changed", "changed", True
    MEMBERSHIP_ADDED = "membership.added", "added", True
    MEMBERSHIP_CHANGED = "membership.changed", "changed", True
    DOCUMENT_ADDED = "document.added", "added", True
    DOCUMENT_CHANGED = "document.changed", "changed", True
    DOCUMENTPARTY_ADDED = "documentparty.added", "added", True
    DOCUMENTPARTY_CHANGED = "documentparty.changed", "changed", True
    INSTRUMENT_ADDED = "instrument.added", "added", True
    INSTRUMENT_CHANGED = "instrument.changed", "changed", True
    PROVISION_ADDED = "provision.added", "added", True
    PROVISION_CHANGED = "provision.changed", "changed", True
    COMMITMENT_ADDED = "commitment.added", "added", True
    COMMITMENT_CHANGED = "commitment.changed", "changed", True
    INTERPRETIVENOTE_ADDED = "interpretivenote.added", "added", True
    INTERPRETIVENOTE_CHANGED = "interpretivenote.changed", "changed", True
    CITATION_ADDED = "citation.added", "added", True
    CITATION_CHANGED = "citation.changed", "changed", True
    CLAIM_ADDED = "claim.added", "added", True
    CLAIM_CHANGED = "claim.changed", "changed", True
    CLAIMPARTY_ADDED = "claimparty.added", "added", True
    CLAIMPARTY_CHANGED = "claimparty.changed", "changed", True
    ACTIVITY_ADDED = "activity.added", "added", True
    ACTIVITY_CHANGED = "activity.changed", "changed", True
    ACTIVITYPARTY_ADDED = "activityparty.added", "added", True
    ACTIVITYPARTY_CHANGED = "activityparty.changed", "changed", True
    ACTIVITYEVENT_ADDED = "activityevent.added", "added", True
    ACTIVITYEVENT_CHANGED = "activityevent.changed", "changed", True
    PARTYEVENT_ADDED = "partyevent.added", "added", True
    PARTYEVENT_CHANGED = "partyevent.changed", "changed", True
    FUNDFIGURE_ADDED = "fundfigure.added", "added", True
    FUNDFIGURE_CHANGED = "fundfigure.changed", "changed", True
    ALIKEWORDS_ADDED = "alikewords.added", "added", False
    ALIKEWORDS_CHANGED = "alikewords.changed", "changed", False
    PAPERWORDS_ADDED = "paperwords.added", "added", False
    PAPERWORDS_CHANGED = "paperwords.changed", "changed", False
    SERIES_ADDED = "series.added", "added", True
    SERIES_CHANGED = "series.changed", "changed", True
    OBSERVATION_ADDED = "observation.added", "added", True
    OBSERVATION_CHANGED = "observation.changed", "changed", True
    TARGET_ADDED = "target.added", "added", True
    TARGET_CHANGED = "target.changed", "changed", True
    MEETING_ADDED = "meeting.added", "added", True
    MEETING_CHANGED = "meeting.changed", "changed", True
    INDICATOR_ADDED = "indicator.added", "added", True
    INDICATOR_CHANGED = "indicator.changed", "changed", True
    FEED_ADDED = "feed.added", "added", False
    FEED_CHANGED = "feed.changed", "changed", False
    VINTAGE_ADDED = "vintage.added", "added", False
    VINTAGE_CHANGED = "vintage.changed", "changed", False
    FIGURE_ADDED = "figure.added", "added", False
    FIGURE_CHANGED = "figure.changed", "changed", False
    LINK_ADDED = "link.added", "added", True
    LINK_CHANGED = "link.changed", "changed", True
    CONFLICT_ADDED = "conflict.added", "added", True
    CONFLICT_CHANGED = "conflict.changed", "changed", True
    CONFLICTSIDE_ADDED = "conflictside.added", "added", True
    CONFLICTSIDE_CHANGED = "conflictside.changed", "changed", True
    EDGE_ADDED = "edge.added", "added", True
    EDGE_CHANGED = "edge.changed", "changed", True
    SCALE_ADDED = "scale.added", "added", True
    SCALE_CHANGED = "scale.changed", "changed", True
    SCALEVALUE_ADDED = "scalevalue.added", "added", True
    SCALEVALUE_CHANGED = "scalevalue.changed", "changed", True

    # rows of the register, when a step on a draft is undone or done again
    DOCUMENT_REMOVED = "document.removed", "removed", True
    DOCUMENT_PUT_BACK = "document.put_back", "put back", True
    SIGNATORY_CHANGED = "signatory.changed", "changed", True
    SIGNATORY_REMOVED = "signatory.removed", "removed", True
    SIGNATORY_PUT_BACK = "signatory.put_back", "put back", True
    INSTRUMENT_REMOVED = "instrument.removed", "removed", True
    INSTRUMENT_PUT_BACK = "instrument.put_back", "put back", True
    COMMITMENT_REMOVED = "commitment.removed", "removed", True
    COMMITMENT_PUT_BACK = "commitment.put_back", "put back", True
    NOTE_CHANGED = "note.changed", "changed", True
    NOTE_REMOVED = "note.removed", "removed", True
    NOTE_PUT_BACK = "note.put_back", "put back", True
    CITATION_REMOVED = "citation.removed", "removed", True
    CITATION_PUT_BACK = "citation.put_back", "put back", True

    # rows of the register, when an import is taken back
    SOURCE_REMOVED = "source.removed", "removed", True
    CLAIM_REMOVED = "claim.removed", "removed", True
    CLAIMPARTY_REMOVED = "claimparty.removed", "removed", True
    ACTIVITY_REMOVED = "activity.removed", "removed", True
    ACTIVITYPARTY_REMOVED = "activityparty.removed", "removed", True
    SERIES_REMOVED = "series.removed", "removed", True
    OBSERVATION_REMOVED = "observation.removed", "removed", True
    LINK_REMOVED = "link.removed", "removed", True
    ASSESSMENT_REMOVED = "assessment.removed", "removed", False
    CELL_REMOVED = "cell.removed", "removed", False


def row_event(kind: str, done: str) -> EventType:
    """Return what ``done`` (added, changed, removed, put_back) to a row of ``kind`` is recorded as.

    Raises ``ValueError`` where no such event is defined.
    """
    return EventType(f"{kind}.{done}")


def told(verb: str) -> str:
    """Return how a recorded event is told; one that an earlier version recorded is told by its own words."""
    try:
        return EventType(verb).told
    except ValueError:
        return verb.rpartition(".")[2].replace("_", " ")


def unsearched() -> list[str]:
    """Return the types of events that change nothing that can be found."""
    return [event.value for event in EventType if not event.searched]
