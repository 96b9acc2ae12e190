"""Finds the shipped resources in a wheel, an sdist, an editable install and a checkout."""

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def _root() -> Path:
    package = Path(__file__).resolve().parent
    for candidate in (package / "_resources", package.parent / "resources"):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the program's resources are missing: looked beside and above {package}")


def path(*parts: str) -> Path:
    """Return the path of a resource, for example `path("themes", "light.json")`; it need not exist."""
    return _root().joinpath(*parts)


def text(*parts: str) -> str:
    """Return a resource's text (UTF-8)."""
    return path(*parts).read_text(encoding="utf-8")
