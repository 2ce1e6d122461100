"""What the page of one thing shows."""

from dataclasses import dataclass
from typing import Any

from flask_login import current_user

from campaigns.base.clock import now
from campaigns.domain.accounts.access import may
from campaigns.domain.accounts.permissions import Permission
from campaigns.domain.campaigns import parts
from campaigns.domain.campaigns.queries import where_is
from campaigns.domain.campaigns.states import ANNOUNCED, State
from campaigns.domain.campaigns.steering import possible_moves
from campaigns.domain.insights.portal import cards_of
from campaigns.domain.insights.readable import FIELD_LABELS, changes, taken_out
from campaigns.domain.insights.readable_needs import asked_for, edit_changes
from campaigns.domain.insights.readable_shops import shop_words
from campaigns.domain.moderation import queries
from campaigns.domain.moderation.contract import Item
from campaigns.domain.moderation.hints import Hint, look
from campaigns.domain.moderation.holds import Hold, held
from campaigns.domain.moderation.models import Decision
from campaigns.domain.moderation.notes import notes_on, uses_keys
from campaigns.domain.moderation.queue import entry_of, tally
from campaigns.domain.moderation.reasons import texts_in
from campaigns.domain.moderation.subjects import SUBJECTS
from campaigns.domain.moderation.verdicts import REASON_LABELS, UNDO_WITHIN, VERDICT_LABELS, Verdict
from campaigns.domain.moderation.versions import version_of
from campaigns.domain.pictures.consent import ALLOWS_LABELS, HOW_LABELS, SEEN_LABELS
from campaigns.domain.problems.freezing import CAN_FREEZE
from campaigns.themes import LOOKS
from campaigns.web.locale import language
from campaigns.web.review.dues import due_words
from campaigns.web.review.files import files_of
from campaigns.web.review.labels import CONFLICTS, HINT_LABELS, KIND_LABELS, MISSING, REFUSALS
from campaigns.web.review.partners import words_for
from campaigns.web.review.problem import words_of_problem
from campaigns.web.review.rows import reach, titles


@dataclass(frozen=True)
class Said:
    """What a form said: it is shown again where the decision was not taken."""

    verdict: Any = None
    reason: Any = None
    note: str = ""


def values_of(item: Item, refusal: str, said: Said) -> dict[str, Any]:
    """Everything `review/item.html` knows."""
    subject, history = SUBJECTS[item.kind], queries.history(item)
    return {
        "item": item,
        "card": titles([item]).get(item.campaign.id) if item.campaign else None,
        "own_title": own_title(item),
        "kinds": KIND_LABELS,
        "is_own": item.author_id == current_user.id,
        "verdicts": [(choice, VERDICT_LABELS[choice]) for choice in subject.verdicts],
        "verdict_labels": VERDICT_LABELS,
        "reasons": REASON_LABELS,
        "reason_letters": texts_in(language().code),
        "history": history,
        "undoable": [row.public_id for row in history if _may_undo(row, history)],
        "changes": changes_of(item),
        "taken_out": taken_out(item.thing.hidden_marks),
        "notes": notes_on(item),
        "steps": _steps(item),
        "problems": _problems(refusal, said),
        "conflict": CONFLICTS.get(refusal),
        "said": said,
        "seen": version_of(item),
        "keys": uses_keys(current_user),
        **_waiting(item),
        **_hints(item),
        **words_for(item),
        **words_of_problem(item),
        "files": files_of(item),
        "seen_labels": SEEN_LABELS,
        "how_labels": HOW_LABELS,
        "allows_labels": ALLOWS_LABELS,
        "freezing": _freezing(item),
        "about": queries.thing_of(item.thing.decision) if item.kind == "appeal" else None,
    }


def own_title(item: Item) -> str:
    """What a list calls it; empty where its campaign's title says it."""
    persian, english = item.titles
    return (language().code == "en" and english) or persian


def _waiting(item: Item) -> dict[str, Any]:
    """Who holds it, when it is due, how many have agreed, and how much else waits."""
    subject = SUBJECTS[item.kind]
    entry, hold = entry_of(item.kind, item.thing.id), held(item)
    return {
        "is_waiting": subject.is_waiting(item),
        "due": due_words(entry.due_at) if entry else "",
        "is_late": entry is not None and entry.due_at <= now(),
        "hold": hold,
        "is_mine": hold is not None and hold.user.id == current_user.id,
        "is_held": _is_anothers(hold),
        "approvals": [row for row in queries.standing(item) if row.verdict == Verdict.APPROVE],
        "approvals_needed": subject.approvals_needed(item),
        "left": tally(reach()).waiting - (entry is not None),
    }


def _is_anothers(hold: Hold | None) -> bool:
    return hold is not None and hold.user.id != current_user.id


def _hints(item: Item) -> dict[str, Any]:
    found: list[Hint] = look(item)
    others = [hint.copied.campaign_id for hint in found if hint.copied]
    return {
        "hints": found,
        "hint_labels": HINT_LABELS,
        "field_labels": FIELD_LABELS,
        "copied_cards": cards_of(sorted(set(others)), language().code),
    }


def _problems(refusal: str, said: Said) -> list[tuple[str, object]]:
    """(field id, sentence) for what is missing in the form; a refusal that no field can mend leads to the top."""
    if refusal == "reason":
        needed = (("reason", said.reason), ("note", said.note))
        return [(name, MISSING[name]) for name, given in needed if not given]
    if refusal == "body":
        return [("body", MISSING["body"])]
    return [("verdict" if refusal == "verdict" else "main", REFUSALS[refusal])] if refusal else []


def changes_of(item: Item) -> list[object]:
    """What it says, or what it changes, in words."""
    if item.kind == "edit":
        return [*changes(item.thing.base, item.thing.data, language().code, LOOKS)]
    if item.kind == "need":
        return [*edit_changes(item.thing, language().code)]
    if item.kind == "campaign":
        return [
            change
            for part in parts.Part
            for change in changes({}, parts.read(item.campaign, part), language().code, LOOKS)
        ] + [*asked_for(item.campaign, language().code)]
    if item.kind == "shop":
        return [*shop_words(item.thing)]
    if item.kind == "update":
        return [*changes({}, {"title": item.thing.title, "story": item.thing.body}, language().code)]
    return []


def _steps(item: Item) -> list[tuple[object, object]]:
    """How this person may steer a campaign that has been approved."""
    if item.kind != "campaign" or item.campaign.state not in ANNOUNCED:
        return []
    if not may(current_user.id, Permission.STEER_CAMPAIGN, where_is(item.campaign)):
        return []
    return [*possible_moves(item.campaign)]


def _freezing(item: Item) -> str:
    """What may be done about giving from here: `freeze`, `thaw`, or nothing."""
    if item.kind not in {"campaign", "problem"}:
        return ""
    if item.campaign.state == State.FROZEN:
        return "thaw"
    return "freeze" if item.campaign.state in CAN_FREEZE else ""


def _may_undo(row: Decision, history: object) -> bool:
    taken = {other.undoes_id for other in history}  # type: ignore[attr-defined]
    mine = row.actor_id == current_user.id and row.undoes_id is None and row.id not in taken
    return mine and now() - row.decided_at <= UNDO_WITHIN
