"""A page of our own site -> a Hugo template that puts the same head, header and footer around an article."""

from __future__ import annotations

import posixpath
import re
from html import unescape

from benchmarks.pages import Content, parts_of

_LINKED_DATA = re.compile(r'(<script type="application/ld\+json">).*?(</script>)', re.DOTALL)
_OF_SOME = re.compile(
    r'<link rel="schema\.[^>]*>|<meta name="(?:DCTERMS|eprints|prism)\.[^>]*>|<script[^>]*/evidence\.js"[^>]*></script>'
    r'|(?<=md-tabs__item) md-tabs__item--active|(?<=md-tabs__link") aria-current="true"'
)
"""What only some pages have: what reference managers read of a source, a script, and which section is theirs.

The others do without."""
_CONTENTS = '<nav class="md-nav md-nav--secondary"'

CONTENTS_PARTIAL = """<nav class="md-nav md-nav--secondary" aria-label="Table of contents">
<label class="md-nav__title" for="__toc"><span class="md-nav__icon md-icon"></span>Table of contents</label>
<ul class="md-nav__list" data-md-component="toc" data-md-scrollfix>
{{ with .Fragments }}{{ range .Headings }}{{ template "heading" . }}{{ end }}{{ end }}</ul>
</nav>
{{ define "heading" }}<li class="md-nav__item">
<a href="#{{ .ID }}" class="md-nav__link"><span class="md-ellipsis">{{ .Title }}</span></a>
{{ with .Headings }}<nav class="md-nav"><ul class="md-nav__list">
{{ range . }}{{ template "heading" . }}{{ end }}</ul></nav>
{{ end }}</li>
{{ end }}"""
"""The table of contents that Hugo makes of a page's Markdown, as the theme writes it. It makes none of HTML."""


def page_template(page: str, content: Content) -> str:
    """The Hugo template that writes this page, and with other content all others."""
    before, _, after = (_same_depth(part, content.address) for part in parts_of(page))
    head, body = before.split("</head>", 1)
    head = _OF_SOME.sub("", head)
    head = _LINKED_DATA.sub(r"\1{{ .Params.linked_data | jsonify | safeJS }}\2", _literal(head))
    head = _named(head, content.description, "{{ .Description }}")
    head = head.replace(f'"og:type" content="{content.og_type}"', '"og:type" content="{{ .Params.og_type }}"')
    body = _contents(_literal(_OF_SOME.sub("", body)))
    title = "{{ .Title }}"
    chrome = _named(head, content.title, title) + "</head>" + _named(body, content.title, title)
    return f"{chrome}{{{{ .Content }}}}{_literal(after)}"


def _same_depth(html: str, address: str) -> str:
    """The HTML with its links written as any page may write them that is as deep in the site."""

    def link(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(address, match[2]))
        slash = "/" if match[2].endswith("/") else ""
        return f'{match[1]}="../..{"" if target == "." else f"/{target}"}{slash}"'

    return re.sub(r'\b(href|src)="(\.[^"]*)"', link, html)


def _literal(html: str) -> str:
    return html.replace("{{", '{{ "{{" }}')


def _named(html: str, text: str, action: str) -> str:
    """The HTML with the action wherever the text stands, however its marks are escaped."""
    return re.sub(r'(?<=[">\n])([^"<>\n]+)(?=["<\n])', lambda match: _replaced(match[1], text, action), html)


def _replaced(found: str, text: str, action: str) -> str:
    # The title of a window goes on with the site's name.
    plain = unescape(found)
    before, same, after = plain.partition(text)
    return f"{before}{action}{after}" if same and not before.strip() else found


def _contents(html: str) -> str:
    """The HTML with a partial in place of the table of contents."""
    start = html.find(_CONTENTS)
    if start < 0:
        return html
    depth = 0
    for tag in re.finditer(r"<(/?)nav\b", html[start:]):
        depth += -1 if tag[1] else 1
        if not depth:
            end = html.index(">", start + tag.end()) + 1
            return f'{html[:start]}{{{{ partial "contents.html" . }}}}{html[end:]}'
    return html
