"""Weights and images that C++ and Python work out alike, so that no file has to carry them: tests/support/formula.hpp.

A number is an integer hash of a name and an element's index in OUR layout: kernels O x I x H x W, images N x C x H x W.
"""
import math

import numpy as np


def fnv1a(name):
    value = 2166136261
    for byte in name.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return value


def hashes(name, begin, end):
    """MurmurHash3's last mixing, over the index times the golden ratio."""
    x = np.arange(begin, end, dtype=np.uint32) * np.uint32(0x9E3779B9) ^ np.uint32(fnv1a(name))
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x85EBCA6B)
    x ^= x >> np.uint32(13)
    x *= np.uint32(0xC2B2AE35)
    x ^= x >> np.uint32(16)
    return x


def units(name, count):
    """Floats in [-1, 1), a piece at a time: inception_block has 150 million."""
    result = np.empty(count, np.float32)
    piece = 1 << 22
    for begin in range(0, count, piece):
        end = min(begin + piece, count)
        result[begin:end] = (hashes(name, begin, end) >> np.uint32(8)).astype(np.float32)
    result *= np.float32(2.0**-23)
    result -= np.float32(1)
    return result


def offset_and_scale(name, shape):
    """Kernels keep the size of what passes; batch norms pass on a little less than they get, and nothing vanishes."""
    if len(shape) > 1:
        return 0.0, math.sqrt(6.0 / math.prod(shape[1:]))
    if name.endswith(".running_var"):
        return 1.0, 0.5
    if name.endswith(".weight"):
        return 0.75, 0.25
    return 0.0, 0.125


def tensor(name, shape):
    offset, scale = offset_and_scale(name, shape)
    result = units(name, math.prod(shape))
    result *= np.float32(scale)
    result += np.float32(offset)
    return result.reshape(shape)


def kinds(count, classes):
    return (hashes("kinds", 0, count) % np.uint32(classes)).astype(np.int64)


def labels(kinds, classes):
    """The kinds, a third of them replaced by whatever comes, so that there is no loss of zero."""
    count = len(kinds)
    wrong = hashes("wrong", 0, count) % np.uint32(3) == 0
    return np.where(wrong, (hashes("labels", 0, count) % np.uint32(classes)).astype(np.int64), kinds)


def images(kinds, noise=64, side=48):
    """Grey images of stripes whose direction and width depend on the image's kind, `noise` of 256 levels of noise upon
    them: N x 1 x side x side."""
    count = len(kinds)
    y, x = np.mgrid[0:side, 0:side]
    kind = np.asarray(kinds).reshape(count, 1, 1)
    stripes = 3 * (x * (kind + 1) + y * (7 - kind)) % (256 - noise)
    levels = stripes + (hashes("images", 0, count * side * side) % np.uint32(noise)).reshape(count, side, side)
    return (levels.astype(np.float32) * np.float32(1 / 255)).reshape(count, 1, side, side)
