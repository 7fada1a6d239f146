"""What was reached once and must not be lost: figure to ("at most" | "at least", limit), for every row of a table."""

FLOORS: dict[str, dict[str, tuple[str, float]]] = {
    "speakers": {"DER .25": ("at most", 7.5), "worst": ("at most", 5.5), "seats missing": ("at most", 0)},
    # What changed since docs/bench.json is printed; another processor decides a window here and there otherwise.
    "seating": {},
    "words": {
        "word error rate": ("at most", 0.6),
        "real-time factor": ("at most", 0.9),
        "precision": ("at least", 0.8),
        "recall": ("at least", 0.6),
    },
    "acts": {"advice precision": ("at least", 0.9)},
    "talk": {"of these no advice": ("at most", 15)},
}
