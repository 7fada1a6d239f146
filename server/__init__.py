"""The meeting, the table and its screens."""
