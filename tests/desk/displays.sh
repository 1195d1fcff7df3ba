#!/usr/bin/env bash
# Outputs on displays that are unplugged and plugged in again: an X server with four displays that show nothing to anybody.
#   tests/desk/displays.sh LEITAI [FOLDER] [WINDOW-MANAGER]
# Needs Xorg with the dummy driver (xserver-xorg-video-dummy), xrandr, python3, xwininfo, xdotool and ImageMagick. FOLDER gets
# pictures of the whole desktop at every step. With a window manager (openbox) the same must hold.
set -euo pipefail

edid=$(realpath "$(dirname "$0")/set_edid.py")
leitai=$(realpath "${1:?the program}")
into=${2:-$(mktemp -d)}
manager=${3:-}
mkdir -p "$into"
home=$(mktemp -d)
number=$((90 + RANDOM % 400))
trap 'kill $(jobs -p) 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$home"' EXIT

cat > "$home/xorg.conf" <<'CONF'
Section "ServerFlags"
    Option "DontVTSwitch" "true"
    Option "AutoAddDevices" "false"
    Option "AutoEnableDevices" "false"
EndSection
Section "Device"
    Identifier "dummy"
    Driver "dummy"
    VideoRam 256000
EndSection
Section "Monitor"
    Identifier "any"
    HorizSync 5.0-1000.0
    VertRefresh 5.0-200.0
EndSection
Section "Screen"
    Identifier "screen"
    Device "dummy"
    Monitor "any"
    DefaultDepth 24
    SubSection "Display"
        Depth 24
        Virtual 4096 2048
    EndSubSection
EndSection
CONF
Xorg ":$number" -config "$home/xorg.conf" -noreset -nolisten tcp -novtswitch -sharevts -logfile "$home/xorg.log" >/dev/null 2>&1 &
export LC_ALL=C.UTF-8 DISPLAY=":$number" HOME="$home" XDG_RUNTIME_DIR="$home" XDG_CONFIG_HOME="$home" ALSA_CONFIG_PATH="$home/alsa.conf" NO_COLOR=1
: > "$ALSA_CONFIG_PATH"

# Until something holds, half a minute at most.
until_so() {
    for _ in $(seq 300); do if "${@:2}" >/dev/null 2>&1; then return; fi; sleep 0.1; done
    echo "FAILED: $1" >&2
    cat "$home/log" >&2 || true
    exit 1
}
until_so "the X server" xdotool getdisplaygeometry

# The desk's display, and three to the right of it.
xrandr --output DUMMY0 --mode 1280x960 --pos 0x0
plug() { xrandr --output "DUMMY$1" --mode 640x360 --pos "$((1280 + ($1 - 1) * 640))x0"; }
for display in 1 2 3; do xrandr --addmode "DUMMY$display" 640x360; plug "$display"; done
# The television is known by what its display says of itself, wherever it is plugged in.
python3 "$edid" DUMMY2 NovaStar A1-77
if [ -n "$manager" ]; then "$manager" >/dev/null 2>&1 & sleep 1; fi

cat > "$home/outputs.ron" <<'RON'
(outputs: [
    (name: "wall", class: wall, raster: (640, 180), burn: true, place: display(connector: "DUMMY1", scale: true)),
    (name: "tv", class: tv, raster: (640, 360), burn: true, place: display(name: "NovaStar", serial: "A1-77")),
    (name: "stream", class: stream, raster: (320, 180), burn: true, place: display(connector: "DUMMY3")),
])
RON
"$leitai" outputs "$home/outputs.ron"
"$leitai" --lang en rehearse demo --at 00:30 --outputs "$home/outputs.ron" --no-control 2>"$home/log" &
program=$!

lies() { xwininfo -name "leitai · $1" | tr '\n' ' ' | grep -q "upper-left X:  $2 .*Absolute upper-left Y:  0 .*Width: 640 .*Height: 360 .*Map State: IsViewable"; }
gone() { ! xwininfo -name "leitai · $1" >/dev/null 2>&1; }
shot() { import -silent -window root "$into/$1.png"; }
# The burnt-in frame number moves on: two looks at the same window differ.
looks() { import -silent -window "leitai · $1" "$2.png"; }
moves() {
    looks "$1" "$home/before"
    differs() { looks "$1" "$home/after" && ! compare -metric AE "$home/before.png" "$home/after.png" null: 2>/dev/null; }
    until_so "$1 goes on" differs "$1"
}
said() { grep -q "$1" "$home/log"; }

