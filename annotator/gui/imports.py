"""Imports without what PySide makes of them."""

import importlib
import sys
from typing import Final

_FEATURES: Final = "shibokensupport.feature"
_LOOK: Final = "_mod_uses_pyside"


def read_no_sources() -> None:
    """Let PySide look into no source file: it would read that of every module which is imported after it.

    It looks for modules that may choose its "features" (snake_case names); ours choose none, and "uses no PySide" is
    the answer that lets a module alone. Another PySide that does it another way goes on doing it. See decision 0018.
    """
    importlib.import_module("PySide6.QtCore")
    feature = sys.modules.get(_FEATURES)
    if feature is not None and callable(getattr(feature, _LOOK, None)):
        setattr(feature, _LOOK, _uses_none)


def _uses_none(_module: object) -> bool:
    return False
