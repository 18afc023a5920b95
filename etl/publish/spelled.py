r"""Links that name their file, and pages without what a browser does not need. In: a page. Out: the same page.

A folder opened from a memory stick shows its listing, so a link to a page ends in `index.html`; served, it is the same
page. Templates and Markdown may go on saying `departments/`.

>>> spell_out('<a href="../fees/#top">x</a> <a href=".">y</a> <a href="https://a.example/">z</a>')
'<a href="../fees/index.html#top">x</a> <a href="./index.html">y</a> <a href="https://a.example/">z</a>'
>>> leave_out('<ul>\n<li>a <b>b</b></li>\n<li>c</li>\n</ul> <table><tr><td>1</td></tr></table>')
'<ul>\n<li>a <b>b</b><li>c</ul> <table><tr><td>1</table>'
>>> squeeze('<td id="B4" class="a b">x</td>\n<td lang="en">y</td>')
'<td id=B4 class="a b">x</td><td lang=en>y</td>'
"""

from __future__ import annotations

import re

INDEX = "index.html"
_FOLDER = re.compile(r'(?<= )(href|action)="(?![a-zA-Z][a-zA-Z+.-]*:|//)(?:([^"#?]*/)|((?:[^"#?]*/)?\.\.?))(?=["#?])')
_QUOTED = re.compile(r'="([\w./#:-]+)"')
"""A value that needs no quotes: HTML, section 13.1.2.3. In a text quotes are escaped, so that this is an attribute."""
_ENDS = re.compile(
    r"(?:</(?:t[dhr]|tbody|thead|li|d[dt]|option)>\s*)+"
    r"(?=</?(?:t[dhr]|tbody|thead|li|d[dt]|option)\b|</(?:table|ul|ol|dl|div|select)>)"
)
"""End tags that HTML lets be left out before what follows: section 13.1.2.4. A `<` in a text is escaped."""
_BETWEEN = re.compile(r">\n+<")


def spell_out(html: str) -> str:
    """Add `index.html` to every link inside the site that ends in a folder."""
    return _FOLDER.sub(lambda found: f'{found[1]}="{found[2] or found[3] + "/"}{INDEX}', html)


def leave_out(html: str) -> str:
    """Leave out the end tags of rows, cells and entries, which the next one or the end of their list closes."""
    return _ENDS.sub("", html)


def squeeze(html: str) -> str:
    """Leave quotes and line breaks out where they say nothing: for pages that come by the thousand."""
    return _QUOTED.sub(r"=\1", _BETWEEN.sub("><", html))
