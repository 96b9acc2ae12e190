"""Whether a window can open here, found out before Qt is asked: Qt ends the whole process where it cannot."""

import ctypes
import os
import re
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from annotator.errors import Refused
from annotator.i18n import _

_SECONDS: Final = 3.0
_DISPLAY: Final = re.compile(r"(?:(?P<protocol>[a-z]+)/)?(?P<host>.*):(?P<number>\d+)(?:\.\d+)?")
_LIBRARY: Final = re.compile(r"(lib[\w.+-]+?\.so[.\d]*): cannot open shared object file")

_PACKAGES: Final = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""Which package of Debian and Ubuntu brings a library; those of tools/setup.sh, by library, and some more."""


def require_display() -> None:
    """Raise Refused where no window can be shown: no display, one that does not answer, or a missing library."""
    if not sys.platform.startswith("linux"):
        return
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform and not platform.startswith(("xcb", "wayland")):
        require_libraries(platform)
        return
    display = os.environ.get("DISPLAY", "")
    if _wayland_answers(os.environ):
        if not (display and _x11_answers(display)):
            # Qt would look for X11 first.
            require_libraries("wayland")
            os.environ.setdefault("QT_QPA_PLATFORM", "wayland")
        return
    demo = _("`annotator demo` does the main job without one")
    if not display:
        raise Refused(_("there is no display"), do=demo)
    if not _x11_answers(display):
        raise Refused(_("the display {name} does not answer").format(name=display), do=demo)
    require_libraries("xcb")
    if not _x11_lets_in(display):
        raise Refused(_("the display {name} does not let this user in").format(name=display), do=demo)


def require_libraries(platform: str) -> None:
    """Raise Refused, naming it, where the system lacks a library that Qt needs for this platform."""
    package = find_spec("PySide6") if sys.platform.startswith("linux") else None
    if package is None or package.origin is None:
        return
    plugin = Path(package.origin).parent / "Qt" / "plugins" / "platforms" / f"libq{platform}.so"
    if plugin.exists():
        try:
            ctypes.CDLL(str(plugin))
        except OSError as error:
            raise missing_library(error) from None


def missing_library(error: Exception) -> Exception:
    """Return what to tell about Qt's failure to load: which library is missing, and how to get it.

    An error that is not about Qt is a bug, and returned as it is.
    """
    found = _LIBRARY.search(str(error))
    if not found:
        if not re.search("PySide6|shiboken6|Qt6", str(error)):
            return error
        return Refused(_("Qt cannot start: {error}").format(error=error), do=_("reinstall the program"))
    library = found[1]
    package = _PACKAGES.get(library)
    install = f"sudo apt-get install {package}" if package else _("the package that has it")
    return Refused(
        _("the system library {name} is missing").format(name=library), do=_("install it: {how}").format(how=install)
    )


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    return bool(name) and _unix_answers(str(Path(environment.get("XDG_RUNTIME_DIR", ""), name)))


def _x11_answers(display: str) -> bool:
    import socket  # noqa: PLC0415 - only where a display is asked

    found = _DISPLAY.fullmatch(display)
    if not found:
        return _unix_answers(display)  # macOS names a socket
    host, number = found["host"], int(found["number"])
    if host in {"", "unix"}:
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - X11's own place, looked at and never written
        return _unix_answers(path) or _unix_answers(f"\0{path}")
    try:
        with socket.create_connection((host.strip("[]"), 6000 + number), timeout=_SECONDS):
            return True
    except OSError:
        return False


def _unix_answers(path: str) -> bool:
    import socket  # noqa: PLC0415 - as above

    with socket.socket(socket.AF_UNIX) as asked:
        asked.settimeout(_SECONDS)
        try:
            asked.connect(path)
        except (OSError, ValueError):
            return False
    return True


def _x11_lets_in(display: str) -> bool:
    """Ask as Qt will: with the person's own cookie, through the library that the X11 plugin has just loaded."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # Qt finds its own
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.POINTER(ctypes.c_int))
    for function in (xcb.xcb_connection_has_error, xcb.xcb_disconnect):
        function.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(os.fsencode(display), None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)
