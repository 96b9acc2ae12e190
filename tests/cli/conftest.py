"""Running the command line inside the test's own process, and a project to run it on."""

from pathlib import Path

import pytest

from annotator.__main__ import main
from tests.cli.running import Command, Ran


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `annotator` with some words; what goes wrong must be one line on the error stream each."""

    def ran(*words: str | Path) -> Ran:
        capsys.readouterr()
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        assert all(line.startswith("annotator: ") for line in err.splitlines()), err
        return Ran(code, out, err)

    return ran


@pytest.fixture
def project(command: Command, tmp_path: Path) -> Path:
    """A new project of Ada's, empty."""
    path = tmp_path / "p.annot"
    assert command("--as", "Ada", "new", path).code == 0
    return path
