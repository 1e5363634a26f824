"""The record of changes of a report (修改记录), as the workbook prints it and the window shows it."""

from __future__ import annotations

from gkdesk.model.review import AuditLine, Review


def audit_lines(review: Review) -> list[AuditLine]:
    """One line for every cell a reviewer decided about, in the order of the form."""
    return [
        AuditLine(
            cell=cell.ref,
            as_read=cell.as_read,
            reading=cell.as_reviewed.reading,
            who=cell.as_reviewed.who,
            when=cell.as_reviewed.when,
            why=cell.as_reviewed.why,
            place=cell.place,
        )
        for cell in review.form
        if cell.as_reviewed is not None
    ]
