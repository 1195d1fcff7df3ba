"""B1, export: the same seconds of a show as frames, out of leitai's renderer and out of headless Chromium.

Both draw `benches/scene.tape.ndjson` (and `changes.tape.ndjson`) at 1920 × 1080, 50 a second. Before anything is timed
the pictures are compared; a picture that is not the same scene, or not the instant that was asked for, ends the run."""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy
from skimage.io import imread
from skimage.metrics import structural_similarity

from . import rounds
from .bench import HERE, Bench
from .chromium import FRAME_MS, SOFTWARE, Chromium, Variant, film, page

SIZE = (1920, 1080)
LIKE = 0.97
NO_GPU = (*SOFTWARE, "--disable-gpu", "--disable-software-rasterizer")
JPEG = Variant("beginFrame, JPEG", format="jpeg", flags=NO_GPU)
PNG = Variant("beginFrame, PNG", format="png", flags=NO_GPU)


@dataclass(frozen=True)
class Mode:
    """What is drawn: a stretch of a tape in one class of picture."""

    name: str
    what: str
    tape: str
    layout: str
    from_s: int
    seconds: float
    asked: float
    variants: tuple[Variant, ...]
    settled_s: tuple[float, ...]
    """Instants to be compared. Two pictures on their way differ a little more: leitai fades in linear light, a browser in sRGB."""

    def frames(self, bench: Bench) -> int:
        return bench.few(round(self.seconds * 1000 / FRAME_MS), 20)


def variants(*ways: Variant, layers: str, also: tuple[Variant, ...]) -> tuple[Variant, ...]:
    """Each with the page in the layers that suit it, and in the others; by one browser, and by two, one a core."""
    other = "few" if layers == "all" else "all"
    found = []
    for way in ways:
        found += [replace(way, layers=layers), replace(way, name=f"{way.name}, {other} layers", layers=other),
                  replace(way, name=f"{way.name}, 2 workers", layers=layers, workers=2)]
    return (*found, *(replace(way, layers=layers) for way in also))


def opaque(layers: str) -> tuple[Variant, ...]:
    return variants(JPEG, layers=layers, also=(
        PNG, Variant("beginFrame, JPEG, GPU rasteriser", format="jpeg", flags=()),
        Variant("beginFrame, JPEG, GPU in process", format="jpeg", flags=(*NO_GPU, "--in-process-gpu")),
        Variant("captureScreenshot, JPEG", how="capture", format="jpeg", flags=NO_GPU)))


def clear(layers: str) -> tuple[Variant, ...]:
    return variants(PNG, layers=layers, also=(
        Variant("beginFrame, WebP", format="webp", flags=NO_GPU),
        Variant("captureScreenshot, PNG", how="capture", format="png", flags=NO_GPU)))


MODES = (
    Mode("opaque", "20 s of a question, opaque", "scene.tape.ndjson", "tv", 10, 20, 15, opaque("few"), (15, 23, 28)),
    Mode("alpha", "8 s of it, on nothing, with alpha", "scene.tape.ndjson", "stream", 18, 8, 30, clear("few"), (15, 28)),
    Mode("changes", "4 s in which the whole picture changes", "changes.tape.ndjson", "tv", 11, 4, 3, opaque("all"), (10.58, 11.4, 12.2)),
)


def dumped(bench: Bench, mode: Mode, at_s: tuple[float, ...]) -> list[numpy.ndarray]:
    """leitai's own frames at these instants, RGBA."""
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for at in at_s:
            bench.engine_json("render", HERE / mode.tape, "--class", mode.layout, "--from-s", str(at), "--length-s", "0.02",
                              "--dump", "0", "--dump-to", folder)
            pixels = numpy.frombuffer((Path(folder) / "0.rgba").read_bytes(), numpy.uint8)
            found.append(pixels.reshape(SIZE[1], SIZE[0], 4))
        return found


def on_grey(pixels: numpy.ndarray) -> numpy.ndarray:
    """What is seen of it over a grey ground."""
    alpha = pixels[..., 3:].astype(float) / 255
    return (pixels[..., :3] * alpha + 96 * (1 - alpha)).round().astype(numpy.uint8)


