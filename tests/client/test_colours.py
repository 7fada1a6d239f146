"""Seats are told apart by every eye: by colour where colour carries it, by pattern and letter everywhere.

Colour blindness is simulated with the matrices of Machado, Oliveira and Fernandes, "A Physiologically-based Model for
Simulation of Color Vision Deficiency" (IEEE TVCG 15(6), 2009), severity 1.0, on linear RGB. Differences are CIEDE2000
(Sharma, Wu and Dalal, "The CIEDE2000 Color-Difference Formula", 2005), whose published pairs check the arithmetic here.
Contrast is that of WCAG 2.2.
"""

from __future__ import annotations

import itertools
import math
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.client.stage import Show

STYLES = Path(__file__).resolve().parents[2] / "client" / "styles"
LETTERS = "ABCDEFGH"
THEMES = ("light", "dark")
LEAST_DIFFERENCE = 10.0
"""CIEDE2000 units between chairs beside each other in the order of their letters; 1 is just noticeable."""
LEAST_OF_ANY = 5.0
"""The same between any two chairs: people may sit in any order, and then the pattern helps as well."""

MACHADO = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

Triple = tuple[float, float, float]


def tones(theme: str) -> dict[str, str]:
    """The raw colours of a theme as tones.css states them."""
    text = (STYLES / "tones.css").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for selector, block in re.findall(r"(:root[^{]*)\{([^}]*)\}", text):
        if "dark" not in selector or theme == "dark":
            found |= dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block))
    return found


def linear(colour: str) -> Triple:
    """Linear light of "#rrggbb", 0..1 each."""
    values = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG contrast, 1..21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def seen_by(eye: str, colour: str) -> Triple:
    """Linear light as that eye sees it, kept within what a screen can show."""
    light = linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(weight * part for weight, part in zip(row, light, strict=True)))) for row in MACHADO[eye]
    )
    return red, green, blue


def lab(light: Triple) -> Triple:
    """CIE L*a*b* (D65) of linear RGB."""
    red, green, blue = light
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def hue(a: float, b: float) -> float:
    return math.degrees(math.atan2(b, a)) % 360 if a or b else 0.0


