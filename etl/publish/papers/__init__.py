"""The bureau's papers: notices, the circular, receipts, calendars, the yearly report.

    coverage, submissions, answers -> Paper -> .docx .txt .md        due dates -> .ics

One file makes one paper as a value (`paper.py`), one file writes one format. What a paper says stands in
`schemas/letters.yml` and `schemas/annual-report.yml`. No paper is addressed to, or names, a body that the law exempts.
The same publication gives the same bytes. `write.py` lays them into `review/`.
"""
