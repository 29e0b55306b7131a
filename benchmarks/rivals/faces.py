"""Images that the rivals train on: those of a FER-2013 CSV, or noise of the same shape, which costs the same."""
import numpy as np

SIDE = 48
CLASSES = 7


def noise(count, seed=1):
    """N x 48 x 48 uint8 and N labels."""
    random = np.random.default_rng(seed)
    return random.integers(0, 256, (count, SIDE, SIDE), np.uint8), random.integers(0, CLASSES, count)


def from_csv(path):
    """The rows that train in the original's protocol before its split: Usage `Training`."""
    import csv_read

    pixels, labels, usage = csv_read.read(path, csv_read.WAYS["numpy.fromstring"])
    training = (usage == "Training").to_numpy()
    return pixels[training].reshape(-1, SIDE, SIDE), labels[training].astype(np.int64)


def load(options):
    return from_csv(options.csv) if options.csv else noise(options.images)
