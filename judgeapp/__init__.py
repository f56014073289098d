"""judgeapp runs a speaker contest (hội thi) from the registration sheet to the certificates."""

__version__ = "0.1.0"
