r"""Links that name their file, and pages without what a browser does not need. In: a page. Out: the same page.

A folder opened from a memory stick shows its listing, so a link to a page ends in `index.html`; served, it is the same
page. Templates and Markdown may go on saying `departments/`.

>>> spell_out('<a href="../fees/#top">x</a> <a href=".">y</a> <a href="https://a.example/">z</a>')
'<a href="../fees/index.html#top">x</a> <a href="./index.html">y</a> <a href="https://a.example/">z</a>'
>>> leave_out('<ul>\n<li>a <b>b</b></li>\n<li>c</li>\n</ul> <table><tr><td>1</td></tr></table>')
'<ul>\n<li>a <b>b</b><li>c</ul> <table><tr><td>1</table>'
>>> unquote('<td id="B4" class="a b">x = "y"</td>\n\n<td>the bureau&#39;s</td>')
'<td id=B4 class="a b">x = "y"</td>\n<td>the bureau\'s</td>'
>>> squeeze('<td id="B4" class="a b">x</td>\n<td lang="en">y</td>')
'<td id=B4 class="a b">x</td><td lang=en>y</td>'
"""

from __future__ import annotations

import re

INDEX = "index.html"
_FOLDER = re.compile(r'(?<= )(href|action)="(?![a-zA-Z][a-zA-Z+.-]*:|//)(?:([^"#?]*/)|((?:[^"#?]*/)?\.\.?))(?=["#?])')
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
"""A tag: in a text and in a value `<` and `>` are escaped. One with single quotes is left as it is."""
_QUOTED = re.compile(r"""="([^\s"'=<>`]+)"(?!/)""")
"""A value that needs no quotes: HTML, section 13.1.2.3. Before `/>` it needs them: the stroke would be part of it."""
_ENDS = re.compile(
    r"(?:</(?:t[dhr]|tbody|thead|li|d[dt]|option)>\s*)+"
    r"(?=</?(?:t[dhr]|tbody|thead|li|d[dt]|option)\b|</(?:table|ul|ol|dl|div|select)>)"
)
"""End tags that HTML lets be left out before what follows: section 13.1.2.4. A `<` in a text is escaped."""
_BETWEEN = re.compile(r">\n+<")
_BLANK = re.compile(r">\n{2,}<")
_APOSTROPHE = re.compile(r"&#39;(?=[^<>]*(?:<|$))")
"""As jinja2 writes it; in a text, where it needs no escaping, not within a tag."""


def spell_out(html: str) -> str:
    """Add `index.html` to every link inside the site that ends in a folder."""
    return _FOLDER.sub(lambda found: f'{found[1]}="{found[2] or found[3] + "/"}{INDEX}', html)


def leave_out(html: str) -> str:
    """Leave out the end tags of rows, cells and entries, which the next one or the end of their list closes."""
    return _ENDS.sub("", html)


def unquote(html: str) -> str:
    """Leave out quotes around values that need none, blank lines between tags, and what an apostrophe is escaped by."""
    plain = _APOSTROPHE.sub("'", _BLANK.sub(">\n<", html))
    return _TAG.sub(lambda tag: tag[0] if "='" in tag[0] else _QUOTED.sub(r"=\1", tag[0]), plain).lstrip()


def squeeze(html: str) -> str:
    """The same, and no line breaks between tags: for pages that come by the thousand."""
    return _BETWEEN.sub("><", unquote(html))