def alike(bench: Bench, mode: Mode) -> dict[str, float]:
    """Similarity (SSIM) of the two at settled instants; less than LIKE is an error."""
    is_clear = mode.layout == "stream"
    browser = Chromium(PNG, page(mode.tape, mode.layout), SIZE, is_clear)
    try:
        theirs = [imread(io.BytesIO(browser.still(round(at * 1e6)))) for at in mode.settled_s]
    finally:
        browser.close()
    found = {}
    for at, ours, other in zip(mode.settled_s, dumped(bench, mode, mode.settled_s), theirs):
        if other.shape[2] == 3:
            other = numpy.dstack([other, numpy.full(other.shape[:2], 255, numpy.uint8)])
        found[f"{mode.name} {at} s"] = float(structural_similarity(on_grey(ours), on_grey(other), channel_axis=2))
        if is_clear:
            found[f"{mode.name} {at} s, alpha alone"] = float(structural_similarity(ours[..., 3], other[..., 3]))
    bench.log("  alike: " + ", ".join(f"{what} {ssim:.4f}" for what, ssim in found.items()))
    different = [what for what, ssim in found.items() if ssim < LIKE]
    if different:
        raise AssertionError(f"the two do not draw the same picture: {different} are below {LIKE}")
    return found


def told(picture: bytes) -> int:
    """The frame's number, as the page painted it in blocks."""
    pixels = imread(io.BytesIO(picture))
    blocks = pixels[1072, 8:16 * 24:16, :3].mean(axis=1)
    return sum(1 << i for i, light in enumerate(blocks) if light > 127)


def in_time(bench: Bench, mode: Mode, variant: Variant) -> None:
    """Every picture shows the instant that was asked for; none is missing, none comes twice."""
    frames = bench.few(60, 10)
    for begin_s in (mode.from_s, *(() if mode.name == "changes" else (24.9,))):
        address = page(mode.tape, mode.layout) + "&strip=1"
        made = film(variant, address, mode.layout == "stream", round(begin_s * 1e6), frames)
        first = round(begin_s * 1000 / FRAME_MS)
        shown = [told(picture) if picture else None for picture in made.pictures]
        if shown != list(range(first, first + frames)):
            raise AssertionError(f"{variant.name} gave other frames than it was asked for: {shown}, from {first} on")


def theirs(bench: Bench, mode: Mode, variant: Variant, frames: int) -> dict:
    made = film(variant, page(mode.tape, mode.layout), mode.layout == "stream", mode.from_s * 1_000_000, frames)
    pictures = [picture for picture in made.pictures if picture]
    if variant.format != "none" and len(set(pictures)) < len(pictures) * 0.9:
        bench.log(f"    {variant.name}: {len(set(pictures))} different pictures of {len(pictures)}")
    return {"fps": frames / made.wall_s, "cpu_ms": made.cpu_s / frames * 1000, "pictures": len(pictures),
            "kb": sum(map(len, pictures)) / max(1, len(pictures)) / 1000}


def ours(bench: Bench, mode: Mode, frames: int) -> dict:
    said = bench.engine_json("render", HERE / mode.tape, "--class", mode.layout, "--from-s", str(mode.from_s), "--length-s",
                             str(frames * FRAME_MS / 1000))
    return {"fps": said["fps"], "cpu_ms": said["cpu_s"] / frames * 1000, "pictures": said["drawn"],
            "p50_ms": said["p50_ms"], "p99_ms": said["p99_ms"]}


def screened(bench: Bench, mode: Mode) -> tuple[Variant, list[dict]]:
    """Every variant once over the same frames, and the fastest."""
    frames = bench.few(60, 10)
    found = []
    # Drawn, and no picture taken: what is left to win for any other way out.
    for variant in (*mode.variants, Variant("beginFrame, pictures not taken", format="none", flags=NO_GPU, layers=mode.variants[0].layers)):
        try:
            found.append({"name": variant.name, "rival": variant.format != "none", **theirs(bench, mode, variant, frames)})
            bench.log(f"  {mode.name}, {variant.name}: {found[-1]['fps']:.1f} fps, {found[-1]['cpu_ms']:.1f} ms")
        except (RuntimeError, TimeoutError, OSError) as error:
            bench.log(f"  {mode.name}, {variant.name}: {error}")
    best = max((one for one in found if one["rival"]), key=lambda one: one["fps"])
    return next(variant for variant in mode.variants if variant.name == best["name"]), found


def run(bench: Bench) -> None:
    result: dict = {"modes": {}, "alike": {}}
    for mode in MODES:
        result["alike"] |= alike(bench, mode)
        best, found = screened(bench, mode)
        if best.how == "frame":
            in_time(bench, mode, replace(best, workers=1))
        frames = mode.frames(bench)
        sides = {"leitai": lambda _: ours(bench, mode, frames), "chromium": lambda _: theirs(bench, mode, best, frames)}  # noqa: B023
        measured = rounds.alternate(bench.rounds, sides, bench.log)
        result["modes"][mode.name] = {
            "what": mode.what, "asked": mode.asked, "frames": frames, "best": best.name, "screened": found,
            "fps": {side: rounds.figure(one, "fps").json() for side, one in measured.items()},
            "cpu_ms": {side: rounds.figure(one, "cpu_ms").json() for side, one in measured.items()},
            "faster": rounds.ratio(measured["leitai"], measured["chromium"], "fps").json(),
            "cheaper": rounds.ratio(measured["chromium"], measured["leitai"], "cpu_ms").json(),
            "p50_ms": rounds.figure(measured["leitai"], "p50_ms").json(),
            "p99_ms": rounds.figure(measured["leitai"], "p99_ms").json(),
            "pictures": {side: one[0]["pictures"] for side, one in measured.items()},
        }
        bench.save("b1", result)


