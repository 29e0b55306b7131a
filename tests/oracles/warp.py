"""Writes tests/fixtures/augment/warp.json: small images through SciPy's map_coordinates (bilinear, edges repeated) along
matrices that NumPy multiplies, and their levels through contrast, gamma and an erased box.

    pip install -r tests/oracles/requirements-scikit-learn.txt && python tests/oracles/warp.py
"""
import numpy as np
from scipy import ndimage

import fixture_file

HEIGHT, WIDTH = 9, 7


def move(rows, columns):
    return np.array([[1, 0, rows], [0, 1, columns], [0, 0, 1.0]])


def linear(a, b, c, d):
    return np.array([[a, b, 0], [c, d, 0], [0, 0, 1.0]])


def window_begin(whole, size, place, whole_pixels):
    if size > whole:
        return (whole - size) / 2
    return np.floor(place * (whole - size + 1)) if whole_pixels else place * (whole - size)


def matrix(numbers, height, width):
    """From (row, column, 1) of the output to those of the input; each step undoes one thing done to the picture."""
    get = {"zoom_rows": 1, "zoom_columns": 1, "flip": False, "rotation": 0, "shear": 0, "shift_rows": 0,
           "shift_columns": 0, "scale": 1, "aspect": 1, "place_rows": 0, "place_columns": 0} | numbers
    scale_rows, scale_columns = np.sqrt(get["scale"] / get["aspect"]), np.sqrt(get["scale"] * get["aspect"])
    unscaled = get["scale"] == 1 and get["aspect"] == 1
    tall, wide = height * scale_rows, width * scale_columns
    rows = window_begin(HEIGHT, tall, get["place_rows"], unscaled) + (tall - 1) / 2
    columns = window_begin(WIDTH, wide, get["place_columns"], unscaled) + (wide - 1) / 2
    angle = np.deg2rad(get["rotation"])
    steps = [move(rows, columns),
             linear(np.cos(angle), np.sin(angle), -np.sin(angle), np.cos(angle)),
             linear(1, 0, np.tan(np.deg2rad(get["shear"])), 1),
             linear(scale_rows * get["zoom_rows"], 0, 0, scale_columns * get["zoom_columns"]),
             move(-get["shift_rows"] * height, -get["shift_columns"] * width),
             move(-(height - 1) / 2, -(width - 1) / 2)]
    if get["flip"]:
        steps += [move(0, width - 1), linear(1, 0, 0, -1)]
    return np.linalg.multi_dot(steps)


def warp_case(random, crop, numbers):
    image = random.integers(0, 256, (HEIGHT, WIDTH))
    height, width = (crop, crop) if crop else (HEIGHT, WIDTH)
    at = np.stack([*np.mgrid[0:height, 0:width], np.ones((height, width))]).reshape(3, -1)
    rows, columns, _ = matrix(numbers, height, width) @ at
    levels = ndimage.map_coordinates(image.astype(float), [rows, columns], order=1, mode="nearest")
    return {"crop": crop, "numbers": numbers, "image": image.ravel().tolist(), "levels": levels.tolist()}


def warp_cases():
    random = np.random.default_rng(16)
    table = [(0, {}), (0, {"rotation": 90}), (0, {"rotation": -17.5}), (0, {"shear": 20}), (0, {"shear": -40}),
             (0, {"shift_rows": 0.25}), (0, {"shift_columns": -0.4}), (0, {"zoom_rows": 1.3, "zoom_columns": 0.8}),
             (0, {"rotation": 30, "flip": True}), (0, {"scale": 0.3, "place_rows": 0.9, "place_columns": 0.2}),
             (0, {"scale": 2}), (0, {"aspect": 1.5, "place_rows": 0.5}), (5, {}),
             (5, {"place_rows": 0.99, "place_columns": 0.5}), (7, {"place_rows": 0.5, "flip": True})]
    for crop in (0, 0, 4, 6):
        u = random.uniform
        table.append((crop, {"zoom_rows": u(0.8, 1.2), "zoom_columns": u(0.8, 1.2), "flip": bool(u() < 0.5),
                             "rotation": u(-60, 60), "shear": u(-30, 30), "shift_rows": u(-0.3, 0.3),
                             "shift_columns": u(-0.3, 0.3), "scale": u(0.3, 1.5), "aspect": u(0.7, 1.4),
                             "place_rows": u(), "place_columns": u()}))
    return [warp_case(random, crop, numbers) for crop, numbers in table]


def tone_case(random, contrast, gamma):
    image = random.integers(0, 256, 24)
    mean = image.mean()
    levels = np.clip((image - mean) * contrast + mean, 0, 255)
    table = 255 * (np.arange(256) / 255) ** gamma
    return {"contrast": contrast, "gamma": gamma, "image": image.tolist(),
            "levels": np.interp(levels, np.arange(256), table).tolist()}


def tone_cases():
    random = np.random.default_rng(17)
    return [tone_case(random, *pair) for pair in
            [(1, 1), (0, 1), (0.5, 1), (1.7, 1), (1, 0.5), (1, 2.2), (0.8, 1.3), (3, 0.4)]]


if __name__ == "__main__":
    fixture_file.write("augment/warp.json", {"warp": warp_cases(), "tones": tone_cases()}, absolute=1e-9)
