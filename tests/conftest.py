"""Set-up for every test: a screenless Qt, settings of its own, and hypothesis profiles."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The machines that run this are shared: a deadline per example would measure the neighbours.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")

ROOT = Path(__file__).resolve().parent.parent
MATERIAL = ROOT.parent / "shared" / "material"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep settings, logs and caches of a test away from the person's own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("ANNOTATOR_HOME", str(home))
    return home


@pytest.fixture
def seed_article() -> Path:
    """The real article the program is measured by; it is not part of the repository."""
    path = MATERIAL / "seed" / "kazakh-pianist.txt"
    if not path.is_file():
        pytest.skip("the seed article is not on this machine: ../shared/material/seed")
    return path
