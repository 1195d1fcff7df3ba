# doctor: what was looked at, and what to do where it is missing.

doctor-ok = ok
doctor-warn = warn
doctor-fail = fail
doctor-adapter = graphics adapter
    .software = the processor draws; this is enough for stills and export, for a live show use a machine with a graphics card
    .none = install a Vulkan driver, for instance: apt-get install mesa-vulkan-drivers
doctor-audio = sound device
    .none = shows run without sound until a device is connected; list the devices with: aplay -l
doctor-fonts = fonts
    .none = the program was built without its fonts; build it again with: make build
doctor-ffmpeg = ffmpeg
    .none = needed for video export only; install it with: apt-get install ffmpeg
doctor-display = display
    .none = windows need one; set DISPLAY, or use still, export and live --headless
doctor-theme = theme
doctor-show = embedded show
