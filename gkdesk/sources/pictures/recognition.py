"""Whether pictures can be read here: the extra ``ocr`` may be missing. Light: nothing of it is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.util import find_spec
from pathlib import Path

OnPage = Callable[[int, int], None]

LINE_MODEL = "PP-OCRv6_rec_small.onnx"
_NEEDED = ("numpy", "PIL", "faster_paddle", "onnxruntime")


_listener: ContextVar[OnPage | None] = ContextVar("_listener", default=None)


@contextmanager
def told_to(on_page: OnPage | None) -> Iterator[None]:
    """While a document is read, :func:`tell` calls ``on_page``: readers of text know nothing of pages."""
    token = _listener.set(on_page)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(done: int, total: int) -> None:
    """Say that the next picture inside a document is being read; may raise to stop."""
    on_page = _listener.get()
    if on_page is not None:
        on_page(done, total)


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