def plot(result: dict, path: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    modes = result["modes"]
    figure, axes = pyplot.subplots(1, 2, figsize=(10, 3.6))
    for axis, key, label in ((axes[0], "fps", "frames a second"), (axes[1], "cpu_ms", "processor time a frame, ms")):
        for i, (side, colour) in enumerate((("leitai", "#1F6BD0"), ("chromium", "#9AA5B1"))):
            values = [mode[key][side] for mode in modes.values()]
            medians = [value["median"] for value in values]
            spans = [[m - v["low"] for m, v in zip(medians, values)], [v["high"] - m for m, v in zip(medians, values)]]
            places = [n + (i - 0.5) * 0.38 for n in range(len(modes))]
            bars = axis.bar(places, medians, 0.36, yerr=spans, capsize=3, color=colour, label=side)
            axis.bar_label(bars, [f"{m:.3g}" for m in medians], padding=3, fontsize=8)
        axis.set_xticks(range(len(modes)), list(modes))
        axis.set_yscale("log")
        axis.set_ylabel(label)
        axis.margins(y=0.2)
    axes[0].axhline(50, color="black", linewidth=0.8, linestyle=":")
    axes[0].legend(frameon=False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)


def span(figure: dict, digits: str = ".3g") -> str:
    return f"{figure['median']:{digits}} ({figure['low']:{digits}} to {figure['high']:{digits}})"


def section(result: dict, plots: Path) -> dict:
    plot(result, plots / "b1.svg")
    lines = ["## B1 Export", "", "Frames of 1920 × 1080 at 50 a second, made as fast as they come, handed over as pixels and thrown away. The page"
             " (`benches/peer`) is ours, hand-made for this scene: elements built once, moved by transform and opacity, nothing laid out anew,"
             " only what changed touched; composited in as few layers as pay. Chromium runs under begin-frame control; its best variant is looked for"
             " first. Its pictures come compressed, as there is no other way to get them out. Where nothing changed both hand over"
             " nothing.", "", "![](plots/b1.svg)", "",
             "| What | leitai, frames/s | Chromium's best, frames/s | times as fast | leitai, processor ms/frame | Chromium | times as cheap |",
             "|---|---|---|---|---|---|---|"]
    targets = []
    for mode in result["modes"].values():
        fps, cpu = mode["fps"], mode["cpu_ms"]
        lines.append(f"| {mode['what']} ({mode['frames']} frames) | {span(fps['leitai'])} | {span(fps['chromium'])} | **{span(mode['faster'])}** |"
                     f" {span(cpu['leitai'])} | {span(cpu['chromium'])} | {span(mode['cheaper'])} |")
        targets.append({"what": f"B1 {mode['what']}", "asked": f"≥ {mode['asked']:g} × Chromium's frames/s",
                        "measured": f"{span(mode['faster'])} ×", "met": mode["faster"]["median"] >= mode["asked"]})
    lines += ["", "Median of the rounds with its 95 % interval. A frame of leitai took "
              + "; ".join(f"{name}: {mode['p50_ms']['median']:.2f} ms at the median, {mode['p99_ms']['median']:.1f} ms at p99"
                          for name, mode in result["modes"].items()) + ".", "",
              "Before timing: " + ", ".join(f"{what} SSIM {value:.3f}" for what, value in result["alike"].items())
              + f" (at least {LIKE}); every picture's painted frame number was read back, none was missing or came twice.", "",
              "| Chromium's variants, screened once | " + " | ".join(f"{name}, frames/s" for name in result["modes"]) + " |",
              "|---|" + "---|" * len(result["modes"])]
    names = list(dict.fromkeys(one["name"] for mode in result["modes"].values() for one in mode["screened"]))
    for name in names:
        cells = []
        for mode in result["modes"].values():
            one = next((one for one in mode["screened"] if one["name"] == name), None)
            cells.append("" if one is None else f"**{one['fps']:.1f}**" if name == mode["best"] else f"{one['fps']:.1f}")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    lines += ["", "“Pictures not taken” is no rival: nothing leaves the browser. It shows what of the peer's time is drawing, and what is compressing"
              " and handing over.", ""]
    return {"text": "\n".join(lines), "targets": targets}
