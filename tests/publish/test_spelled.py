"""Links that name their file, and pages without quotes."""

from __future__ import annotations

import pytest

from etl.publish.spelled import leave_out, spell_out, squeeze, unquote


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("departments/", "departments/index.html"),
        ("../", "../index.html"),
        ("./", "./index.html"),
        (".", "./index.html"),
        ("..", "../index.html"),
        ("../..", "../../index.html"),
        ("a/#b", "a/index.html#b"),
        ("a/?q=1#b", "a/index.html?q=1#b"),
        ("a/b.csv", "a/b.csv"),
        ("#b", "#b"),
        ("", ""),
        ("https://a.example/", "https://a.example/"),
        ("//a.example/", "//a.example/"),
        ("mailto:a@b/", "mailto:a@b/"),
    ],
)
@pytest.mark.parametrize("key", ["href", "action"])
def test_a_link_to_a_folder_names_the_page_in_it(key: str, was: str, now: str) -> None:
    assert spell_out(f'<a class="x" {key}="{was}">x/</a>') == f'<a class="x" {key}="{now}">x/</a>'


def test_what_is_no_link_stays() -> None:
    text = '<p data-href="a/" title="b/">href=&#34;c/&#34;</p>'
    assert spell_out(text) == text


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("<ul>\n<li>a <b>b</b></li>\n<li>c</li>\n</ul>", "<ul>\n<li>a <b>b</b><li>c</ul>"),
        ("<tr><th>a</th><td>b</td></tr>\n</tbody>\n</table>", "<tr><th>a<td>b</table>"),
        ("<div><dt>a</dt><dd>b</dd></div>\n<div>", "<div><dt>a<dd>b</div>\n<div>"),
        ("<li>a</li>\n<p>b</p>", "<li>a</li>\n<p>b</p>"),
        ("<td>&lt;/td&gt; <td>", "<td>&lt;/td&gt; <td>"),
        ("<thead></thead><th>", "<thead><th>"),
        ("<title>a</title>\n<link>", "<title>a</title>\n<link>"),
    ],
)
def test_end_tags_go_where_what_follows_closes_them(was: str, now: str) -> None:
    assert leave_out(was) == now


def test_quotes_go_where_nothing_is_lost() -> None:
    text = '<td id="B4" class="a b" title="">\n\n<b lang="en">x = &#34;y&#34;</b>\n z</td>'
    assert squeeze(text) == '<td id=B4 class="a b" title=""><b lang=en>x = &#34;y&#34;</b>\n z</td>'


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('<a href="a/b/" class="x">', "<a href=a/b/ class=x>"),
        ('<rect width="67.10%" height="14"/>', '<rect width=67.10% height="14"/>'),
        ('<p title="a b" lang="zh-Hans" data-words="富源县">', '<p title="a b" lang=zh-Hans data-words=富源县>'),
        ('<a href="?q=1" title="" alt="a`b">', '<a href="?q=1" title="" alt="a`b">'),
        ('<code>x="y"</code>', '<code>x="y"</code>'),
        ("<p title='a=\"b\"'>", "<p title='a=\"b\"'>"),
        ('<p title="a&#39;b c">the bureau&#39;s</p>', '<p title="a&#39;b c">the bureau\'s</p>'),
        ("<pre>a\n\nb</pre>\n\n\n<p>", "<pre>a\n\nb</pre>\n<p>"),
    ],
)
def test_a_page_is_the_same_page_without_quotes(was: str, now: str) -> None:
    assert unquote(was) == now
