#!/usr/bin/env bash
# Pictures of the console in each of its states, in both languages, as README and docs show them.
#   tests/desk/screens.sh LEITAI [FOLDER] [WIDTHxHEIGHT]
# Needs Xvfb, xdotool, xwininfo and ImageMagick. No window manager, no sound card: what the pictures show is the program alone.
set -euo pipefail

leitai=$(realpath "${1:?the program}")
into=${2:-assets/desk}
size=${3:-1600x1000}
mkdir -p "$into"
into=$(realpath "$into")
home=$(mktemp -d)
number=$((90 + RANDOM % 400))
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$home"' EXIT

Xvfb ":$number" -screen 0 3000x1200x24 >/dev/null 2>&1 &
export LC_ALL=C.UTF-8 DISPLAY=":$number" HOME="$home" XDG_RUNTIME_DIR="$home" XDG_CONFIG_HOME="$home" ALSA_CONFIG_PATH="$home/alsa.conf"
: > "$ALSA_CONFIG_PATH"
until xdotool getdisplaygeometry >/dev/null 2>&1; do sleep 0.1; done

# Waits for the console's window, in $console, as large as is wanted.
console() {
    local title
    local program
    case $1 in zh) title='· 控制台' program='· 节目' ;; *) title='· console' program='· program' ;; esac
    found() { xwininfo -root -tree | grep -F "$1" | grep -o '0x[0-9a-f]*' | head -1; }
    until console=$(found "$title") && [ -n "$console" ] && program=$(found "$program") && [ -n "$program" ]; do
        sleep 0.2
        case $1 in zh) program='· 节目' ;; *) program='· program' ;; esac
    done
    # Nothing lies over it.
    xdotool windowmove "$program" "${size%x*}" 0
    xdotool windowsize "$console" "${size%x*}" "${size#*x}"
    xdotool windowmove "$console" 0 0
    xdotool windowfocus "$console"
    # Until something is drawn, the program's picture in it.
    until [ "$(import -window "$console" -format %k info:)" -gt 2000 ]; do sleep 0.3; done
    settled
}

# The console is drawn at its own pace, on a processor that draws every output as well.
settled() { sleep "${1:-2.5}"; }
keys() { for key in "$@"; do xdotool windowfocus --sync "$console" key "$key"; sleep 0.3; done; settled 1.2; }
shot() { import -window "$console" "$into/$1.png"; }
end() { kill "$1" 2>/dev/null || true; wait "$1" 2>/dev/null || true; }

for lang in zh en; do
    # A rehearsal: as it opens, at play, muted, held, with a problem, and the help.
    "$leitai" --lang "$lang" rehearse demo --paused --size 960x540 2>"$home/log" & program=$!
    console "$lang"
    shot "idle-$lang"
    end "$program"
    "$leitai" --lang "$lang" rehearse demo --at 00:40 --size 960x540 2>"$home/log" & program=$!
    console "$lang"
    shot "rehearsal-$lang"
    keys m
    shot "muted-$lang"
    keys m question
    shot "help-$lang"
    keys Escape s o
    shot "overlays-$lang"
    keys s o Return
    shot "problem-$lang"
    end "$program"

    # The show: live, held, the feed lost.
    "$leitai" serve demo --from 00:25 --listen 127.0.0.1:18765 2>"$home/serve" & server=$!
    "$leitai" --lang "$lang" live ws://127.0.0.1:18765 --tape "$home/$lang.tape.ndjson" --size 960x540 2>"$home/log" & program=$!
    console "$lang"
    settled 4
    shot "live-$lang"
    keys h
    settled 6
    shot "hold-$lang"
    keys h
    end "$server"
    settled 6
    shot "lost-$lang"
    end "$program"
done
