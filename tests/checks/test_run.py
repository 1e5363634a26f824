"""The rules together: none forgotten, none able to crash, worst first, fast."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Iterator

import pytest

import gkdesk.checks
from gkdesk.checks.registry import Rule, rule
from gkdesk.checks.run import RULES, check
from gkdesk.checks.subject import Subject
from gkdesk.model.content import Note
from gkdesk.model.finding import Finding, Severity
from gkdesk.model.form import FilledForm
from gkdesk.model.review import Extracted
from gkdesk.model.spec import load_editions
from gkdesk.model.wording import finding_words

from .reports import BLANK, MISSING, doubtful, huaian, report


def test_no_rule_was_forgotten() -> None:
    modules = [
        importlib.import_module(f"gkdesk.checks.{module.name}")
        for module in pkgutil.iter_modules(gkdesk.checks.__path__)
    ]
    found = {value for module in modules for value in vars(module).values() if isinstance(value, Rule)}
    assert found == set(RULES)
    assert len({one.name for one in RULES}) == len(RULES)


@rule("test.fails")
def failing(subject: Subject) -> Iterator[Finding]:
    raise ZeroDivisionError
    yield


def test_a_rule_that_fails_is_logged_and_becomes_a_finding(caplog: pytest.LogCaptureFixture) -> None:
    form = huaian()
    extracted = Extracted(form, "2021", None, 2024, "")
    with caplog.at_level(logging.ERROR):
        findings = check(extracted, form, load_editions()["2021"], rules=[failing, *RULES])
    assert [finding_words(finding) for finding in findings] == [
        "有一项检查没有完成（test.fails），请把这份报告交给技术人员看一下"
    ]
    assert "test.fails" in caplog.text


def test_a_form_of_another_edition_does_not_crash(caplog: pytest.LogCaptureFixture) -> None:
    form = FilledForm("2019", [])
    findings = check(Extracted(form, "2019", None, 2019, ""), form, load_editions()["2019"])
    assert [finding.code for finding in findings] == ["rule-failed"]
    assert caplog.records


def test_worst_first() -> None:
    found = report(
        {
            "t2.rules.made": doubtful(1, "1件"),
            "t3.new.total": 3118,
            "t3.denied_safety": MISSING,
            "t3.carried_in.other": BLANK,
            "t4.review.total": doubtful(350, "350件"),
            "t4.direct.total": 27,
        },
        year=2020,
        notes=[Note("organization-guessed", {"printed": "某某", "organization": "某某局"})],
    )
    assert [(finding.severity, finding.rule) for finding in found.findings] == [
        (Severity.ERROR, "t3.balance"),
        (Severity.ERROR, "t3.row-total"),
        (Severity.ERROR, "t4.row-total"),
        (Severity.WARNING, "t4.row-total"),
        (Severity.WARNING, "reading.doubtful"),
        (Severity.WARNING, "reading.doubtful"),
        (Severity.WARNING, "reading.missing"),
        (Severity.WARNING, "origin.edition"),
        (Severity.INFO, "t3.column-total"),
        (Severity.INFO, "t3.row-total"),
        (Severity.INFO, "note.organization-guessed"),
        (Severity.INFO, "reading.blank"),
    ]


def test_a_problem_keeps_its_fingerprint_when_figures_change() -> None:
    before, after = (report({"t4.direct.total": value}).findings[0] for value in (27, 28))
    assert before.fingerprint == after.fingerprint
    prints = [finding.fingerprint for finding in report({"t3.new.total": 1, "t3.granted.total": 1}).findings]
    assert len(set(prints)) == len(prints)
