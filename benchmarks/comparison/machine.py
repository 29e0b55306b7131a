"""What the numbers were measured on."""
import os
import platform
import shutil
import subprocess

from comparison import processors


def lines(path):
    try:
        with open(path) as file:
            return file.read().splitlines()
    except OSError:
        return []


def field(path, name):
    return next((line.partition(":")[2].strip() for line in lines(path) if line.startswith(name)), "")


def cpu_flags():
    return set(field("/proc/cpuinfo", "flags").split())


def has_bf16():
    """Whether the processor multiplies bf16; without, bf16 is slower than fp32 and says nothing."""
    return bool(cpu_flags() & {"avx512_bf16", "amx_bf16"})


def cores():
    return processors.usable()


def gpu():
    """The first NVIDIA GPU's name, or nothing."""
    if shutil.which("nvidia-smi") is None:
        return ""
    done = subprocess.run(["nvidia-smi", "--query-gpu=name", "--format=csv,noheader"], capture_output=True, text=True,
                          check=False)
    return done.stdout.splitlines()[0] if done.returncode == 0 and done.stdout.strip() else ""


def describe():
    memory_kb = field("/proc/meminfo", "MemTotal").split()
    wanted = ("avx2", "avx512f", "avx512_bf16", "amx_bf16")
    return {
        "cpu": field("/proc/cpuinfo", "model name") or platform.processor(),
        "instructions": [flag for flag in wanted if flag in cpu_flags()],
        "cores": cores(),
        "memory_gb": round(int(memory_kb[0]) * 1024 / 1e9, 1) if memory_kb else None,
        "gpu": gpu(),
        "system": f"{platform.system()} {platform.release()}",
        "load_before": os.getloadavg()[0],
    }
