"""ZIP archives as they come from other people's computers: names in GBK, files behind a password."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib


def make_zip(files: dict[str, bytes], names: str = "") -> bytes:
    """An archive; ``names`` is the encoding of the names, without the mark that says so (empty: as Python does it)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in files.items():
            container.writestr(_Foreign(name, names) if names else name, data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


class _Foreign(zipfile.ZipInfo):
    """An entry whose name is written in an encoding that is not said."""

    def __init__(self, name: str, encoding: str) -> None:
        super().__init__(name)
        self._raw = name.encode(encoding)

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self._raw, self.flag_bits & ~0x800


def lock_zip(name: str, data: bytes, password: bytes) -> bytes:
    """An archive with one stored file behind the password of the old kind."""
    checksum = zlib.crc32(data)
    locked = _encrypted(b"\x01" * 11 + bytes([checksum >> 24]) + data, password)
    path = name.encode()
    sizes = struct.pack("<III", checksum, len(locked), len(data))
    head = struct.pack("<HHHHH", 20, 0x801, 0, 0, 0x21) + sizes + struct.pack("<HH", len(path), 0)
    local = b"PK\x03\x04" + head + path + locked
    central = b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, 0) + path
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


def _encrypted(data: bytes, password: bytes) -> bytes:
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = _crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = _crc(keys[2], keys[1] >> 24)

    for byte in password:
        update(byte)
    out = bytearray()
    for byte in data:
        mask = keys[2] | 2
        out.append(byte ^ (((mask * (mask ^ 1)) >> 8) & 0xFF))
        update(byte)
    return bytes(out)


def _crc(value: int, byte: int) -> int:
    return zlib.crc32(bytes([byte]), value ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
