"""Reads frames from shared memory as the README describes it, until the program closes it.

usage: read_memory.py NAME FRAMES
Prints one line of JSON: how many frames were seen, whether their numbers only rose, whether each was whole (all of its
pixels are the same, as the writer makes them), and how many tries met a writer at work.
"""

import json
import mmap
import struct
import sys
import time

HEADER = struct.Struct("<8sIIIIIIIIQQqQII")


def main():
    path, wanted = "/dev/shm/leitai-" + sys.argv[1], int(sys.argv[2])
    patience = time.monotonic() + 30
    while True:
        try:
            file = open(path, "rb")
            break
        except FileNotFoundError:
            if time.monotonic() > patience:
                raise
            time.sleep(0.001)
    memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    seen, last, rose, whole, busy, shows = 0, -1, True, True, 0, []
    while seen < wanted and time.monotonic() < patience:
        magic, version, offset, width, height, stride, _, num, den, sequence, _, _, _, live, _ = HEADER.unpack_from(memory)
        assert magic == b"LEITAI\0\0" and version == 1 and (num, den) == (50, 1)
        if live == 0:
            break
        if sequence % 2:
            busy += 1
            continue
        pixels = memory[offset : offset + stride * height]
        frame, show_us = struct.unpack_from("<Qq", memory, 48)
        if struct.unpack_from("<Q", memory, 40)[0] != sequence:
            busy += 1
            continue
        if frame == last:
            continue
        rose = rose and frame > last
        whole = whole and len(pixels) == width * height * 4 and pixels == pixels[:4] * (width * height)
        shows.append(show_us - frame * 20_000)
        seen, last = seen + 1, frame
    print(json.dumps({"seen": seen, "last": last, "rose": rose, "whole": whole, "busy": busy, "shows": sorted(set(shows))}))


main()
