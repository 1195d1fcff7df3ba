"""The machine: what it is, what else it does, and what a tree of processes costs it."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import psutil


def describe() -> dict:
    """What a reader must know of it."""
    model = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())
    release = Path("/etc/os-release").read_text()
    name = next((line.split("=", 1)[1].strip('"') for line in release.splitlines() if line.startswith("PRETTY_NAME=")), "")
    return {"processor": model, "cores": os.cpu_count(), "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
            "system": name, "kernel": platform.release()}


def pressure() -> float:
    """Share of the last 10 s in which something waited for a processor, %; of the whole machine."""
    try:
        line = Path("/proc/pressure/cpu").read_text().splitlines()[0]
        return float(dict(field.split("=") for field in line.split()[1:])["avg10"])
    except (OSError, ValueError, KeyError, IndexError):
        return float("nan")


def tree(pid: int) -> list[psutil.Process]:
    """The process and all below it."""
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def cpu_s(pid: int) -> float:
    """User and system time of a tree that lives, s, with its ended children's as the kernel adds them up."""
    total = 0.0
    for process in tree(pid):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


def pss_mib(pid: int) -> float:
    """Memory of a tree, each page divided by those who share it, MiB."""
    total = 0
    for process in tree(pid):
        try:
            rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
        except (OSError, psutil.Error):
            continue
        total += next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    return total / 1024
