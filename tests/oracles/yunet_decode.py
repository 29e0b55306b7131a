"""Writes tests/fixtures/yunet_decode.json: what YuNet's twelve outputs mean, from random ones.

    pip install -r tests/oracles/requirements-numpy.txt && python tests/oracles/yunet_decode.py

The formulas are those of YuNet's authors (libfacedetection.train) and of OpenCV's FaceDetectorYN: a cell's score is
sqrt(cls obj), both clamped to 0..1; box and points are offsets from the cell's corner, in strides; of boxes that overlap the
best stays (greedy non-maximum suppression, intersection over union above 0.3).
"""
import numpy as np

import fixture_file

STRIDES = [8, 16, 32]
OVERLAP = 0.3


def random_level(rng, stride, height, width, faces):
    """Most cells say no face; a part of them, about `faces`, say one of about three strides."""
    cells = (height // stride) * (width // stride)
    likely = rng.random(cells) < faces / cells
    cls = np.where(likely, rng.uniform(0.4, 1.1, cells), rng.uniform(-0.1, 0.3, cells))
    obj = np.where(likely, rng.uniform(0.4, 1.1, cells), rng.uniform(-0.1, 0.3, cells))
    bbox = np.concatenate([rng.normal(0.5, 0.7, (cells, 2)), rng.normal(1.0, 0.5, (cells, 2))], axis=1)
    kps = rng.normal(0.5, 1.5, (cells, 10))
    return {"stride": stride, "rows": height // stride, "columns": width // stride,
            **{name: np.round(values, 3).ravel().tolist()
               for name, values in [("cls", cls), ("obj", obj), ("bbox", bbox), ("kps", kps)]}}


def decoded(level, min_score):
    """Rows of score, left, top, width, height, and five points."""
    rows, columns, stride = level["rows"], level["columns"], level["stride"]
    cls, obj = np.clip(level["cls"], 0, 1), np.clip(level["obj"], 0, 1)
    bbox, kps = np.reshape(level["bbox"], (-1, 4)), np.reshape(level["kps"], (-1, 5, 2))
    row, column = np.mgrid[0:rows, 0:columns].reshape(2, -1)
    corner = np.stack([column, row], axis=1)
    score = np.sqrt(cls * obj)
    assert np.abs(score - min_score).min() > 1e-5, "a score that a rounding may put on either side"
    size = np.exp(bbox[:, 2:]) * stride
    left_top = (corner + bbox[:, :2]) * stride - size / 2
    points = (corner[:, None] + kps) * stride
    faces = np.concatenate([score[:, None], left_top, size, points.reshape(-1, 10)], axis=1)
    return faces[score >= min_score]


def overlap(one, other):
    low, high = np.maximum(one[1:3], other[1:3]), np.minimum(one[1:3] + one[3:5], other[1:3] + other[3:5])
    both = np.prod(np.maximum(high - low, 0))
    return both / (np.prod(one[3:5]) + np.prod(other[3:5]) - both)


def kept(faces):
    """Indices, best first."""
    result = []
    assert len(set(faces[:, 0])) == len(faces), "equal scores: either may come first"
    for index in np.argsort(-faces[:, 0], kind="stable"):
        overlaps = np.array([overlap(faces[index], faces[other]) for other in result])
        assert not np.any(np.abs(overlaps - OVERLAP) < 1e-4)
        if not np.any(overlaps > OVERLAP):
            result.append(int(index))
    return result


def case(seed, height, width, faces, min_score):
    rng = np.random.default_rng(seed)
    levels = [random_level(rng, stride, height, width, faces) for stride in STRIDES]
    found = np.concatenate([decoded(level, min_score) for level in levels])
    return {"min_score": min_score, "levels": levels, "faces": np.round(found, 5).tolist(), "kept": kept(found)}


fixture_file.write("yunet_decode.json", {"cases": [
    case(1, 64, 96, 6, 0.6), case(5, 96, 64, 20, 0.45), case(3, 32, 32, 2, 0.6), case(4, 32, 64, 5, 0.2)]},
    absolute=2e-5)
