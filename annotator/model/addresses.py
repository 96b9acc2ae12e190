"""When two addresses are one: how a page is called without what differs from visit to visit."""

from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

_WEB: Final = {"http": "80", "https": "443"}
_VISITS: Final = frozenset({"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "ref_src"})
"""Parts of a query that say where a reader came from."""


def canonical_address(url: str) -> str:
    """Return the address by which pages are compared, "" for none.

    The protocol, `www.`, capitals in the host, the usual port, a slash at the end, the place on the page and what
    counts visits (`utm_…` and its like) make no other page. What is no web address is compared as it is written.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:  # no number for a port, half an IPv6 address
        return url
    if parts.scheme.lower() not in _WEB or not host:
        return url
    place = host if port is None or str(port) == _WEB[parts.scheme.lower()] else f"{host}:{port}"
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _VISITS and not name.lower().startswith("utm_")
    ]
    return place + parts.path.rstrip("/") + (f"?{urlencode(query)}" if query else "")
