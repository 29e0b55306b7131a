"""Writes tests/fixtures/sklearn_scores.json: what scikit-learn says of labels and predictions, hard cases included.

    pip install -r tests/oracles/requirements-scikit-learn.txt && python tests/oracles/sklearn_scores.py
"""
import json
import pathlib
import re
import warnings

import numpy as np
from sklearn import metrics

FER = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]


def drawn(rng, classes, rows, right):
    """Labels with uneven classes; a prediction is the label with probability `right`, else any class."""
    shares = rng.dirichlet(np.ones(len(classes)))
    labels = rng.choice(len(classes), rows, p=shares)
    return labels, np.where(rng.random(rows) < right, labels, rng.integers(len(classes), size=rows))


def cases():
    rng = np.random.default_rng(20130713)
    yield "fer2013 sized", FER, *drawn(rng, FER, 7178, 0.6)
    yield "random guesses", FER, *drawn(rng, FER, 1000, 0.0)
    twenty = [f"a rather long class name {i}" for i in range(20)]
    yield "twenty classes with long names", twenty, *drawn(rng, twenty, 500, 0.4)
    german = ["zornig", "überrascht", "fröhlich", "müde und sehr traurig"]
    yield "names beyond ASCII", german, *drawn(rng, german, 50, 0.5)
    yield "two classes", ["no", "yes"], *drawn(rng, range(2), 33, 0.7)
    yield "perfect", FER, np.arange(70) % 7, np.arange(70) % 7
    yield "all wrong", FER, np.arange(70) % 7, (np.arange(70) + 1) % 7
    yield "a class without rows, never predicted", FER, np.array([0, 2, 2, 3, 6]), np.array([0, 2, 3, 3, 5])
    yield "a class without rows, predicted", ["a", "b", "c"], np.array([0, 0, 2]), np.array([1, 0, 2])
    yield "a class with rows, never predicted", ["a", "b", "c"], np.array([0, 1, 2, 1]), np.array([0, 2, 2, 0])
    yield "every row is of one class", ["a", "b", "c"], np.array([1, 1, 1]), np.array([1, 0, 1])
    yield "every row is taken for one class", ["a", "b", "c"], np.array([0, 1, 2, 2]), np.array([1, 1, 1, 1])
    yield "one row", ["a", "b"], np.array([1]), np.array([1])
    yield "only one class exists", ["only"], np.array([0, 0]), np.array([0, 0])
    many = np.zeros(99999, int)
    yield "the last class has one row among 100000", ["a", "b"], np.r_[many, 0, 1], np.r_[many, 1, 1]


def averaged(labels, predictions, k, average):
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        labels, predictions, labels=range(k), average=average, zero_division=0)
    return {"precision": precision, "recall": recall, "f1": f1}


def whole_supports(report):
    """scikit-learn writes counts as floats ("10.0") where no prediction at all is right; we write "10" there too."""
    return re.sub(r"(\d+)\.0$", r"  \1", report, flags=re.MULTILINE)


def expected(classes, labels, predictions):
    k = len(classes)
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        labels, predictions, labels=range(k), average=None, zero_division=0)
    return {
        "confusion_matrix": metrics.confusion_matrix(labels, predictions, labels=range(k)).tolist(),
        "accuracy": metrics.accuracy_score(labels, predictions),
        "balanced_accuracy": metrics.balanced_accuracy_score(labels, predictions),
        "classes_with_rows": len(set(labels.tolist())),
        "macro": averaged(labels, predictions, k, "macro"),
        "weighted": averaged(labels, predictions, k, "weighted"),
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "f1": f1.tolist(),
        "support": support.tolist(),
        "classification_report": whole_supports(metrics.classification_report(
            labels, predictions, labels=range(k), target_names=classes, digits=4, zero_division=0)),
    }


def main():
    warnings.simplefilter("ignore")  # balanced_accuracy_score on predicted classes without rows
    lines = []
    for name, classes, labels, predictions in cases():
        case = {"name": name, "classes": list(classes)}
        # Small cases carry their rows; of large ones the confusion matrix says as much.
        if len(labels) <= 1000:
            case |= {"labels": labels.tolist(), "predictions": predictions.tolist()}
        lines.append(json.dumps(case | expected(list(classes), labels, predictions), ensure_ascii=False))
    path = pathlib.Path(__file__).parent.parent / "fixtures" / "sklearn_scores.json"
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


main()
