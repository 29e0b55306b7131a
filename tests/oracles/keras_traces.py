"""What Keras' callbacks and its Adam do, epoch by epoch and step by step: shared by keras2_traces.py and keras3_traces.py.

The callbacks are Keras' own; in place of a model they are given a stub whose only weight is the number of the epoch.
"""
import itertools
import os
import pathlib
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
# oneDNN's results depend on the processor more than TensorFlow's own do.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import keras
import numpy as np
import tensorflow as tf

import fixture_file
from metric_sequences import INF, NAN, SEQUENCES, values

MODES = ("min", "max")

EARLY_STOPPING = [
    {"patience": 0},
    {"patience": 1},
    {"patience": 2},
    {"patience": 4},
    {"patience": 1, "restore_best": False},
    {"patience": 1, "min_delta": 0.25},
    {"patience": 2, "min_delta": 0.1},
    {"patience": 2, "baseline": 2.25},
    {"patience": 0, "baseline": 0.75},
    {"patience": 1, "baseline": 1.0, "min_delta": 0.25},
]

REDUCE_LR = [
    {"patience": 0},
    {"patience": 1},
    {"patience": 2},
    {"patience": 1, "min_delta": 0.25},
    {"patience": 1, "min_delta": 0.1},
    {"patience": 1, "min_delta": 1e-4, "factor": 0.2, "lr": 1e-3},
    {"patience": 1, "cooldown": 1},
    {"patience": 1, "cooldown": 3},
    {"patience": 2, "cooldown": 2, "factor": 0.1},
    {"patience": 1, "min_lr": 0.3},
    {"patience": 1, "min_lr": 0.25, "cooldown": 2},
    {"patience": 1, "min_lr": 2.0},
]


class StubModel:
    def __init__(self, lr=1.0):
        self.stop_training = False
        self.distribute_strategy = tf.distribute.get_strategy()  # Keras 2 asks it who writes files
        self.optimizer = keras.optimizers.Adam(lr)
        self.epoch = None
        self.saved = []

    def get_weights(self):
        return [np.array(self.epoch)]

    def set_weights(self, weights):
        self.epoch = int(weights[0])

    def save_weights(self, path, **options):
        self.saved.append(self.epoch)


def run(callbacks, model, logs_of_epochs, after):
    """Keras' own order of calls; `after` is called at each epoch's end. A training ends where a callback says so."""
    for callback in callbacks:
        callback.set_model(model)
        callback.on_train_begin()
    for epoch, logs in enumerate(logs_of_epochs):
        for callback in callbacks:
            callback.on_epoch_begin(epoch)
        model.epoch = epoch
        for callback in callbacks:
            callback.on_epoch_end(epoch, logs)
        after(epoch)
        if model.stop_training:
            break
    for callback in callbacks:
        callback.on_train_end()


def best(callback, mode):
    """None where nothing was best yet, which Keras 2 writes as the worst infinity."""
    worst = INF if mode == "min" else -INF
    return None if callback.best is None or (KERAS2 and callback.best == worst) else float(callback.best)


def losses(name, mode):
    return [{"val_loss": value} for value in values(name, mode)]


def mirrored(options, mode):
    """Options for the mirrored sequence: a baseline changes its sign."""
    return options | ({"baseline": -options["baseline"]} if mode == "max" and "baseline" in options else {})


def early_stopping(name, mode, options):
    options = mirrored(options, mode)
    callback = keras.callbacks.EarlyStopping(
        monitor="val_loss", mode=mode, patience=options["patience"], min_delta=options.get("min_delta", 0),
        baseline=options.get("baseline"), restore_best_weights=options.get("restore_best", True))
    model = StubModel()
    waits, bests = [], []

    def note(epoch):
        waits.append(callback.wait)
        bests.append(best(callback, mode))

    run([callback], model, losses(name, mode), note)
    return {"sequence": name, "mode": mode, "options": options, "wait": waits, "best": bests,
            "stopped": model.stop_training, "weights": model.epoch}


