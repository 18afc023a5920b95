from __future__ import annotations

import errno
import os

import pytest

from etl.pipeline.trouble import Trouble, trouble_of
from etl.publish.site import SiteNotBuiltError
from etl.warehouse.database import DatabaseNotWrittenError

FULL = "[Errno 28] No space left on device: '/县/build/run-1'"


@pytest.mark.parametrize(
    ("problem", "trouble"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "full"),
        (OSError(errno.EDQUOT, os.strerror(errno.EDQUOT), "a"), "full"),
        (SiteNotBuiltError(f"zh: Traceback (most recent call last):\nOSError: {FULL}"), "full"),
        (DatabaseNotWrittenError('IO Error: Could not write file "a.duckdb": No space left on device'), "full"),
        (PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/县/build"), "forbidden"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS), "/县/build"), "forbidden"),
        (FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "a"), ""),
        (OSError("something else"), ""),
        (SiteNotBuiltError("en: a page is missing"), ""),
    ],
)
def test_what_somebody_can_do_something_about_is_known(problem: Exception, trouble: Trouble) -> None:
    assert trouble_of(problem) == trouble
