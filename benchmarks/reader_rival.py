"""How long the usual Python way takes for the same file: python3 reader_rival.py fer2013.csv (pandas and numpy needed).

pandas reads the text, numpy.fromstring or str.split turns each row's pixels into bytes. Compare with bench-reader.
"""

import resource
import sys
import time

import numpy
import pandas


def read(path, pixels):
    table = pandas.read_csv(path)
    return numpy.stack([pixels(text) for text in table["pixels"]]), table["emotion"].to_numpy(), table["Usage"]


def main():
    ways = {
        "numpy.fromstring": lambda text: numpy.fromstring(text, dtype=numpy.uint8, sep=" "),
        "str.split": lambda text: numpy.array(text.split(" "), dtype=numpy.uint8),
    }
    for name, pixels in ways.items():
        start = time.perf_counter()
        images, _, _ = read(sys.argv[1], pixels)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        print(f"pandas {pandas.__version__}, {name}: {seconds:.2f} s, {len(images)} rows, peak {peak:.0f} MB so far")


if __name__ == "__main__":
    main()
