"""Writes tests/fixtures/statistics.json: what SciPy, scikit-learn and statsmodels say of scores and their uncertainty.

    pip install -r tests/oracles/requirements-scikit-learn.txt && python tests/oracles/statistics.py

What none of them has (calibration error, mid-p) is a formula in numpy below.
"""
import math
import sys
import warnings

sys.path = sys.path[1:] + sys.path[:1]  # Python has a module of this file's name; let it be found first

import numpy as np
from scipy import optimize, special, stats
from sklearn import metrics
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

import fixture_file

BINS = 15
SCORES = ["accuracy", "balanced_accuracy", "macro_f1", "weighted_f1", "ece"]


# Tables of numbers

def normal_cases():
    shares = [1e-300, 1e-100, 1e-30, 1e-11, 1e-6, 0.001, 0.0249, 0.025, 0.05, 0.07499, 0.075, 0.3, 0.5, 0.7, 0.925,
              0.92501, 0.975, 0.999, 1 - 1e-9, 1 - 2.0 ** -53]
    return [{"share": share, "quantile": special.ndtri(share)} for share in shares] + \
           [{"z": z, "cdf": special.ndtr(z)} for z in [-38.0, -10.0, -3.5, -1.96, -0.1, 0.0, 0.3, 2.0, 8.0]]


def wilson_cases():
    cases = []
    for successes, rows in [(0, 1), (1, 1), (0, 10), (10, 10), (3, 10), (2355, 3589), (3588, 3589), (5, 100000)]:
        for confidence in [0.5, 0.9, 0.95, 0.999]:
            low, high = proportion_confint(successes, rows, 1 - confidence, method="wilson")
            cases.append({"successes": successes, "rows": rows, "confidence": confidence, "low": low, "high": high})
    return cases


def mid_p(fewer, more):
    """Fagerland, Lydersen and Laake 2013, formula 2 of their supplement, and what they say of equal counts."""
    n = fewer + more
    if n == 0:
        return 1.0
    observed = stats.binom.pmf(fewer, n, 0.5)
    return 1 - observed / 2 if fewer == more else 2 * stats.binom.cdf(fewer, n, 0.5) - observed


def mcnemar_cases():
    cases = []
    for first, second in [(0, 0), (1, 0), (0, 1), (7, 1), (1, 7), (5, 5), (3, 10), (0, 20), (150, 201), (201, 150),
                          (190, 190), (412, 415), (700, 300), (1200, 1300)]:
        exact = mcnemar([[30, first], [second, 11]], exact=True).pvalue if first + second else 1.0
        cases.append({"both": 30, "only_first": first, "only_second": second, "neither": 11, "exact": float(exact),
                      "mid_p": float(mid_p(min(first, second), max(first, second)))})
    return cases


def holm_cases():
    lists = [[0.03], [0.01, 0.04, 0.03, 0.005], [0.2, 0.2, 0.2], [0.9, 0.6, 0.5], [0.0, 1.0, 0.0],
             [0.001, 0.0011, 0.049, 0.05, 0.012, 0.5, 0.012, 1e-12, 0.3, 0.02]]
    return [{"p": p, "corrected": multipletests(p, method="holm")[1].tolist()} for p in lists]


# Probabilities

def softmax(logits):
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def drawn(rng, rows, classes, strength, heat=1.0):
    """Labels of uneven classes, and what a network might say of them: the label's logit is raised by `strength`."""
    labels = rng.choice(classes, rows, p=rng.dirichlet(np.full(classes, 3.0)))
    logits = rng.normal(size=(rows, classes)) + strength * np.eye(classes)[labels]
    return labels, softmax(heat * logits).astype(np.float32)


def probability_cases():
    rng = np.random.default_rng(20130713)
    yield "seven classes", 7, *drawn(rng, 150, 7, 2.0)
    yield "too sure", 7, *drawn(rng, 120, 7, 1.5, heat=3.0)
    yield "too unsure", 7, *drawn(rng, 120, 7, 3.0, heat=0.3)
    yield "twenty classes, chance", 20, *drawn(rng, 60, 20, 0.0)
    yield "two classes", 2, *drawn(rng, 50, 2, 1.0)
    labels, p = drawn(rng, 80, 4, 1.0)
    yield "ties", 4, labels, (np.round(p * 5) / 5).astype(np.float32)
    labels, p = drawn(rng, 40, 4, 1.0)
    yield "a class without rows", 4, np.where(labels == 2, 0, labels), p
    yield "one class alone", 3, np.full(12, 1), drawn(rng, 12, 3, 1.0)[1]
    yield "all alike", 3, np.arange(9) % 3, np.full((9, 3), 1 / 3, np.float32)
    yield "all right and sure", 3, np.arange(9) % 3, np.eye(3, dtype=np.float32)[np.arange(9) % 3]
    yield "all wrong and sure", 3, np.arange(9) % 3, np.eye(3, dtype=np.float32)[(np.arange(9) + 1) % 3]
    yield "one row", 3, np.array([2]), np.array([[0.2, 0.3, 0.5]], np.float32)
    yield "edges of bins", 2, np.array([0, 1] * 4), np.array([[x, 1 - x] for x in np.arange(1, 9) / 8], np.float32)


