"""Teaches the small language network of the acts. Run by hand, with requirements-train.txt; never in a meeting."""
