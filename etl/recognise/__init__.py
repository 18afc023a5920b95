"""Which sheet is which table, and whose: recognised by printed labels, never by sheet name, order or number.

Takes a Workbook; gives Matches (a form, its header, its bands), what became of every sheet, and findings. Reads no
figure and decides nothing about amounts.
"""

from etl.recognise.divide import Share, divide
from etl.recognise.identify import identify
from etl.recognise.recognise import recognise
from etl.recognise.reread import read_as_departments

__all__ = ["Share", "divide", "identify", "read_as_departments", "recognise"]