until_so "the wall on DUMMY1" lies wall 1280
until_so "the television on DUMMY2" lies tv 1920
until_so "the stream on DUMMY3" lies stream 2560
for output in wall tv stream; do moves "$output"; done
shot 1-three

# Unplugged: its window is gone, the others' frame numbers go on, the operator is told once.
xrandr --output DUMMY2 --off
until_so "the television's window closing" gone tv
until_so "the operator being told" said 'the display of the output "tv" (NovaStar · A1-77) is not here'
lies wall 1280 && lies stream 2560 || { echo "FAILED: another output was moved" >&2; exit 1; }
for output in wall stream; do moves "$output"; done
gone tv || { echo "FAILED: the television opened elsewhere" >&2; exit 1; }
[ "$(grep -c 'the display of the output "tv"' "$home/log")" = 1 ] || { echo "FAILED: told more than once" >&2; exit 1; }
shot 2-unplugged

# Back: the window opens there again by itself.
plug 2
until_so "the television on DUMMY2 again" lies tv 1920
until_so "the operator being told" said 'The display of the output "tv" is back'
for output in wall tv stream; do moves "$output"; done
shot 3-back

# The program's own display goes and comes back: the others do not notice.
xrandr --output DUMMY1 --off
until_so "the wall's window closing" gone wall
for output in tv stream; do moves "$output"; done
plug 1
until_so "the wall on DUMMY1 again" lies wall 1280
moves wall
shot 4-program-back

# Two displays change places: each output is where its display is.
xrandr --output DUMMY1 --pos 2560x0 --output DUMMY3 --pos 1280x0
until_so "the wall where DUMMY1 is now" lies wall 2560
until_so "the stream where DUMMY3 is now" lies stream 1280
for output in wall tv stream; do moves "$output"; done
shot 5-changed-places

# The same display in another socket: its output is there. Another display in its old socket gets nothing.
xrandr --output DUMMY2 --off
until_so "the television's window closing" gone tv
python3 "$edid" DUMMY2 Another B2
plug 2
xrandr --addmode DUMMY4 640x360
python3 "$edid" DUMMY4 NovaStar A1-77
xrandr --output DUMMY4 --mode 640x360 --pos 3200x0
until_so "the television on DUMMY4" lies tv 3200
for output in wall tv stream; do moves "$output"; done
shot 6-another-socket

kill "$program"
wait "$program" || { echo "FAILED: it did not end well" >&2; exit 1; }

# On air, under its guard: the show is killed while a display is away. The others are back, and so is that one.
xrandr --output DUMMY4 --off --output DUMMY2 --off
python3 "$edid" DUMMY2 NovaStar A1-77
plug 2
xrandr --output DUMMY1 --pos 1280x0 --output DUMMY3 --pos 2560x0
port=$((20000 + RANDOM % 20000))
"$leitai" serve demo --from 00:30 --listen "127.0.0.1:$port" >/dev/null 2>&1 &
"$leitai" --lang en live "ws://127.0.0.1:$port" --outputs "$home/outputs.ron" --no-control 2>"$home/log" &
program=$!
for display in "wall 1280" "tv 1920" "stream 2560"; do until_so "$display on air" lies $display; done
xrandr --output DUMMY2 --off
until_so "the television's window closing" gone tv
kill -9 "$(pgrep -P "$program" | head -1)"
until_so "the operator being told" said 'It is started again'
until_so "the wall being back" lies wall 1280
until_so "the stream being back" lies stream 2560
gone tv || { echo "FAILED: the television opened elsewhere" >&2; exit 1; }
plug 2
until_so "the television on DUMMY2 again" lies tv 1920
for output in wall tv stream; do moves "$output"; done
shot 7-killed-on-air
kill "$program"
wait "$program" || { echo "FAILED: it did not end well on air" >&2; exit 1; }
echo "displays: three outputs on three displays, each unplugged and back, ${manager:-no window manager}"