def equal_width(confidence, bins):
    return np.searchsorted(np.arange(1, bins) / bins, confidence, side="left")


def equal_mass(confidence, bins):
    ordered = np.sort(confidence)
    ends = [ordered[-(-len(ordered) * i // bins) - 1] for i in range(1, bins)]
    return np.searchsorted(ends, confidence, side="left")


def calibration_error(p, labels, bins, binning):
    confidence, right = p.max(axis=1), p.argmax(axis=1) == labels
    bin_of = binning(confidence, bins)
    return float(sum(abs(np.sum(confidence[bin_of == i]) - np.sum(right[bin_of == i])) for i in range(bins)) / len(p))


def likelihood(p, labels):
    clipped = np.maximum(p, 1e-15)
    loss = float(-np.log(clipped[np.arange(len(p)), labels]).mean())
    if p.min() > 0:
        assert math.isclose(loss, metrics.log_loss(labels, p, labels=range(p.shape[1])), rel_tol=1e-12)
    return loss


def heated(p, temperature):
    return softmax(np.log(np.maximum(p, 1e-15)) / temperature)


def temperature(p, labels):
    return optimize.minimize_scalar(lambda t: likelihood(heated(p, t), labels), bounds=(0.05, 20), method="bounded",
                                    options={"xatol": 1e-12, "maxiter": 1000}).x


def brier(p, labels):
    score = float(np.mean(np.sum((p - np.eye(p.shape[1])[labels]) ** 2, axis=1)))
    if p.shape[1] == 2:
        assert math.isclose(score, 2 * metrics.brier_score_loss(labels, p[:, 1]), rel_tol=1e-6)
    return score


def top2(p, labels):
    """Ties: of equally probable classes the first count; scikit-learn takes the last."""
    score = float(np.mean([label in np.argsort(-row, kind="stable")[:2] for row, label in zip(p, labels)]))
    if p.shape[1] > 2 and all(len(set(row)) == len(row) for row in p):
        assert score == metrics.top_k_accuracy_score(labels, p, k=2, labels=range(p.shape[1]))
    return score


def one_vs_rest(p, labels, one):
    own = labels == one
    if own.all() or not own.any():
        return {"roc_auc": math.nan, "average_precision": math.nan}
    return {"roc_auc": float(metrics.roc_auc_score(own, p[:, one])),
            "average_precision": float(metrics.average_precision_score(own, p[:, one]))}


def kappa(labels, predictions, classes):
    value = metrics.cohen_kappa_score(labels, predictions, labels=range(classes))
    return 0.0 if math.isnan(value) else float(value)


def probability_case(name, classes, labels, single):
    p = single.astype(np.float64)  # what the floats are
    predictions = p.argmax(axis=1)
    best = temperature(p, labels)
    bounded = not 0.051 < best < 19.9 or len(set(p.max(axis=1))) == 1  # at an end, or nothing to be learnt
    return {
        "name": name, "classes": classes, "labels": labels.tolist(), "probabilities": p.ravel().tolist(),
        "top2": top2(p, labels), "kappa": kappa(labels, predictions, classes),
        "mcc": float(metrics.matthews_corrcoef(labels, predictions)),
        "nll": likelihood(p, labels), "brier": brier(p, labels),
        "ece": {str(bins): calibration_error(p, labels, bins, equal_width) for bins in [1, 4, 10, BINS]},
        "ece_equal_mass": {str(bins): calibration_error(p, labels, bins, equal_mass) for bins in [1, 4, 10, BINS]},
        "temperature": None if bounded else float(best),
        "nll_with_temperature": None if bounded else likelihood(heated(p, best), labels),
        "heated": heated(p, 1.7)[:5].ravel().tolist(),
        "one_vs_rest": [one_vs_rest(p, labels, one) for one in range(classes)],
    }


# Bootstrap

def score_of(labels, predictions, confidences, classes):
    """All scores of rows at once, as scikit-learn has them."""
    right = labels == predictions
    counts = np.bincount(labels * classes + predictions, minlength=classes * classes).reshape(classes, classes)
    labelled, predicted, correct = counts.sum(axis=1), counts.sum(axis=0), np.diag(counts)
    f1 = 2 * correct / np.maximum(labelled + predicted, 1)
    gaps = np.bincount(equal_width(confidences, BINS), confidences - right, minlength=BINS)
    return np.array([right.mean(), (correct[labelled > 0] / labelled[labelled > 0]).mean(), f1.mean(),
                     (f1 * labelled).sum() / len(labels), np.abs(gaps).sum() / len(labels)])


def assert_scores(labels, predictions, confidences, classes):
    ours = score_of(labels, predictions, confidences, classes)
    options = {"labels": range(classes), "zero_division": 0}
    theirs = [metrics.accuracy_score(labels, predictions), metrics.balanced_accuracy_score(labels, predictions),
              metrics.f1_score(labels, predictions, average="macro", **options),
              metrics.f1_score(labels, predictions, average="weighted", **options)]
    assert np.allclose(ours[:4], theirs, rtol=0, atol=1e-12)


def bootstrap_rows():
    rng = np.random.default_rng(3589)
    labels, p = drawn(rng, 200, 5, 1.5)
    yield "five classes", 5, labels, p.argmax(axis=1), p.max(axis=1)
    yield "too sure", 5, labels, *(lambda q: (q.argmax(axis=1), q.max(axis=1)))(drawn(rng, 200, 5, 0.0, 4.0)[1])
    labels, p = drawn(rng, 60, 3, 2.0)
    yield "a class without rows", 3, np.where(labels == 1, 0, labels), p.argmax(axis=1), p.max(axis=1)
    labels, p = drawn(rng, 15, 2, 1.0)
    yield "few rows", 2, labels, p.argmax(axis=1), p.max(axis=1)


def intervals(labels, predictions, confidences, classes, score):
    """A distribution of SciPy's, and its intervals of that distribution."""
    def statistic(rows):
        return score_of(labels[rows], predictions[rows], confidences[rows], classes)[score]

    options = {"vectorized": False, "random_state": np.random.default_rng(score)}
    rows = (np.arange(len(labels)),)
    drawn_once = stats.bootstrap(rows, statistic, n_resamples=300, method="percentile", **options)
    bca = stats.bootstrap(rows, statistic, n_resamples=0, method="BCa", bootstrap_result=drawn_once, **options)
    left_out = np.array([statistic(np.delete(rows[0], i)) for i in rows[0]])
    below = left_out.mean() - left_out
    return {
        "score": SCORES[score], "draws": drawn_once.bootstrap_distribution.tolist(),
        "percentile": list(map(float, drawn_once.confidence_interval)),
        "bca": list(map(float, bca.confidence_interval)),
        "estimate": float(statistic(rows[0])),
        "acceleration": float((below ** 3).sum() / (below ** 2).sum() ** 1.5 / 6),
    }


def spread(labels, predictions, confidences, classes, stratified):
    """Mean and standard error of many draws: what a distribution of other random numbers must have as well."""
    rng = np.random.default_rng(7)
    strata = [np.flatnonzero(labels == i) for i in range(classes)] if stratified else [np.arange(len(labels))]
    draws = []
    for _ in range(20000):
        rows = np.concatenate([rng.choice(stratum, len(stratum)) for stratum in strata if len(stratum)])
        draws.append(score_of(labels[rows], predictions[rows], confidences[rows], classes))
    return {"mean": np.mean(draws, axis=0).tolist(), "standard_error": np.std(draws, axis=0, ddof=1).tolist()}


def scipy_standard_errors(labels, predictions, confidences, classes):
    errors = []
    for score in range(len(SCORES)):
        result = stats.bootstrap((np.arange(len(labels)),),
                                 lambda rows: score_of(labels[rows], predictions[rows], confidences[rows],
                                                       classes)[score],
                                 n_resamples=10000, method="percentile", vectorized=False,
                                 random_state=np.random.default_rng(11))
        errors.append(float(result.standard_error))
    return errors


def bootstrap_case(name, classes, labels, predictions, single):
    rows = labels, predictions, single.astype(np.float64), classes
    assert_scores(*rows)
    return {"name": name, "classes": classes, "labels": labels.tolist(), "predictions": predictions.tolist(),
            "confidences": rows[2].tolist(), "intervals": [intervals(*rows, score) for score in range(len(SCORES))],
            "scipy_standard_errors": scipy_standard_errors(*rows),
            "spread": spread(*rows, False), "stratified": spread(*rows, True)}


def main():
    warnings.simplefilter("ignore")  # undefined scores of degenerate cases
    fixture_file.write("statistics.json", {
        "normal": normal_cases(), "wilson": wilson_cases(), "mcnemar": mcnemar_cases(), "holm": holm_cases(),
        "probabilities": [probability_case(*case) for case in probability_cases()],
        "bootstrap": [bootstrap_case(*case) for case in bootstrap_rows()],
    }, relative=1e-9, absolute=1e-12)


main()
