"""Writes tests/fixtures/whitening.json: the covariance of small images' patches, and the directions that whiten them, by
NumPy's cov and eigh.

    pip install -r tests/oracles/requirements-numpy.txt && python tests/oracles/whitening.py
"""
import numpy as np

import fixture_file

SHARE_OF_VARIANCE = 5e-4


def patches_of(images, kernel):
    """A row each, in the order channel, row, column."""
    windows = np.lib.stride_tricks.sliding_window_view(images, (kernel, kernel), axis=(2, 3))  # N C Y X k k
    return windows.transpose(0, 2, 3, 1, 4, 5).reshape(-1, images.shape[1] * kernel * kernel)


def directions_of(covariance):
    values, vectors = np.linalg.eigh(covariance)
    rows = (vectors / np.sqrt(values + SHARE_OF_VARIANCE * np.trace(covariance) / len(covariance))).T[::-1]
    first = [np.flatnonzero(abs(row) >= 0.99 * abs(row).max())[0] for row in rows]
    return np.array([row * np.sign(row[i]) for row, i in zip(rows, first)])


def case(random, channels, kernel, height, width):
    steps = random.integers(-20, 21, (5, channels, height, width))
    levels = np.clip(128 + steps.cumsum(axis=2).cumsum(axis=3), 0, 255)
    covariance = np.cov(patches_of(levels / 255, kernel), rowvar=False, bias=True)
    return {"shape": list(levels.shape), "kernel": kernel, "levels": levels.ravel().tolist(),
            "covariance": covariance.ravel().tolist(), "directions": directions_of(covariance).ravel().tolist()}


random = np.random.default_rng(22)
fixture_file.write("whitening.json", {"cases": [case(random, 1, 3, 9, 7), case(random, 2, 3, 8, 9)]}, relative=1e-9, absolute=1e-9)
