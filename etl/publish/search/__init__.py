"""Finding a thing by what people type. In: what is public, and its pages. Out: an index a language, as a script.

`pinyin` reads Chinese aloud, `entries` says what can be found and under which words, `index` writes it down. What a
query finds, and in which order, is decided where it is typed: `docs/scripts/30-search.js`.
"""
