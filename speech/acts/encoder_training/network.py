"""The network as PyTorch sees it: multilingual-e5-small with marks for role, stage and the utterance before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from speech.acts.cues import ACTS
from speech.acts.encoder import BEFORE, LONGEST, ROLES, STAGES
from speech.acts.encoder_training.e5_file import E5File

POSITIONS = LONGEST + BEFORE + 4
DROPOUT = 0.1


class Layer(nn.Module):
    """One transformer layer, BERT's order: attention, then two dense steps, each added and normalised."""

    def __init__(self, file: E5File, number: int) -> None:
        """Takes the weights of that layer of the file."""
        super().__init__()
        self.heads = file.heads
        dense = {"q": 1, "k": 1, "v": 1, "ao": 1, "fi": 0, "fo": 2}
        for name, kind in dense.items():
            sizes = {0: (file.hidden, file.inner), 1: (file.hidden, file.hidden), 2: (file.inner, file.hidden)}[kind]
            setattr(self, name, _filled(nn.Linear(*sizes), file, f"l{number}.{name}"))
        for name in ("aln", "oln"):
            setattr(self, name, _filled(nn.LayerNorm(file.hidden, 1e-12), file, f"l{number}.{name}"))

    def forward(self, x: Any, mask: Any) -> Any:
        """`x` has shape (utterances, pieces, hidden); `mask` is true where there is a piece."""
        count, length, hidden = x.shape
        query, key, value = (
            dense(x).view(count, length, self.heads, -1).transpose(1, 2) for dense in (self.q, self.k, self.v)
        )
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        x = self.aln(x + self._dropped(self.ao(seen.transpose(1, 2).reshape(count, length, hidden))))
        return self.oln(x + self._dropped(self.fo(functional.gelu(self.fi(x)))))

    def _dropped(self, x: Any) -> Any:
        return functional.dropout(x, DROPOUT, self.training)


class Network(nn.Module):
    """Pieces in; a vector, the logits of the acts and that of the advice family out."""

    def __init__(self, file: E5File, kept: Sequence[int], padding: int) -> None:
        """`kept`: the pieces whose vectors are kept; they stay as they are, all else is taught further."""
        super().__init__()
        self.padding = padding
        hidden = file.hidden
        words = torch.tensor(file.weights["emb.word"].reshape(-1, hidden)[list(kept)])
        self.words = nn.Embedding.from_pretrained(words, freeze=True)
        kind = file.weights["emb.type"].reshape(-1, hidden)[0]
        self.places = nn.Parameter(torch.tensor(file.weights["emb.pos"].reshape(-1, hidden)[:POSITIONS] + kind))
        self.norm = _filled(nn.LayerNorm(hidden, 1e-12), file, "emb.ln")
        self.layers = nn.ModuleList(Layer(file, number) for number in range(file.layers))
        self.role, self.stage = nn.Embedding(len(ROLES), hidden), nn.Embedding(len(STAGES), hidden)
        self.earlier = nn.Parameter(torch.zeros(hidden))
        for marks in (self.role, self.stage):
            nn.init.normal_(marks.weight, std=0.02)
        self.acts, self.advice = nn.Linear(hidden, len(ACTS)), nn.Linear(hidden, 1)

    def forward(self, ids: Any, own: Any, role: Any, stage: Any) -> Any:
        """Shapes (utterances, pieces) and thrice (utterances,); gives (…, hidden), (…, acts) and (…,)."""
        length = ids.shape[1]
        before = (torch.arange(length)[None] >= own[:, None]).float()[..., None]
        x = self.words(ids) + self.places[:length][None] + before * self.earlier
        x = torch.cat([x[:, :1] + (self.role(role) + self.stage(stage))[:, None], x[:, 1:]], 1)
        x = functional.dropout(self.norm(x), DROPOUT, self.training)
        mask = (ids != self.padding)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        mine = (1 - before) * (ids != self.padding)[..., None].float()
        vector = (x * mine).sum(1) / mine.sum(1)
        dropped = functional.dropout(vector, DROPOUT, self.training)
        return vector, self.acts(dropped), self.advice(dropped)[:, 0]


def _filled(part: Any, file: E5File, name: str) -> Any:
    part.weight.data = torch.tensor(file.weights[f"{name}.w"].reshape(part.weight.shape))
    part.bias.data = torch.tensor(file.weights[f"{name}.b"])
    return part
