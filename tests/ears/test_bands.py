"""The bands that the speaker network sees, compared with the library whose features it was trained on."""

from __future__ import annotations

import kaldi_native_fbank
import numpy as np
import pytest
from numpy.typing import NDArray

from speech.bands import BANDS, bands
from speech.embedding import CamPlus
from speech.frames import RATE, Samples
from speech.models import speaker_network
from speech.network import network_from
from tests.ears.conftest import Meeting

pytestmark = pytest.mark.audio


def by_kaldi(samples: Samples) -> NDArray[np.float32]:
    options = kaldi_native_fbank.FbankOptions()
    options.frame_opts.dither = 0
    options.frame_opts.snip_edges = False
    options.frame_opts.samp_freq = RATE
    options.mel_opts.num_bins = BANDS
    fbank = kaldi_native_fbank.OnlineFbank(options)
    fbank.accept_waveform(RATE, samples)
    fbank.input_finished()
    rows = np.stack([fbank.get_frame(number) for number in range(fbank.num_frames_ready)])
    return rows - rows.mean(axis=0)


@pytest.mark.parametrize("length", [1600, 11_234, 12_800, 24_000, 48_000])
def test_the_bands_are_those_of_kaldi_at_any_length(meeting: Meeting, length: int) -> None:
    speech = meeting.sound[2 * RATE : 2 * RATE + length]
    assert bands(speech).shape == by_kaldi(speech).shape
    assert np.abs(bands(speech) - by_kaldi(speech)).max() < 1e-3


def test_silence_and_soft_noise_have_the_bands_of_kaldi(meeting: Meeting) -> None:
    silence = np.zeros(24_000, np.float32)
    assert np.array_equal(bands(silence), np.zeros((150, BANDS), np.float32))
    noise = (np.random.default_rng(5).standard_normal(24_000) * 1e-4).astype(np.float32)
    assert np.abs(bands(noise) - by_kaldi(noise)).max() < 1e-3


def test_a_voice_is_the_same_by_either(meeting: Meeting) -> None:
    embed, network = CamPlus(speaker_network()), network_from(speaker_network())
    for second in range(2, 20, 3):
        speech = meeting.sound[second * RATE : second * RATE + 24_000]
        (other,) = network.run(None, {"feats": by_kaldi(speech)[None]})
        assert np.abs(embed(speech) - other[0] / np.linalg.norm(other[0])).max() < 1e-4
