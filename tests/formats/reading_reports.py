"""Reads reports for tests, strictly: a page that is no sound HTML is no report."""

from collections.abc import Callable, Iterator

from justhtml import JustHTML, Node, Text

Wanted = Callable[[Node], bool]


class Report:
    """A parsed report; raises StrictModeError for a page that breaks a rule of HTML's syntax."""

    def __init__(self, content: bytes) -> None:
        self.root: Node = JustHTML(content.decode("utf-8"), sanitize=False, strict=True).root

    def elements(self, wanted: Wanted = lambda _node: True, *, below: Node | None = None) -> list[Node]:
        """Return the elements for which something holds, in their order."""
        return [node for node in _nodes(below or self.root) if node.attrs is not None and wanted(node)]

    def of_class(self, name: str, *, below: Node | None = None) -> list[Node]:
        return self.elements(lambda node: name in attribute(node, "class").split(), below=below)

    def by_id(self, name: str) -> Node:
        (found,) = self.elements(lambda node: attribute(node, "id") == name)
        return found

    @property
    def ids(self) -> list[str]:
        return [name for node in self.elements() if (name := attribute(node, "id"))]

    @property
    def jumps(self) -> list[str]:
        """The ids that links lead to."""
        return [where[1:] for node in self.elements() if (where := attribute(node, "href")).startswith("#")]

    def text(self, node: Node | None = None, *, but: Wanted = lambda _node: False) -> str:
        """Return the characters under a node without those of some elements."""
        return "".join(_text(node or self.root, but))

    def article_text(self, article: Node) -> str:
        """Return an article's text: what is shown, without numbers, and with what no page can hold."""
        (text,) = self.of_class("text", below=article)
        return self.text(text, but=_beside)

    def marked(self, article: Node) -> dict[int, str]:
        """Return the characters under the marks of each number."""
        found: dict[int, list[str]] = {}
        (text,) = self.of_class("text", below=article)
        for node, numbers in _under_marks(text, frozenset()):
            for number in numbers:
                found.setdefault(number, []).extend(_own(node))
        return {number: "".join(parts) for number, parts in found.items()}


def attribute(node: Node, name: str) -> str:
    return (node.attrs or {}).get(name) or ""


def _beside(node: Node) -> bool:
    return node.name == "summary" or "n" in attribute(node, "class").split()


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children or ():
        if isinstance(child, Node) and not isinstance(child, Text):
            yield from _nodes(child)


def _own(node: Node | Text) -> Iterator[str]:
    if isinstance(node, Text):
        yield str(node.data)
    elif code := attribute(node, "data-code"):
        yield chr(int(code))


def _text(node: Node | Text, but: Wanted) -> Iterator[str]:
    yield from _own(node)
    if not isinstance(node, Text):
        for child in node.children or ():
            if isinstance(child, Text) or (isinstance(child, Node) and not but(child)):
                yield from _text(child, but)


def _under_marks(node: Node, numbers: frozenset[int]) -> Iterator[tuple[Node | Text, frozenset[int]]]:
    for child in node.children or ():
        if isinstance(child, Text):
            yield child, numbers
        elif isinstance(child, Node) and not _beside(child):
            within = numbers
            if child.name == "mark":
                within |= {int(attribute(child, "title").partition(" ")[0])}
            yield child, within
            yield from _under_marks(child, within)
