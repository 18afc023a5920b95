"""A recognised sheet becomes a Table of typed lines; every figure can name its cell.

Takes a Match, the Identity and the declarations; gives a Table and findings about cells. Adds nothing up and judges no
sum. What it cannot read it reports; it repairs nothing in silence.
"""

from etl.normalise.join import join
from etl.normalise.normalise import normalise

__all__ = ["join", "normalise"]
