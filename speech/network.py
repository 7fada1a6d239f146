"""A neural network, on one thread, that reports to nobody. Nothing here knows what it computes."""

from __future__ import annotations

from pathlib import Path

import onnxruntime

onnxruntime.disable_telemetry_events()  # Windows; the pinned version has no such thing elsewhere, and a test holds it


def network_from(model: Path | bytes) -> onnxruntime.InferenceSession:
    """Ready to run. Raises bare Exception, a kind of its own for each damage of the file."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
