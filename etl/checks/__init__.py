"""Accounting identities. Takes the tables of one submission; gives findings, and an outcome for every rule.

One kind of rule, one file; which identities there are, on which lines and with what authority, is data in `schemas/`.
"""

from etl.checks.run import BETWEEN_TABLES, IN_TABLE, OF_DOCUMENT, check_between, check_presence, check_table

__all__ = ["BETWEEN_TABLES", "IN_TABLE", "OF_DOCUMENT", "check_between", "check_presence", "check_table"]
