"""What the clerk probably did: for a figure that does not hold, the likely slips and the one cell that mends it.

Takes findings, the tables they are about, and a `Judge` that says what the rules say of changed tables; gives the same
findings, some with more `values` (see `etl.suggest.told`). Changes no severity, no order and no fingerprint.
"""

from etl.suggest.explain import explain
from etl.suggest.trial import Judge

__all__ = ["Judge", "explain"]
