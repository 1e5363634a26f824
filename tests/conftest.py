"""Shared fixtures; nothing here starts Qt."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Property tests judge what is computed, never how fast: a busy machine is no failure.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"


@pytest.fixture
def samples() -> Path:
    """The folder of real reports; they do not ship, so tests that need them skip without them."""
    if not SAMPLES.is_dir():
        pytest.skip("the real sample reports are not here")
    return SAMPLES
