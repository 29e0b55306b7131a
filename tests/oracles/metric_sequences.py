"""What the monitored value does over the epochs of a training; written for mode min, mirrored for mode max.

All but those whose name says so are exact in float32, in which Keras 3 compares.
"""
NAN, INF = float("nan"), float("inf")


def wandering(count):
    """A noisy fall with plateaus, in steps of 1/64."""
    state, values = 12345, []
    for i in range(count):
        state = (1103515245 * state + 12345) % 2**31
        values.append(4 - min(i, 14) / 8 + (state >> 16) % 48 / 64)
    return values


SEQUENCES = {
    "one epoch": [1.0],
    "falling": [5.0, 4.0, 3.0, 2.0, 1.0, 0.5],
    "rising": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
    "flat": [1.0] * 9,
    "best in the middle": [5.0, 4.0, 4.5, 4.25, 4.125, 4.5, 3.5, 3.75, 3.625],
    "comes back to its best": [3.0, 2.0, 2.0, 3.0, 2.0, 2.5, 2.0, 1.0],
    "stops in the last of 4 epochs with patience 2": [3.0, 2.0, 2.0, 2.0],
    "stops in the last of 3 epochs with patience 1": [3.0, 2.0, 2.0],
    "steps of a quarter": [2.0, 1.75, 1.5, 1.5, 1.25, 0.75, 0.5, 0.5],
    "steps of an eighth": [1.0, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125, 0.0],
    "through zero": [1.0, 0.0, -1.0, -1.0, -2.0, -1.5, -2.25, -2.0],
    "zeros of both signs": [0.0, -0.0, 0.0, -0.0],
    "huge": [2.0**100, 2.0**90, 2.0**99, 2.0**80, 2.0**85, 2.0**85],
    "tiny": [2.0**-100, 2.0**-101, 2.0**-101, 2.0**-99, 2.0**-110],
    "wandering": wandering(24),
    "nan first": [NAN, 3.0, 2.0, 2.5, 2.25, 2.0, 1.0],
    "nan twice, then numbers": [NAN, NAN, 3.0, 2.0, 2.0, 2.0, 1.0],
    "nan in the middle": [3.0, NAN, 2.0, NAN, NAN, NAN, 1.0],
    "nan last": [3.0, 2.0, NAN],
    "nothing but nan": [NAN] * 5,
    "worst infinity first": [INF, 3.0, 2.0, 2.5, 2.25, 1.0],
    "worst infinity in the middle": [3.0, INF, 2.0, INF, INF, 1.0],
    "nothing but the worst infinity": [INF] * 5,
    "best infinity first": [-INF, 3.0, 2.0, 2.5, 2.25, 1.0],
    "best infinity in the middle": [3.0, -INF, 2.0, 2.5, 1.0, 1.0],
    "differs in float64 alone": [1.0, 1.0 - 1e-9, 1.0 - 2e-9, 1.0 - 3e-9, 1.0 - 4e-9],
    "a tenth, rounded, in float64 alone": [0.8, 0.4, 0.3, 0.2, 0.1, -0.3, -0.4, -0.4, -0.5],
}


def values(name, mode):
    return [-value for value in SEQUENCES[name]] if mode == "max" else SEQUENCES[name]
