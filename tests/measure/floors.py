"""What was reached once and must not be lost: figure to ("at most" | "at least", limit), for every row of a table."""

FLOORS: dict[str, dict[str, tuple[str, float]]] = {
    "speakers": {"DER .25": ("at most", 12.0), "worst": ("at most", 8.0), "seats missing": ("at most", 0)},
    "seating": {"folder got worse": ("at most", 0)},
    "words": {"word error rate": ("at most", 0.6), "real-time factor": ("at most", 0.9)},
    "acts": {"advice precision": ("at least", 0.7)},
}
