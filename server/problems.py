"""What can be wrong with the log or its key, as errors whose text says what to do. Nothing is decided here."""

from __future__ import annotations


class LogUnusable(Exception):
    """The log cannot be read or written safely; the message says what to do. The file is never touched."""


class DiskFull(Exception):
    """There is no room for this; nothing was changed. The message says what to do."""

    def __init__(self, what: str = "The disk is full. Make some room, then try again.") -> None:
        super().__init__(what)


class Unwritable(DiskFull):
    """As on a full disk, but room does not help: it fails, or was made read-only."""

    def __init__(self) -> None:
        super().__init__(
            "The disk cannot be written: it fails, or became read-only. Try again, else restart on another."
        )


class LogDamaged(LogUnusable):
    """The store found that its file is not what was written."""


class KeyUnusable(LogUnusable):
    """The key of the log cannot be had."""


class PassphraseNeeded(KeyUnusable):
    """The key is wrapped and nobody said the passphrase."""

    def __init__(self) -> None:
        super().__init__("The meetings on this device are locked. Start Kring where you can type the passphrase.")


class WrongPassphrase(KeyUnusable):
    """The passphrase is another one."""

    def __init__(self) -> None:
        super().__init__("That is not the passphrase. Look at capitals and spaces, and try again.")
