"""The same workbook with the same bytes, whenever it is written.

Takes an .xlsx as openpyxl saves it, with the time of day in its zip entries and in its properties; gives one without.
"""

from __future__ import annotations

import io
import re
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip entry can name."""
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def settle(content: bytes) -> bytes:
    """Replace every time of day by a constant."""
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(settled, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            part = source.read(name)
            target.writestr(entry, _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", part) if name == _CORE else part)
    return settled.getvalue()
