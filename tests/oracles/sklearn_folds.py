"""Writes tests/fixtures/sklearn_folds.json, what protocol kfold is held to.

sizes: rows of each class in each fold by scikit-learn's StratifiedKFold. rows: the folds of a small dataset, worked out
without our code: its random numbers, and each group of equal images, the largest first, to the fold with the fewest rows
of the class, then with the fewest rows, then the first.

    pip install -r tests/oracles/requirements-scikit-learn.txt && python tests/oracles/sklearn_folds.py
"""
import warnings

import numpy as np
from fixture_file import write
from original_split import shuffled
from sklearn.model_selection import StratifiedKFold

FER = [3995, 436, 4097, 7215, 4830, 3171, 4965]


def sizes(counts, folds):
    labels = np.repeat(np.arange(len(counts)), counts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of classes with fewer rows than folds
        cut = StratifiedKFold(folds, shuffle=True, random_state=0).split(labels, labels)
        return [np.bincount(labels[rows], minlength=len(counts)).tolist() for _, rows in cut]


def dealt(images, labels, folds, seed):
    """Rows by fold; `images` names each row's pixels."""
    groups = {}
    for row, image in enumerate(images):
        groups.setdefault(image, []).append(row)
    order = []
    for label in sorted(set(labels)):
        order += shuffled([g for g in groups.values() if labels[g[0]] == label], seed, label)
    found = [[] for _ in range(folds)]
    for group in sorted(order, key=lambda g: -len(g)):
        label = labels[group[0]]
        fold = min(range(folds), key=lambda f: (sum(labels[r] == label for r in found[f]), len(found[f])))
        found[fold] += group
    return [sorted(fold) for fold in found]


cases = [(FER, 5), (FER, 10), (FER, 2), (FER, 7), ([12, 7], 5), ([9, 1, 1, 1], 3), ([4, 11, 6], 4)]
small = {"images": "abcdefgaahijklmnbopqe", "labels": [0] * 9 + [1] * 12, "folds": 3, "seed": 42}
write("sklearn_folds.json", {
    "sizes": [{"classes": counts, "folds": folds, "sizes": sizes(counts, folds)} for counts, folds in cases],
    "rows": [{**small, "rows": dealt(**small)}],
})
