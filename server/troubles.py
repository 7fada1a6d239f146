"""What goes wrong inside is told once to whoever looks after the computer. Nothing is mended here."""

from __future__ import annotations

from collections.abc import Callable

from server.answers import failure
from server.messages import Answer


class Troubles:
    """Used by the table's thread only."""

    def __init__(self, tell: Callable[[str], None], beat: Callable[[], None]) -> None:
        """`beat` is called before every step."""
        self._tell, self._beat = tell, beat
        self._told: set[str] = set()
        self.unusable = False
        """Whether nothing can be written any more."""
        self.news = False
        """Whether the screens have to be told."""

    def carefully(self, step: Callable[[], object]) -> None:
        """A step that fails does not end the table: what is believed is what was logged, so the next can be taken."""
        self._beat()
        try:
            step()
        except Exception as error:
            self.failed(error)

    def failed(self, error: Exception) -> Answer:
        """What to answer."""
        found = failure(error)
        if found.unusable:
            self.unusable = self.news = True
        if found.each_time or found.told not in self._told:
            self._told.add(found.told)
            self._tell(found.told)
        return found.answer
