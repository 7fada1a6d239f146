"""The meeting, the table and its screens."""

VERSION = "0.1.0"
