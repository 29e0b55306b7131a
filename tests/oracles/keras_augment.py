"""Writes tests/fixtures/augment: images, drawn numbers, and what Keras' ImageDataGenerator makes of them.

    python3.11 -m venv V && V/bin/pip install -r tests/oracles/requirements-keras2.15.txt
    V/bin/python tests/oracles/keras_augment.py                        # writes the fixtures
    V/bin/python tests/oracles/keras_augment.py --check                # fails unless the fixtures are what it would write
    V/bin/python tests/oracles/keras_augment.py --random 2000 --out D  # many random cases, not for the repository:
    FER_AUGMENT_CASES=D build/release/bin/data_test --gtest_filter='KerasAugment.*'

Profile keras-2.8 is keras-preprocessing 1.1.2, the image code of Keras 2.6 to 2.8; keras-2.9 is the ImageDataGenerator of
the Keras that is installed: 2.15, in keras2_augment.py 2.12, in keras3_augment.py 3.15. All write the same bytes. Where
tensorflow is not installed, `--profile keras-2.8` runs the random cases of that profile alone.

cases.json: images {name, channels, height, width, at} and cases {profile, image, zoom_rows, zoom_columns, flip, brightness
(null: off), type (u8 or f32: of the levels before the rescale), at, and for some rescaled_at}; `at` is a byte offset in
pixels.bin. There, images are uint8, results uint8 or float32 (little-endian), all C x H x W, one after the other.
"""
import argparse
import json
import os
import pathlib
import sys
import warnings
from importlib import metadata

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np

warnings.filterwarnings("ignore", category=DeprecationWarning)
FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "augment"
PROFILES = ("keras-2.8", "keras-2.9")
RESCALE = 1.0 / 255

# Zooms of the image "small" where the last bit of a double decides the float: values half-way between two floats, found by
# search, that tell the order of products and sums; and zooms whose weights are so small that every rounding of the
# coordinates and weights shows.
TIES = [(0.9453125, 1.0712890625000004), (0.95898437500000044, 1.1328125), (0.80126953125000033, 0.9150390625)]
NEAR_ONE = [(1 + 3e-13, 1 - 7e-13), (1 - 5e-12, 1 + 1.1e-12)]


def generator(profile):
    if profile == "keras-2.8":
        from keras_preprocessing.image import ImageDataGenerator

        return ImageDataGenerator(rescale=RESCALE, data_format="channels_last", dtype="float32")
    from tensorflow.keras.preprocessing.image import ImageDataGenerator

    return ImageDataGenerator(rescale=RESCALE, data_format="channels_last", dtype="float32")


def keras(profile, image, zoom_rows, zoom_columns, flip, brightness):
    """Grey levels before and after the rescale, C x H x W float32. From 2.9 on, zx is the zoom of the columns."""
    zx, zy = (zoom_rows, zoom_columns) if profile == "keras-2.8" else (zoom_columns, zoom_rows)
    numbers = {"zx": zx, "zy": zy, "flip_horizontal": flip, "brightness": brightness}
    maker = generator(profile)
    levels = maker.apply_transform(image.transpose(1, 2, 0).astype("float32"), numbers)
    before = np.ascontiguousarray(levels.transpose(2, 0, 1))
    after = maker.standardize(levels.copy()).transpose(2, 0, 1)
    assert before.dtype == np.float32 and after.dtype == np.float32
    return before, np.ascontiguousarray(after)


class Fixture:
    def __init__(self):
        self.images, self.cases, self.blob, self.pixels = [], [], bytearray(), {}

    def _store(self, array):
        at = len(self.blob)
        self.blob += np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<")).tobytes()
        return at

    def image(self, name, pixels):
        self.pixels[name] = pixels
        channels, height, width = pixels.shape
        self.images.append(dict(name=name, channels=channels, height=height, width=width, at=self._store(pixels)))

    def case(self, profile, image, zoom_rows, zoom_columns, flip, brightness, rescaled=False):
        before, after = keras(profile, self.pixels[image], zoom_rows, zoom_columns, flip, brightness)
        whole = before.astype(np.uint8)
        kind = "u8" if np.array_equal(whole.astype(np.float32), before) else "f32"
        case = dict(profile=profile, image=image, zoom_rows=zoom_rows, zoom_columns=zoom_columns, flip=flip,
                    brightness=brightness, type=kind, at=self._store(whole if kind == "u8" else before))
        if rescaled:
            case["rescaled_at"] = self._store(after)
        self.cases.append(case)

    def files(self):
        def lines(rows):
            return ",\n".join("    " + json.dumps(row) for row in rows)

        text = f'{{\n  "images": [\n{lines(self.images)}\n  ],\n  "cases": [\n{lines(self.cases)}\n  ]\n}}\n'
        return {"cases.json": text.encode(), "pixels.bin": bytes(self.blob)}


def picture(rng, channels, height, width, low, high):
    """A smooth wave under noise, so that both gradients and edges occur; levels low..high, both reached."""
    rows, columns = np.mgrid[0:height, 0:width]
    wave = np.stack([np.sin(rows / (4 + k)) + np.cos(columns / (7 - k)) for k in range(channels)])
    wave = wave + rng.normal(0, 0.4, wave.shape)
    spread = max(np.ptp(wave), 1e-9)
    return np.round(low + (wave - wave.min()) / spread * (high - low)).astype(np.uint8)


