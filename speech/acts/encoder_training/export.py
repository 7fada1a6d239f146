"""Writes a taught network as ONNX, its dense weights in whole numbers of eight bits."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from speech.acts.encoder import numbered
from speech.acts.encoder_training.network import Network


def export(network: Network, cut: Any, into: Path) -> None:
    """Writes encoder.onnx and pieces.json."""
    into.mkdir(exist_ok=True)
    cut.save(str(into / "pieces.json"))
    one = numbered(cut, "wat zou jou hierin helpen", "ik weet het niet")
    example = (torch.tensor([one.ids]), torch.tensor([one.own]), torch.tensor([2]), torch.tensor([1]))
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = Path(folder) / "encoder.onnx"
        torch.onnx.export(
            network.eval(),
            example,
            str(whole),
            input_names=["ids", "own", "role", "stage"],
            output_names=["vector", "acts", "advice"],
            dynamic_axes={"ids": {1: "pieces"}},
            dynamo=False,
            opset_version=17,
        )
        quantize_dynamic(whole, into / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
