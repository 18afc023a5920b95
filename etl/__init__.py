"""明账 (mingzhang): a county's spreadsheets in, datasets and a static catalogue out."""

__version__ = "0.1.0"
