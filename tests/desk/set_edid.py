"""Has a display say who it is: sets the EDID of an X server's output, or takes it away.
   set_edid.py OUTPUT [NAME SERIAL]"""
import ctypes
import ctypes.util
import sys

x11 = ctypes.CDLL("libX11.so.6")
randr = ctypes.CDLL("libXrandr.so.2")
x11.XOpenDisplay.restype = ctypes.c_void_p
x11.XDefaultRootWindow.restype = ctypes.c_ulong
x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
x11.XInternAtom.restype = ctypes.c_ulong
x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
x11.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]


class Resources(ctypes.Structure):
    _fields_ = [
        ("timestamp", ctypes.c_ulong),
        ("config_timestamp", ctypes.c_ulong),
        ("ncrtc", ctypes.c_int),
        ("crtcs", ctypes.POINTER(ctypes.c_ulong)),
        ("noutput", ctypes.c_int),
        ("outputs", ctypes.POINTER(ctypes.c_ulong)),
    ]


class Info(ctypes.Structure):
    _fields_ = [("timestamp", ctypes.c_ulong), ("crtc", ctypes.c_ulong), ("name", ctypes.c_char_p)]


randr.XRRGetScreenResourcesCurrent.restype = ctypes.POINTER(Resources)
randr.XRRGetScreenResourcesCurrent.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
randr.XRRGetOutputInfo.restype = ctypes.POINTER(Info)
randr.XRRGetOutputInfo.argtypes = [ctypes.c_void_p, ctypes.POINTER(Resources), ctypes.c_ulong]
randr.XRRChangeOutputProperty.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
randr.XRRDeleteOutputProperty.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]

INTEGER = 19


def edid(name, serial):
    """One block, as VESA's standard lays it out."""
    def text(tag, said):
        return bytes([0, 0, 0, tag, 0]) + (said.encode("ascii") + b"\n").ljust(13)[:13]

    block = bytes([0, 255, 255, 255, 255, 255, 255, 0, 0x3A, 0xD3]) + bytes(6) + bytes([12, 34, 1, 4, 0xA5])
    block = block.ljust(54, b"\0") + text(0xFC, name) + text(0xFF, serial)
    block = block.ljust(127, b"\0")
    return block + bytes([-sum(block) % 256])


display = x11.XOpenDisplay(None)
if not display:
    sys.exit("no display")
resources = randr.XRRGetScreenResourcesCurrent(display, x11.XDefaultRootWindow(display))
atom = x11.XInternAtom(display, b"EDID", 0)
for i in range(resources.contents.noutput):
    output = resources.contents.outputs[i]
    if randr.XRRGetOutputInfo(display, resources, output).contents.name.decode() == sys.argv[1]:
        if len(sys.argv) > 2:
            said = edid(sys.argv[2], sys.argv[3])
            randr.XRRChangeOutputProperty(display, output, atom, INTEGER, 8, 0, said, len(said))
        else:
            randr.XRRDeleteOutputProperty(display, output, atom)
x11.XSync(display, 0)
