"""GFLOP/s of large matrix products in PyTorch: the same roof as bench-roof's, through the BLAS of PyTorch's wheel."""
import argparse
import time

import torch

import result


def gflops(size, dtype, seconds):
    a, b = (torch.rand(size, size).to(dtype) for _ in range(2))
    out = torch.mm(a, b)
    calls, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        torch.mm(a, b, out=out)
        calls += 1
    return 2 * size**3 * calls / (time.perf_counter() - start) / 1e9


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--sizes", default="1024,2048,4096")
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--bf16", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    dtypes = {"fp32": torch.float32} | ({"bf16": torch.bfloat16} if options.bf16 else {})
    rates = {name: {size: gflops(int(size), dtype, options.seconds) for size in options.sizes.split(",")}
             for name, dtype in dtypes.items()}
    roof = {name: max(found.values()) for name, found in rates.items()}
    result.write(program="torch_roof", threads=options.threads, products=rates, roof=roof,
                 versions={"torch": torch.__version__})


if __name__ == "__main__":
    main()
