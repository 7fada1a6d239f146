"""Facilitation methods as data, and the reader that checks them. Nothing here imports the rest of Kring."""
