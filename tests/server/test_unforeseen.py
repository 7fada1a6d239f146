from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FAILS = """
import threading
from server.unforeseen import tell_without_text
tell_without_text()
def fail(): raise ValueError("Wat Anna zei")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
fail()
"""


def test_an_unforeseen_error_is_told_without_what_it_says() -> None:
    done = subprocess.run([sys.executable, "-c", FAILS], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("kring: unforeseen ValueError at <string>:5") == 2
    assert "Anna" not in done.stderr
