"""Writes tests/fixtures/softmax_regression.json: labels, shares of votes, and what scikit-learn's LogisticRegression makes
of them.

    pip install -r tests/oracles/requirements-scikit-learn.txt && python tests/oracles/softmax_regression.py
"""
import numpy as np
from sklearn.linear_model import LogisticRegression

import fixture_file

random = np.random.default_rng(17)
rows, columns, classes = 120, 4, 3
votes = random.multinomial(10, random.dirichlet(np.ones(columns), rows).mean(axis=0), rows) + random.integers(0, 4, (rows, columns))
inputs = votes / votes.sum(axis=1, keepdims=True)
labels = np.array([random.choice(classes, p=random.dirichlet(1 + 20 * row[:classes])) for row in inputs])
model = LogisticRegression(C=1, tol=1e-12, max_iter=100000).fit(inputs, labels)
fixture_file.write("softmax_regression.json",
                   {"votes": votes.ravel().tolist(), "columns": columns, "classes": classes, "labels": labels.tolist(),
                    "probabilities": model.predict_proba(inputs).ravel().tolist()}, relative=1e-5, absolute=1e-6)
