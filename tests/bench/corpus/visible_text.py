"""Turns a page of the corpus into the lines a reader sees, without a browser.

It follows tags and inline styles only: style sheets and script are not run, so it serves checks and the
baseline of the library, never the score of the product.
"""

from html.parser import HTMLParser

_BLOCKS = frozenset(
    [
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "fieldset",
        ),
        *(
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "iframe",
        ),
        *("legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    ]
)
_UNSEEN = frozenset(
    ["script", "style", "template", "title", "noscript", "textarea", "select", "code", "kbd", "samp"]
)
_VOID = frozenset(["br", "hr", "img", "input", "link", "meta", "wbr"])
_UNSEEN_STYLES = ("display:none", "visibility:hidden")


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [""]
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in _BLOCKS or tag == "br":
            self.lines.append("")
        if tag not in _VOID:
            self._open.append((tag, self._is_unseen(tag, values)))
        if tag == "iframe" and values.get("srcdoc"):
            self.lines += [*visible_lines(values["srcdoc"] or ""), ""]

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _ in self._open) and self._open.pop()[0] != tag:
            pass
        if tag in _BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not any(unseen for _, unseen in self._open):
            self.lines[-1] += data

    @staticmethod
    def _is_unseen(tag: str, values: dict[str, str | None]) -> bool:
        if tag == "template" and "shadowrootmode" in values:
            return False
        style = (values.get("style") or "").replace(" ", "")
        edited = "contenteditable" in values or values.get("role") == "textbox"
        return tag in _UNSEEN or "hidden" in values or edited or any(name in style for name in _UNSEEN_STYLES)


def visible_lines(html: str) -> list[str]:
    """Return the text of each block of `html` as written, white space kept; none is empty."""
    parser = _Lines()
    parser.feed(html)
    parser.close()
    return [line for line in parser.lines if line.strip()]
