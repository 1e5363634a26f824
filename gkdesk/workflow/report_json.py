"""A report as the JSON object of the command line's contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from gkdesk.model.cellref import CellRef
from gkdesk.model.finding import Evidence, Finding, Proposal
from gkdesk.model.form import Cell
from gkdesk.model.place import place_to_json
from gkdesk.model.proof import Proof
from gkdesk.model.reading import Number, State
from gkdesk.model.review import SECTIONS, Review
from gkdesk.model.wording import finding_words, proposal_words
from gkdesk.workflow.deciding import answer_to


def to_json(
    review: Review, findings: Iterable[Finding], proofs: Mapping[CellRef, Proof] | None = None
) -> dict[str, object]:
    """The object of one report, in the order of the contract; every value can be written by ``json.dumps``.

    A cell has ``proof`` where ``proofs`` are given, and, like a finding, ``answer`` where a reviewer answered it.
    """
    extracted = review.extracted
    return {
        "source": review.source_name,
        "sha256": review.sha256,
        "kind": review.kind,
        "edition": extracted.edition,
        "organization": extracted.organization,
        "year": extracted.year,
        "title": extracted.title,
        "cells": {str(cell.ref): _cell(cell) | _beside(cell, review, proofs or {}) for cell in review.form},
        "findings": [_finding(finding) | _answer(finding, review) for finding in findings],
        "sections": {name: extracted.sections.get(name, "") for name in SECTIONS},
        "seconds": review.seconds,
    }


def _cell(cell: Cell) -> dict[str, object]:
    reading = cell.reading
    return {
        "value": _number(reading.value),
        "raw": reading.raw,
        "state": str(reading.state),
        "confidence": round(reading.confidence, 4),
        "where": None if reading.state is State.MISSING else place_to_json(cell.place),
    }


def _beside(cell: Cell, review: Review, proofs: Mapping[CellRef, Proof]) -> dict[str, object]:
    """What speaks for the figure besides its reading."""
    proof = proofs.get(cell.ref)
    if proof is None:
        return _answer(cell.ref, review)
    grounds = {
        "identities": proof.identities,
        "printed_zeros": proof.printed_zeros,
        "prose": proof.witnesses,
        "last_year": proof.neighbours,
        "holds": proof.holds,
    }
    return {"proof": grounds} | _answer(cell.ref, review)


def _answer(about: CellRef | Finding, review: Review) -> dict[str, object]:
    """The answer that stands, if there is one."""
    decision = answer_to(about, review.form, review.decisions)
    if decision is None:
        return {}
    return {"answer": {"outcome": str(decision.outcome), "note": decision.note}}


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "verdict": str(finding.verdict),
        "severity": str(finding.severity),
        "cells": [str(ref) for ref in finding.cells],
        "expected": _number(finding.expected),
        "actual": _number(finding.actual),
        "message": finding_words(finding),
        "proposals": [_proposal(proposal) for proposal in finding.proposals],
        "evidence": [_evidence(passage) for passage in finding.evidence],
    }


def _proposal(proposal: Proposal) -> dict[str, object]:
    return {
        "changes": {str(ref): _number(value) for ref, value in proposal.changes},
        "score": round(proposal.score, 4),
        "reason": proposal_words(proposal),
    }


def _evidence(passage: Evidence) -> dict[str, object]:
    return {"sentence": passage.sentence, "figure": passage.figure, "where": place_to_json(passage.place)}


def _number(value: Number | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value