def reduce_lr(name, mode, options):
    callback = keras.callbacks.ReduceLROnPlateau(
        monitor="val_loss", mode=mode, factor=options.get("factor", 0.5), patience=options["patience"],
        min_delta=options.get("min_delta", 0), cooldown=options.get("cooldown", 0), min_lr=options.get("min_lr", 0))
    model = StubModel(options.get("lr", 1.0))
    rates, waits, bests, cooling = [], [], [], []

    def note(epoch):
        rates.append(float(keras.backend.get_value(model.optimizer.learning_rate)) if KERAS2
                     else float(model.optimizer.learning_rate.numpy()))
        waits.append(callback.wait)
        bests.append(best(callback, mode))
        cooling.append(callback.cooldown_counter)

    run([callback], model, losses(name, mode), note)
    return {"sequence": name, "mode": mode, "options": options, "lr": rates, "wait": waits, "best": bests,
            "cooling": cooling}


def checkpoint(name, mode, folder):
    callback = keras.callbacks.ModelCheckpoint(os.path.join(folder, "best.weights.h5"), monitor="val_loss", mode=mode,
                                               save_best_only=True, save_weights_only=True)
    model = StubModel()
    run([callback], model, losses(name, mode), lambda epoch: None)
    return {"sequence": name, "mode": mode, "saved": model.saved}


# Rows as Keras' History has them; the last ones of a run may lack values.
TABLES = {
    "an ordinary run": [
        {"loss": 1.9459101, "accuracy": 0.125, "val_loss": 1.75, "val_accuracy": 0.3333333333333333},
        {"loss": 1.5, "accuracy": 0.5, "val_loss": 1.6094379124341003, "val_accuracy": 0.5},
        {"loss": 0.1 + 0.2, "accuracy": 1.0, "val_loss": 2.0, "val_accuracy": 0.0},
    ],
    "numbers of every size": [
        {"loss": 1e-7, "accuracy": 0.0001, "val_loss": 1e22, "val_accuracy": 123456789.0},
        {"loss": 5e-324, "accuracy": 1.7976931348623157e308, "val_loss": -0.0, "val_accuracy": 100000.0},
    ],
    "what is no number": [
        {"loss": 1.0, "accuracy": 0.0, "val_loss": INF, "val_accuracy": -INF},
        {"loss": NAN, "accuracy": 0.0, "val_loss": NAN, "val_accuracy": 0.5},
    ],
    "no validation in the last epoch": [
        {"loss": 2.0, "accuracy": 0.25, "val_loss": 2.0, "val_accuracy": 0.25},
        {"loss": 1.0, "accuracy": 0.5},
    ],
    "a column more in the last epoch": [
        {"loss": 2.0, "val_loss": 2.0},
        {"loss": 1.0, "val_loss": 1.0, "accuracy": 0.5},
    ],
    "no validation at all": [{"loss": 2.0, "accuracy": 0.25}, {"loss": 1.0, "accuracy": 0.5}],
}


def csv_table(name, folder):
    """Behind ReduceLROnPlateau, which cuts after every epoch but the first and logs the rate before it does."""
    path = pathlib.Path(folder) / "log.csv"
    cuts = keras.callbacks.ReduceLROnPlateau(monitor="loss", mode="max", factor=0.5, patience=1, min_delta=0)
    rows = TABLES[name]
    model = StubModel(0.5)
    logger = keras.callbacks.CSVLogger(str(path))
    given = [dict(row) for row in rows]

    class Ends(keras.callbacks.Callback):
        """Keras 2 takes a row that lacks values only when the training was told to stop."""

        def on_epoch_end(self, epoch, logs=None):
            model.stop_training = epoch == len(rows) - 1

    run([cuts, Ends(), logger], model, given, lambda epoch: None)
    return {"name": name, "rows": rows, "text": path.read_bytes().decode()}


