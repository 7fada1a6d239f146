"""The ears: sound in, speech events out. Nothing here knows a meeting, a method, a screen or a disk."""