def ciede2000(one: Triple, other: Triple) -> float:
    """The difference of two L*a*b* colours as in Sharma, Wu and Dalal (2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_chroma = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    stretch = 1 + 0.5 * (1 - math.sqrt(mean_chroma**7 / (mean_chroma**7 + 25**7)))
    c1, c2 = math.hypot(a1 * stretch, b1), math.hypot(a2 * stretch, b2)
    h1, h2 = hue(a1 * stretch, b1), hue(a2 * stretch, b2)
    apart = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dl, dc, dh = l2 - l1, c2 - c1, 2 * math.sqrt(c1 * c2) * math.sin(math.radians(apart / 2))
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    middle = h1 + h2 if c1 * c2 == 0 else (h1 + h2) / 2
    if c1 * c2 != 0 and abs(h1 - h2) > 180:
        middle += 180 if h1 + h2 < 360 else -180
    tilt = (
        1
        - 0.17 * math.cos(math.radians(middle - 30))
        + 0.24 * math.cos(math.radians(2 * middle))
        + 0.32 * math.cos(math.radians(3 * middle + 6))
        - 0.20 * math.cos(math.radians(4 * middle - 63))
    )
    by_l = 1 + 0.015 * (lightness - 50) ** 2 / math.sqrt(20 + (lightness - 50) ** 2)
    by_c, by_h = 1 + 0.045 * chroma, 1 + 0.015 * chroma * tilt
    turn = -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    turn *= math.sin(math.radians(60 * math.exp(-(((middle - 275) / 25) ** 2))))
    return math.sqrt((dl / by_l) ** 2 + (dc / by_c) ** 2 + (dh / by_h) ** 2 + turn * (dc / by_c) * (dh / by_h))


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.0, 2.0), (50.0, 0.0, 0.0), 2.3669),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ],
)
def test_the_difference_of_colours_is_reckoned_as_published(one: Triple, other: Triple, published: float) -> None:
    assert ciede2000(one, other) == pytest.approx(published, abs=1e-4)
    assert ciede2000(other, one) == pytest.approx(published, abs=1e-4)


def test_a_matrix_keeps_white_and_grey_as_they_are() -> None:
    for eye in MACHADO:
        assert seen_by(eye, "#808080") == pytest.approx(linear("#808080"), abs=1e-4)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_is_read_on_its_badge_and_the_badge_is_seen_on_the_page(theme: str, letter: str) -> None:
    colours = tones(theme)
    badge = colours[f"tone-{letter.lower()}"]
    assert contrast(badge, colours["on-tone"]) >= 4.5
    for ground in ("paper-0", "paper-1", "paper-2"):  # page, card and well
        assert contrast(badge, colours[ground]) >= 3.0, ground


def beside() -> set[str]:
    """Pairs that sit beside each other in the order of their letters, for 3 to 8 people."""
    return {"".join(sorted((LETTERS[n], LETTERS[(n + 1) % of]))) for of in range(3, 9) for n in range(of)}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eye", MACHADO)
def test_chairs_differ_in_colour_for_every_eye(theme: str, eye: str) -> None:
    colours = tones(theme)
    seen = {letter: lab(seen_by(eye, colours[f"tone-{letter.lower()}"])) for letter in LETTERS}
    apart = {one + other: ciede2000(seen[one], seen[other]) for one, other in itertools.combinations(LETTERS, 2)}
    assert {pair: round(far, 1) for pair, far in apart.items() if far < LEAST_OF_ANY} == {}
    assert {pair: round(apart[pair], 1) for pair in beside() if apart[pair] < LEAST_DIFFERENCE} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_no_chair_is_red(theme: str) -> None:
    """Red means wrong to many; nothing here may say so. Red: a strong chroma at a hue of 350 to 45 degrees."""
    for name, colour in tones(theme).items():
        _, a, b = lab(linear(colour))
        assert not (math.hypot(a, b) > 45 and (hue(a, b) < 45 or hue(a, b) > 350)), name


# --- the patterns carry it where people sit in another order ---

INK = """async letters => {
  const drawn = {};
  for (const letter of letters) {
    const pattern = document.getElementById(`pattern-${letter}`).cloneNode(true);
    pattern.querySelectorAll('.ground').forEach(one => one.setAttribute('fill', '#fff'));
    pattern.querySelectorAll('.hatch').forEach(one => {
      one.setAttribute('fill', 'none'); one.setAttribute('stroke', '#000');
      one.setAttribute('stroke-width', one.matches('.thin') ? '1.4' : '2');
    });
    const defined = new XMLSerializer().serializeToString(pattern);
    const xml = `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><defs>${defined}</defs>
      <rect width="32" height="32" fill="url(#pattern-${letter})"/></svg>`;
    const image = new Image();
    await new Promise((on, off) => {
      image.onload = on; image.onerror = off;
      image.src = 'data:image/svg+xml,' + encodeURIComponent(xml);
    });
    const canvas = document.createElement('canvas'); canvas.width = canvas.height = 32;
    const brush = canvas.getContext('2d'); brush.drawImage(image, 0, 0);
    drawn[letter] = [...brush.getImageData(0, 0, 32, 32).data].filter((_, n) => n % 4 === 0);
  }
  return drawn;
}"""


def ink(page: Page) -> dict[str, list[int]]:
    """Each pattern in black on white, as 32 by 32 grey values."""
    found: dict[str, list[int]] = page.evaluate(INK, list(LETTERS))
    return found


@pytest.mark.browser
def test_all_eight_patterns_differ_without_any_colour(browser: Browser, address: str) -> None:
    page = browser.new_page(bypass_csp=True)  # the pattern is drawn into a picture of its own to be counted
    page.goto(f"{address}/tests/client/harness.html?view=analysis")
    page.wait_for_selector("[data-seat]")
    drawn = ink(page)
    page.close()
    for one, other in itertools.combinations(LETTERS, 2):
        differing = sum(abs(a - b) > 100 for a, b in zip(drawn[one], drawn[other], strict=True))
        assert differing > 0.1 * 32 * 32, one + other


@pytest.mark.browser
def test_every_picture_paints_a_seat_with_its_own_pattern(show: Show) -> None:
    page = show("table_evening")
    for picture, mark in (("arcs", ".fill"), ("bowls", ".water"), ("bars", ".bar-fill")):
        page.evaluate("picture => localStorage.setItem('kring.picture', picture)", picture)
        page.reload()
        page.wait_for_selector(f"[data-picture={picture}]")
        paints = page.eval_on_selector_all(
            mark, "all => all.map(one => [one.dataset.letter, one.getAttribute('fill') ?? one.getAttribute('stroke')])"
        )
        assert paints
        assert all(paint == f"url(#pattern-{letter})" for letter, paint in paints)
