"""What can be wrong with a model, said so that a person can act on it. Nothing here looks or repairs."""

from __future__ import annotations


class ModelUnusable(Exception):
    """A model is missing, cut short or does not fit; the cure says what to do."""

    def __init__(self, name: str, problem: str, cure: str) -> None:
        super().__init__(f"{name}: {problem}. {cure}")
        self.name = name
        self.problem = problem
        self.cure = cure


class FetchFailed(Exception):
    """A model could not be fetched; nothing is left behind and nothing that was there is changed."""
