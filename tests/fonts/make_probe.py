"""Makes the fonts that tests read: squares, for characters that no carried font has. fonttools 4.x; deterministic."""
import os, sys
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTCollection

os.environ["SOURCE_DATE_EPOCH"] = "1760000000"


def box(pen, side):
    pen.moveTo((60, -60)), pen.lineTo((60, side)), pen.lineTo((940, side)), pen.lineTo((940, -60)), pen.closePath()


def build(family, chars, cff=False, side=820):
    names = [".notdef"] + [f"u{ord(c):X}" for c in chars]
    font = FontBuilder(1000, isTTF=not cff)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({ord(c): f"u{ord(c):X}" for c in chars})
    glyphs = {}
    for name in names:
        pen = T2CharStringPen(1000, None) if cff else TTGlyphPen(None)
        box(pen, side)
        glyphs[name] = pen.getCharString() if cff else pen.glyph()
    if cff:
        font.setupCFF(family.replace(" ", ""), {"FullName": family}, glyphs, {})
    else:
        font.setupGlyf(glyphs)
    font.setupHorizontalMetrics({name: (1000, 60) for name in names})
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupNameTable({"familyName": family, "styleName": "Regular"})
    font.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=900, usWinDescent=120)
    font.setupPost()
    font.font["head"].created = font.font["head"].modified = 3842000000
    return font.font


out = sys.argv[1]
# A Han beyond every font of ours, a Tibetan and a Thai letter.
build("Probe", "\U0002B740\u0F40\u0E01").save(f"{out}/probe.ttf")
build("Probe CFF", "\U0002B740\U0002B741", cff=True, side=400).save(f"{out}/probe.otf")
collection = TTCollection()
collection.fonts = [build("Probe One", "\U0002B742"), build("Probe Two", "\U0002B742\U0002B743")]
collection.save(f"{out}/probe.ttc")
