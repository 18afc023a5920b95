"""A whole fictional county with its truth beside it: for showing, measuring and testing (`mingzhang demo`).

Takes numbers and a seed; writes a jurisdiction folder into an empty one. Knows the declarations and nothing of how
files are read: what it says of its own files was known before they were written.
"""

from etl.demo.make import Plan, make

__all__ = ["Plan", "make"]
