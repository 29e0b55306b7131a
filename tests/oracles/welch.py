"""Writes tests/fixtures/welch.json: SciPy's Student's t and its comparison of means of unlike spread.

    pip install -r tests/oracles/requirements-scikit-learn.txt && python tests/oracles/welch.py
"""
import numpy as np
from scipy import stats

import fixture_file


def student_cases():
    return [{"t": t, "degrees": degrees, "two_sided": float(2 * stats.t.sf(t, degrees))}
            for degrees in [1.0, 1.5, 2.0, 3.7, 10.0, 58.2, 1000.0]
            for t in [0.0, 1e-6, 0.1, 0.7, 1.0, 1.96, 3.0, 12.7, 100.0]]


def welch_case(first, second):
    test = stats.ttest_ind(first, second, equal_var=False)
    interval = test.confidence_interval(0.95)
    return {"first": list(first), "second": list(second), "difference": float(np.mean(first) - np.mean(second)),
            "degrees": float(test.df), "p": float(test.pvalue), "low": float(interval.low), "high": float(interval.high)}


def welch_cases():
    random = np.random.default_rng(6)
    cases = [welch_case([0.65, 0.66], [0.61, 0.63]), welch_case([0.5, 0.51], [0.4, 0.6, 0.5]),
             welch_case([0.651, 0.652, 0.653], [0.55, 0.6, 0.68])]
    for n, m in [(2, 2), (3, 5), (10, 4), (20, 20)]:
        cases.append(welch_case(random.normal(0.65, 0.004, n).tolist(), random.normal(0.645, 0.02, m).tolist()))
    return cases


fixture_file.write("welch.json", {"student": student_cases(), "welch": welch_cases()}, relative=1e-12, absolute=1e-14)
