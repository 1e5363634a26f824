"""Mails as offices send them: attachments, texts in several codings, names as different programs write them."""

from __future__ import annotations

import base64
import zlib
from email.mime.application import MIMEApplication
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText

HEADERS = {
    "Received": "from mail.example.invalid by mx.example.invalid; Mon, 20 Jan 2025 09:12:00 +0800",
    "From": "=?gb2312?B?sOy5q8rS?= <office@example.invalid>",
    "To": "<review@example.invalid>",
    "Subject": "=?gb2312?B?xOqxqA==?=",
    "Date": "Mon, 20 Jan 2025 09:12:00 +0800",
}


def make_mail(*parts: MIMENonMultipart | MIMEMultipart | MIMEMessage, kind: str = "mixed") -> bytes:
    """A mail of these parts; one of a single part has no parts inside."""
    message = parts[0]
    if len(parts) > 1:
        message = several(*parts, kind=kind)
    for name, value in HEADERS.items():
        message[name] = value
    return message.as_bytes()


def several(*parts: MIMENonMultipart | MIMEMultipart | MIMEMessage, kind: str) -> MIMEMultipart:
    """Parts in one, between lines that stand in none of them."""
    held = zlib.crc32(b"".join(part.as_bytes() for part in parts))
    message = MIMEMultipart(kind, boundary=f"----=_Part_{held:08x}")
    for part in parts:
        message.attach(part)
    return message


def written(text: str, kind: str = "plain", coding: str = "gb18030", transfer: str = "base64") -> MIMEText:
    """A text or page of a mail; ``transfer`` is base64, quoted-printable or 8bit."""
    part = MIMEText("", kind, "utf-8")
    part.replace_header("Content-Type", f'text/{kind}; charset="{coding}"')
    part.replace_header("Content-Transfer-Encoding", transfer)
    data = text.encode(coding)
    if transfer == "base64":
        part.set_payload(base64.encodebytes(data).decode())
    elif transfer == "quoted-printable":
        import quopri

        part.set_payload(quopri.encodestring(data).decode())
    else:
        part.set_payload(data.decode("ascii", "surrogateescape"))
    return part


def attached(data: bytes, name: str, kind: str = "octet-stream", coding: str = "") -> MIMEApplication:
    """A file; ``coding`` is that of an encoded word in its name, which most programs here write."""
    part = MIMEApplication(data, kind)
    if coding:
        word = base64.b64encode(name.encode(coding)).decode()
        part.add_header("Content-Disposition", f'attachment; filename="=?{coding}?B?{word}?="')
    else:
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
    return part
