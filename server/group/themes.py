"""Themes that members chose beforehand, and a trainer's cards to read about them. Nothing here advises."""

from __future__ import annotations

from dataclasses import replace

from server.group.group import Card, Group, Theme
from server.group.limits import MOST_CARDS, MOST_THEMES
from server.group.planning import tidy
from server.group.wishes import WriteReadingCard, WriteTheme
from server.group.words import refused


def written(group: Group, asked: WriteTheme) -> Group:
    """The group with this theme, or without it. Raises Refused."""
    title = tidy(asked.title)
    if asked.theme is None:
        if not title:
            raise refused("name_missing")
        if len(group.themes) >= MOST_THEMES:
            raise refused("too_many")
        new = Theme(key=group.last + 1, title=title, done=asked.done)
        return replace(group, themes=(*group.themes, new), last=new.key)
    old = _theme(group, asked.theme)
    if title:
        return _instead(group, old, replace(old, title=title, done=asked.done))
    following = group.next if group.next.theme != old.key else replace(group.next, theme=None)
    return replace(group, themes=tuple(one for one in group.themes if one is not old), next=following)


def with_card(group: Group, asked: WriteReadingCard) -> Group:
    """The group with this card to read, or without it. Raises Refused."""
    theme, title, text = _theme(group, asked.theme), tidy(asked.title), asked.text.strip()
    if asked.card is None:
        if not (title or text):
            return group
        if len(theme.cards) >= MOST_CARDS:
            raise refused("too_many")
        new = Card(key=group.last + 1, title=title, text=text)
        group = replace(group, last=new.key)
        return _instead(group, theme, replace(theme, cards=(*theme.cards, new)))
    if asked.card not in {card.key for card in theme.cards}:
        raise refused("not_there")
    cards = (replace(card, title=title, text=text) if card.key == asked.card else card for card in theme.cards)
    return _instead(group, theme, replace(theme, cards=tuple(card for card in cards if card.title or card.text)))


def _theme(group: Group, key: int) -> Theme:
    theme = next((one for one in group.themes if one.key == key), None)
    if theme is None:
        raise refused("not_there")
    return theme


def _instead(group: Group, old: Theme, new: Theme) -> Group:
    return replace(group, themes=tuple(new if one is old else one for one in group.themes))
