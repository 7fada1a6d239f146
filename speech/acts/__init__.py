"""Dialogue acts out of words: what one utterance does, after the label guide. Nothing here hears or keeps words."""
