"""Whether pictures can be read here: the extra ``ocr`` may be missing. Light: nothing of it is loaded."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

LINE_MODEL = "PP-OCRv6_rec_small.onnx"
_NEEDED = ("numpy", "PIL", "faster_paddle", "onnxruntime")


def is_available() -> bool:
    """True if everything that reading pictures needs is installed."""
    return all(find_spec(name) is not None for name in _NEEDED) and line_model() is not None


def line_model() -> Path | None:
    """The model file inside the package ``rapidocr``, or None.

    That package itself is not imported, for it brings an image library we have no use for.
    """
    spec = find_spec("rapidocr")
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        path = Path(folder) / "models" / LINE_MODEL
        if path.is_file():
            return path
    return None
