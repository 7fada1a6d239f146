"""The agreements a group reads before the microphone may open. Nothing here checks who agreed."""

from __future__ import annotations

from pathlib import Path

import yaml

from methods.method import Text
from server.group.group import Group

Agreement = tuple[str, Text]


def agreements() -> tuple[Agreement, ...]:
    """(id, text) in the order in which they are read aloud."""
    entries = yaml.safe_load(Path(__file__).with_name("agreements.yaml").read_text(encoding="utf-8"))
    return tuple((entry["id"], {key: entry[key] for key in ("nl", "en", "de")}) for entry in entries)


def own_agreements(group: Group | None) -> tuple[Agreement, ...]:
    """Those of the open group, as it wrote them, behind the others."""
    own = () if group is None else group.agreements
    return tuple((f"own.{one.key}", dict.fromkeys(("nl", "en", "de"), one.text)) for one in own)