# A gradient for each step of one parameter, and where the parameter starts.
STEPS = 10
GRADIENTS = {
    "one": ([1.0] * STEPS, 0.0),
    "one, from 2": ([1.0] * STEPS, 2.0),
    "zero": ([0.0] * STEPS, 0.5),
    "tiny, below epsilon": ([1e-9] * STEPS, 0.0),
    "about epsilon": ([3e-6] * STEPS, 0.0),
    "its square is subnormal": ([1e-20] * STEPS, 0.0),
    "large": ([1e4] * STEPS, 0.0),
    "huge": ([1e15] * STEPS, -1.0),
    "alternating": ([0.5, -0.5] * (STEPS // 2), 0.0),
    "alternating, tiny": ([1e-7, -1e-7] * (STEPS // 2), 0.0),
    "once, then zero": ([1.0] + [0.0] * (STEPS - 1), 0.0),
    "zero, then large": ([0.0] * 5 + [100.0] * 5, 0.0),
    "growing": ([10.0**k for k in range(-6, 4)], 0.0),
    "shrinking": ([-(10.0**-k) for k in range(-3, 7)], 1.0),
}

ADAM = [
    {"lr": 1e-3},
    {"lr": 1e-1},
    {"lr": 1e-6},
    {"lr": 10.0},
    {"lr": 1e-2, "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-3},
    {"lr": 1e-2, "beta1": 0.0, "beta2": 0.99, "epsilon": 1e-8},
]


def adam(make, moments, options, dtype):
    """`make` is the optimiser's class; `moments` gives its m and v of a variable."""
    keras.backend.set_floatx(dtype)
    optimiser = make(learning_rate=options["lr"], beta_1=options.get("beta1", 0.9), beta_2=options.get("beta2", 0.999),
                     epsilon=options.get("epsilon", 1e-7))
    variable = (tf.Variable if KERAS2 else keras.Variable)(np.array([s for _, s in GRADIENTS.values()], dtype))
    values = []
    for step in range(STEPS):
        gradient = np.array([g[step] for g, _ in GRADIENTS.values()], dtype)
        optimiser.apply_gradients([(tf.constant(gradient), variable)])
        values.append(numbers(variable))
    m, v = moments(optimiser, variable)
    keras.backend.set_floatx("float32")
    return {"dtype": dtype, "options": options, "values": values, "m": numbers(m), "v": numbers(v)}


def numbers(variable):
    """float32 in nine digits, which are enough to read it back."""
    array = np.array(variable)
    return [float(f"{x:.9g}") if array.dtype == np.float32 else float(x) for x in array]


def write(name, optimisers):
    """`optimisers` is {name: (class, function that gives m and v)}."""
    with tempfile.TemporaryDirectory() as folder:
        fixture = {
            "made_by": f"keras {keras.__version__}, tensorflow {tf.__version__}",
            "sequences": {key: list(SEQUENCES[key]) for key in SEQUENCES},
            "early_stopping": [early_stopping(*case) for case in itertools.product(SEQUENCES, MODES, EARLY_STOPPING)],
            "reduce_lr": [reduce_lr(*case) for case in itertools.product(SEQUENCES, MODES, REDUCE_LR)],
            "checkpoint": [checkpoint(*case, folder) for case in itertools.product(SEQUENCES, MODES)],
            "csv": [csv_table(table, folder) for table in TABLES],
            "gradients": [{"name": key, "start": start, "steps": steps} for key, (steps, start) in GRADIENTS.items()],
            "adam": [{"optimiser": key} | adam(*optimisers[key], options, dtype)
                     for key, options, dtype in itertools.product(optimisers, ADAM, ("float64", "float32"))],
        }
    fixture_file.write(name, fixture, relative=1e-6)


KERAS2 = keras.__version__.startswith("2.")
