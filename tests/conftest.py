"""Set-up for every test: a screenless Qt with fonts of its own, settings of its own, and `--long`."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
_TESTS = pytest.StashKey[int]()
_TESTS_BETWEEN = 20
"""After so many everything is looked through, which takes a tenth of a second."""

MATERIAL = ROOT.parent / "shared" / "material"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Read when Qt first asks for a font: only our fonts, drawn in one way, or pictures differ from machine to machine.
os.environ["FONTCONFIG_FILE"] = str(ROOT / "tests" / "fonts" / "fonts.conf")

# The machines that run this are shared: a deadline per example would measure the neighbours.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("default"), max_examples=2000, stateful_step_count=100)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--long`, which `make test-long` gives, and `--update-golden`."""
    parser.addoption("--long", action="store_true", help="also run tests marked long, and 20 times as many examples")
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden pictures that differ")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples a property test makes up."""
    config.addinivalue_line("markers", "long: takes minutes; runs with --long only")
    settings.load_profile("long" if config.getoption("--long") else "default")
    gc.disable()


def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Look for garbage on this thread only, as the window does: a worker would destroy an earlier test's widgets."""
    tests = item.config.stash[_TESTS] = item.config.stash.get(_TESTS, 0) + 1
    gc.collect(1 if tests % _TESTS_BETWEEN else 2)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the tests marked long unless they are asked for."""
    if config.getoption("--long"):
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="long: run with --long"))


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