def fixed():
    rng = np.random.default_rng(20130714)
    fixture = Fixture()
    fixture.image("grey", picture(rng, 1, 48, 48, 17, 230))
    fixture.image("colour", picture(rng, 3, 32, 40, 3, 251))
    fixture.image("constant", np.full((1, 48, 48), 137, np.uint8))
    fixture.image("white", np.full((1, 48, 48), 255, np.uint8))
    fixture.image("black_and_white", (rng.random((1, 48, 48)) < 0.5).astype(np.uint8) * 255)
    fixture.image("one_row", rng.integers(0, 256, (1, 1, 7), np.uint8))
    fixture.image("one_column", rng.integers(0, 256, (1, 5, 1), np.uint8))
    fixture.image("small", np.random.default_rng(8).integers(0, 256, (1, 8, 8), np.uint8))
    fixture.image("two_by_two", np.array([[[0, 255], [254, 3]]], np.uint8))
    for profile in PROFILES:
        def add(*numbers, **options):
            fixture.case(profile, *numbers, **options)

        add("grey", 1.0, 1.0, False, None)
        add("grey", 1.0, 1.0, True, None)
        add("grey", 0.8, 1.2, False, None, rescaled=True)
        add("grey", 1.2, 1.0, True, None)
        add("grey", 1.0, 1.0, False, 1.0)
        add("grey", 1.0, 1.0, True, 0.2, rescaled=True)
        for zoom_rows, zoom_columns, brightness in [(0.8, 0.8, 1.2), (1.2, 1.2, 0.2), (0.8, 1.2, 1.0), (1.2, 0.8, 0.7)]:
            add("grey", zoom_rows, zoom_columns, False, brightness)
            add("grey", zoom_rows, zoom_columns, True, brightness)
        for k in range(6):
            zoom_rows, zoom_columns = rng.uniform(0.8, 1.2, 2)
            add("grey", zoom_rows, zoom_columns, k % 2 == 1, rng.uniform(0.2, 1.2))
        add("colour", 1.0, 1.0, True, 0.6)
        add("colour", 0.8, 1.1, False, None)
        for k in range(4):
            zoom_rows, zoom_columns = rng.uniform(0.8, 1.2, 2)
            add("colour", zoom_rows, zoom_columns, k % 2 == 1, rng.uniform(0.2, 1.2))
        for image in ("constant", "white", "black_and_white"):
            add(image, 1.0, 1.0, False, 1.0)
            add(image, 0.93, 1.07, True, 1.2)
            add(image, 1.17, 0.81, False, 0.45)
        for image in ("one_row", "one_column"):
            add(image, 0.8, 1.2, True, None)
            add(image, 1.2, 0.8, False, 0.9)
        for zoom_rows, zoom_columns in TIES + NEAR_ONE:
            add("small", zoom_rows, zoom_columns, False, None)
        for zoom_rows, zoom_columns in NEAR_ONE:
            add("two_by_two", zoom_rows, zoom_columns, True, None)
    return fixture


def random(count, profiles):
    """Shapes, contrasts, numbers and switches at random, some numbers far outside the original's ranges."""
    rng = np.random.default_rng(20130715)
    fixture = Fixture()
    for k in range(count):
        usual = rng.random() < 0.6
        shape = (1, 48, 48) if usual else (int(rng.choice([1, 3])), *(int(n) for n in rng.integers(1, 65, 2)))
        low, high = np.sort(rng.integers(0, 256, 2)) if rng.random() < 0.5 else (0, 255)
        pixels = picture(rng, *shape, low, high) if rng.random() < 0.7 else rng.integers(low, high + 1, shape, np.uint8)
        fixture.image(f"random{k}", pixels)
        reach = 0.2 if usual else 0.95
        zoom_rows, zoom_columns = rng.uniform(1 - reach, 1 + reach, 2) if rng.random() < 0.9 else (1.0, 1.0)
        brightness = rng.uniform(0.2, 1.2) if usual else rng.uniform(0.0, 3.0)
        fixture.case(profiles[k % len(profiles)], f"random{k}", float(zoom_rows), float(zoom_columns),
                     bool(rng.random() < 0.5), float(brightness) if rng.random() < 0.8 else None, rescaled=k % 5 == 0)
    return fixture


def versions():
    packages = ("keras-preprocessing", "keras", "scipy", "numpy", "pillow")
    installed = {package.metadata["Name"].lower(): package.version for package in metadata.distributions()}
    return ", ".join(f"{name} {installed[name]}" for name in packages if name in installed)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="compare with the checked-in files, write nothing")
    parser.add_argument("--random", type=int, metavar="N", help="N random cases in place of the fixtures; needs --out")
    parser.add_argument("--profile", choices=PROFILES, help="of the random cases; default both")
    parser.add_argument("--out", type=pathlib.Path, help=f"folder to write to; default {FIXTURES}")
    args = parser.parse_args()
    if args.random and not args.out:
        parser.error("--random needs --out")
    made = random(args.random, (args.profile,) if args.profile else PROFILES) if args.random else fixed()
    folder = args.out or FIXTURES
    if args.check:
        wrong = [name for name, content in made.files().items() if (folder / name).read_bytes() != content]
        print(f"{folder}: {versions()}: "
              + (f"differs: {', '.join(wrong)}" if wrong else f"{len(made.cases)} cases as generated"))
        return 1 if wrong else 0
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.files().items():
        (folder / name).write_bytes(content)
    print(f"{folder}: {versions()}: {len(made.cases)} cases")
    return 0


if __name__ == "__main__":
    sys.exit(main())
