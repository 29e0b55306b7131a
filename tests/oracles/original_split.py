"""The cut of OriginalProtocol.StaysAsItIs (tests/data/protocol_test.cpp), worked out without our code.

Philox4x32-10 after Salmon et al. (SC 2011); key (seed, 1 = split), counter (block, class, 0, 0); numbers below a bound by
refusing the lowest 2^32 mod bound values; Fisher-Yates from the back; int(0.8 n) and int(0.2 n).
Run: python3 tests/oracles/original_split.py
"""

MASK = 0xFFFFFFFF


def philox(c, k):
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & MASK, (a >> 32) ^ c[3] ^ k[1], a & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


def stream(seed, label):
    block = 0
    while True:
        yield from philox([block, label, 0, 0], [seed, 1])
        block += 1


def below(bits, bound):
    refused = (1 << 32) % bound
    while True:
        value = next(bits)
        if value >= refused:
            return value % bound


def shuffled(rows, seed, label):
    rows, bits = list(rows), stream(seed, label)
    for i in range(len(rows), 1, -1):
        j = below(bits, i)
        rows[i - 1], rows[j] = rows[j], rows[i - 1]
    return rows


def cut(rows, seed, label):
    rows = shuffled(rows, seed, label)
    train, validation = int(0.8 * len(rows)), int(0.2 * len(rows))
    return rows[train : train + validation], rows[train + validation :]


if __name__ == "__main__":
    first, second = cut(range(12), 42, 0), cut(range(12, 19), 42, 1)
    print("validation", sorted(first[0] + second[0]), "unused", sorted(first[1] + second[1]))
